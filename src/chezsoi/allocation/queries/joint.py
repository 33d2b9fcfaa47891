"""What can be read of joint rounds: the homes and who is proposed them, each household's answer, and what if."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from chezsoi.allocation.choices import GIVES_THE_HOME, CandidacyState, RoundState
from chezsoi.allocation.models import Candidacy, JointAnswer, JointRound, Round
from chezsoi.allocation.models.draws import Proof
from chezsoi.allocation.models.facts import thaw_waiting
from chezsoi.allocation.models.joint_draws import homes_around, prove_joint, rounds_of
from chezsoi.allocation.queries.candidates import Line, candidates
from chezsoi.engines.matching.joint import Pins
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can

SAID_NO = (CandidacyState.REFUSED, CandidacyState.SILENT, CandidacyState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedHome:
    """A home of a joint round and its candidates, the household it is proposed to first."""

    round: Round
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A household to which a round drawn again answers otherwise: its home before and after, None when none."""

    file_number: str
    before: Round | None
    after: Round | None


def joint_rounds(*, actor: Actor) -> QuerySet[JointRound]:
    """List the joint rounds an actor may see, the newest first, with the number of their homes."""
    rows = JointRound.objects.visible_to(actor).select_related("grid", "territory")
    drawn = ~Q(rounds__state=RoundState.CANCELLED, rounds__drawn_at=None)
    return rows.annotate(homes=Count("rounds", filter=drawn)).order_by("-frozen_at", "-pk")


def joint_round(pk: int, *, actor: Actor) -> JointRound:
    """Give one joint round."""
    return joint_rounds(actor=actor).get(pk=pk)


def shared_homes(joint: JointRound, *, actor: Actor) -> tuple[SharedHome, ...]:
    """List the homes of a joint round that an actor may see, each with its candidates."""
    waiting = thaw_waiting(joint.snapshot) if joint.snapshot else None
    return tuple(
        SharedHome(round=row, lines=candidates(row, actor=actor, waiting=waiting))
        for row in _rounds(joint, actor).order_by("pk")
    )


def answers(joint: JointRound, *, actor: Actor) -> QuerySet[JointAnswer]:
    """List what was answered to those who are proposed no home, in the published order."""
    return _answers(joint, actor).filter(proposed=None).order_by("place")


def answer(joint: JointRound, file_number: str, *, actor: Actor) -> JointAnswer | None:
    """Find what was answered to a household; None when nobody the actor may see bears that number."""
    return _answers(joint, actor).filter(household__reference__iexact=file_number.strip()).first()


def joint_proof(joint: JointRound, *, actor: Actor) -> Proof:
    """Draw a joint round again from what it froze, and compare."""
    return prove_joint(joint_rounds(actor=actor).get(pk=joint.pk))


def if_refused(joint: JointRound, round_: Round, *, actor: Actor) -> tuple[Change, ...]:
    """
    Say who would be proposed what, were the household proposed a home to say no to it.

    Nothing of rooms: who would come when one leaves tells who stays away because of it.
    """
    if round_.offer.dwelling.shared_home_id is not None:
        return ()
    proposed = JointAnswer.objects.filter(proposed=round_).values_list("household__reference", flat=True).first()
    if proposed is None:
        return ()
    return _changes(joint, Pins(refused=((round_.offer.dwelling.reference, proposed),)), actor)


def after_decisions(joint: JointRound, *, actor: Actor) -> tuple[Change, ...]:
    """Say who would be proposed what, now that people decided on some of the homes: these decisions hold."""
    pins = _decided(joint)
    return _changes(joint, pins, actor) if pins != Pins() else ()


def _rounds(joint: JointRound, actor: Actor) -> QuerySet[Round]:
    rows = Round.objects.visible_to(actor).filter(pk__in=rounds_of(joint).values("pk"))
    return rows.select_related("grid", "joint", "offer__dwelling__commune", "offer__dwelling__territory", "item")


def _answers(joint: JointRound, actor: Actor) -> QuerySet[JointAnswer]:
    rows = JointAnswer.objects.visible_to(actor).filter(joint=joint)
    return rows.select_related("household", "proposed__offer__dwelling__commune")


def _decided(joint: JointRound) -> Pins:
    """Read the decisions taken: a home given holds, a home refused, by whoever, is out of the question."""
    rows = Candidacy.objects.filter(round__in=rounds_of(joint).values("pk")).order_by("pk")
    held, refused = [], []
    found = rows.values_list(
        "offer__dwelling__reference", "household__reference", "state", "decision__kind", "decision__rank"
    )
    for home, household, state, kind, rank in found:
        if state in SAID_NO or (kind is not None and kind not in GIVES_THE_HOME):
            refused.append((home, household))
        elif kind in GIVES_THE_HOME and rank == 1:
            held.append((home, household))
    return Pins(held=tuple(held), refused=tuple(refused))


def _changes(joint: JointRound, pins: Pins, actor: Actor) -> tuple[Change, ...]:
    """Compare the homes before and after; rooms are left out, for the reason of `if_refused`."""
    if not actor.may(Can.SEE_SHORTLIST):
        return ()
    rounds = {row.offer.dwelling.reference: row for row in _rounds(joint, actor)}
    rooms = {home for home, row in rounds.items() if row.offer.dwelling.shared_home_id is not None}
    visible = set(_answers(joint, actor).values_list("household__reference", flat=True))
    return tuple(
        Change(file_number=ref, before=rounds.get(before or ""), after=rounds.get(after or ""))
        for ref, (before, after) in homes_around(joint, pins).items()
        if before != after and ref in visible and not {before, after} & rooms
    )
