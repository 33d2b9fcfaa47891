"""Pairs that may be one person: found by machine or by eye, judged by a human, never joined."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from chezsoi import trail
from chezsoi.engines import linkage
from chezsoi.files.models import Source
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.identity import Filing
from chezsoi.people.actions.pen import Pen, Recorder
from chezsoi.people.choices import SETTLED, LinkJudgement
from chezsoi.people.models import Correction, Person, PossibleDuplicate
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Territory


class NotAJudgement(Exception):
    """A judgement says the same person, two people, or cannot tell."""


@transaction.atomic
def judge_duplicate(
    *, actor: Actor, pair: PossibleDuplicate, judgement: LinkJudgement | str, reason: str = ""
) -> PossibleDuplicate:
    """
    Record what a human says of a pair; both files stay, and one judged the same shows on the other.

    A wrong judgement is judged anew: the former one stays readable in both files, unless one of them is hidden.

    :raises NotAJudgement: if it is none of the three answers.
    """
    authorize(actor, Can.REVIEW_DUPLICATES, pair)
    if judgement not in {LinkJudgement.SAME, LinkJudgement.DIFFERENT, LinkJudgement.UNSURE}:
        raise NotAJudgement(judgement)
    pen = Pen(actor=actor)
    if pair.judgement in SETTLED and pair.judgement != judgement and pair.reviewer_id is None:
        pen.create_all(Correction, _former_judgement(actor, pair, reason))
    pen.change(pair, judgement=judgement, judged_by=actor.user_id, judged_at=timezone.now())
    detail = {"judgement": str(judgement), "persons": [pair.first_id, pair.second_id]}
    trail.record(actor, "people.duplicate.judged", pair, detail=detail, reason=reason)
    return pair


@transaction.atomic
def note_possible_duplicates(
    *,
    actor: Actor,
    territory: Territory,
    matches: Iterable[linkage.Match],
    on: date,
    source: Source | None = None,
    recorder: Recorder | None = None,
) -> list[PossibleDuplicate]:
    """Note pairs of people, by their numbers, that a comparison found; those asked about before are left alone."""
    pen = Pen(actor=actor, source=source, recorder=recorder)
    pen.authorize(Can.REGISTER_PEOPLE, Person(territory=territory))
    return Filing(pen=pen, on=on).pairs(matches, territory)


def _former_judgement(actor: Actor, pair: PossibleDuplicate, reason: str) -> list[Correction]:
    return [
        Correction(
            person_id=person,
            field="judgement",
            old_value=str(pair.judgement),
            corrected_by=actor.user_id,
            reason=reason,
        )
        for person in (pair.first_id, pair.second_id)
    ]
