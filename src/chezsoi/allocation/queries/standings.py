"""Where a household stands in the last draw that answered it: its own place and points, and nobody else's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chezsoi.allocation.choices import RoundState
from chezsoi.allocation.models import Candidacy, Examination, JointAnswer, Round
from chezsoi.allocation.models.joint_draws import Examiner
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdStanding:
    """
    What the last draw answered a household.

    `place` is None when a rule refused it the one home searched for; `contributions` is None when what was frozen is
    erased; `candidacy` is that of the home proposed, None when none is.
    """

    on: date
    is_joint: bool
    place: int | None
    among: int
    points: int
    contributions: tuple[Mapping[str, Any], ...] | None
    candidacy: Candidacy | None
    fits: bool
    last_points: int | None
    relaxation: Mapping[str, Any] | None

    @property
    def may_share(self) -> bool:
        """Tell whether a room of a shared home was within its reach: it is answered without a threshold."""
        return self.is_joint and self.fits and self.candidacy is None and self.last_points is None


def standing_of(household: Household, *, actor: Actor) -> HouseholdStanding | None:
    """Give what the last draw an actor may read answered a household; None when there is none."""
    seen = households_seen_by(actor).filter(pk=household.pk)
    answers = JointAnswer.objects.visible_to(actor).filter(household__in=seen, joint__state=RoundState.DRAWN)
    answer = answers.select_related("joint__grid", "proposed").order_by("-joint__drawn_at").first()
    alone = Examination.objects.filter(
        household__in=seen, round__in=Round.objects.visible_to(actor), round__joint=None, round__state=RoundState.DRAWN
    )
    examined = alone.select_related("round").order_by("-round__drawn_at").first()
    if answer is not None and (examined is None or _is_later(answer, examined)):
        return _together(answer, actor)
    return None if examined is None else _alone(examined, actor)


def _is_later(answer: JointAnswer, examined: Examination) -> bool:
    drawn, other = answer.joint.drawn_at, examined.round.drawn_at
    return drawn is not None and other is not None and drawn >= other


def _together(answer: JointAnswer, actor: Actor) -> HouseholdStanding:
    return HouseholdStanding(
        on=answer.joint.frozen_on,
        is_joint=True,
        place=answer.place,
        among=answer.joint.examined,
        points=answer.points,
        contributions=_contributions(answer),
        candidacy=_candidacy(answer.household_id, answer.proposed, actor),
        fits=answer.possible > 0,
        last_points=answer.last_points,
        relaxation=answer.relaxation,
    )


def _alone(examined: Examination, actor: Actor) -> HouseholdStanding:
    return HouseholdStanding(
        on=examined.round.frozen_on,
        is_joint=False,
        place=examined.rank,
        among=examined.round.compatible,
        points=examined.points,
        contributions=tuple(examined.contributions),
        candidacy=_candidacy(examined.household_id, examined.round, actor),
        fits=examined.is_compatible,
        last_points=examined.standing.get("last_points"),
        relaxation=examined.standing.get("relaxation"),
    )


def _candidacy(household_id: int, round_: Round | None, actor: Actor) -> Candidacy | None:
    rows = Candidacy.objects.visible_to(actor).filter(household=household_id, round=round_)
    return rows.select_related("offer__dwelling__commune").first()


def _contributions(answer: JointAnswer) -> tuple[Mapping[str, Any], ...] | None:
    """Read what earned its points: written with a candidacy, else counted again from what the round froze."""
    held = Examination.objects.filter(round__joint=answer.joint, household=answer.household_id).first()
    if held is not None:
        return tuple(held.contributions)
    of_joint = Round.objects.filter(joint=answer.joint).order_by("pk").first()
    if of_joint is None or not answer.joint.snapshot:
        return None
    found = Examiner.of(answer.joint).examine(of_joint, answer.household.reference, rank=None)
    return tuple(found["contributions"])
