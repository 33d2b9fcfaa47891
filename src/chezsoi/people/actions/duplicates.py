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
from chezsoi.people.choices import LinkJudgement
from chezsoi.people.models import Person, PossibleDuplicate
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

    :raises NotAJudgement: if it is none of the three answers.
    """
    authorize(actor, Can.REVIEW_DUPLICATES, pair)
    if judgement not in {LinkJudgement.SAME, LinkJudgement.DIFFERENT, LinkJudgement.UNSURE}:
        raise NotAJudgement(judgement)
    Pen(actor=actor).change(pair, judgement=judgement, judged_by=actor.user_id, judged_at=timezone.now())
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
