"""What a joint round asks of support teams: what those proposed a home wish, what is free, the price of a limit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from chezsoi.allocation import queries as allocation
from chezsoi.allocation.models import JointAnswer, JointRound
from chezsoi.allocation.models.joint_draws import frozen
from chezsoi.engines.matching.joint import Caseloads, housed_within
from chezsoi.kernel.actor import Actor
from chezsoi.support import queries as support
from chezsoi.support.choices import FOLLOWED, Intensity, MeasureState
from chezsoi.support.models import SupportMeasure, SupportWish
from chezsoi.support.queries import Places
from chezsoi.territories.access import Can


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """At one intensity: how many of those proposed a home wish it and have nobody yet, and what the teams said."""

    intensity: Intensity
    wished: int | None
    places: Places | None

    @property
    def short(self) -> int | None:
        """Count the places missing; None where they, or the wishes, are not known."""
        if self.wished is None or self.places is None:
            return None
        return max(self.wished - self.places.free, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Were the places a limit: how many proposed a home would have none, how many others would have one."""

    left_out: int
    let_in: int


def needs(joint: JointRound, *, on: date, actor: Actor) -> tuple[Need, ...]:
    """
    Say, by intensity, the support that those proposed a home wish and the places left; who reads no wish reads none.

    :raises NotAllowed: if the actor draws no round here.
    """
    here = {each.intensity: each for each in support.places_here(joint.territory, on=on, actor=actor)}
    proposed = JointAnswer.objects.visible_to(actor).filter(joint=joint).exclude(proposed=None)
    wished = _wished(set(proposed.values_list("household_id", flat=True)), on) if reads_wishes(actor) else None
    counted = None if wished is None else Counter(wished.values())
    return tuple(
        Need(intensity=each, wished=None if counted is None else counted[each], places=here.get(each))
        for each in FOLLOWED
    )


def price(joint: JointRound, *, on: date, actor: Actor) -> Price | None:
    """
    Say what a limit on places would cost; None where no place is missing, the facts are erased or wishes are not read.

    :raises NotPlacedInTime: if no answer could be proved in the time given.
    """
    found = needs(joint, on=on, actor=actor)
    if joint.facts_erased_on is not None or not any(each.short for each in found):
        return None
    rows = JointAnswer.objects.visible_to(actor).filter(joint=joint)
    refs = dict(rows.values_list("household_id", "household__reference"))
    wishes = tuple((refs[pk], wish) for pk, wish in sorted(_wished(set(refs), on).items()))
    places = tuple((each.intensity.value, each.places.free) for each in found if each.places is not None)
    within = set(housed_within(frozen(joint), Caseloads(wishes=wishes, places=places)))
    proposed = set(rows.exclude(proposed=None).values_list("household__reference", flat=True))
    return Price(left_out=len(proposed - within), let_in=len(within - proposed))


def reads_wishes(actor: Actor) -> bool:
    """Tell whether an actor may read the support that households wish, as on the page of their request."""
    return actor.may(Can.RECORD_REQUEST)


def drawn(joint_id: int, *, actor: Actor) -> JointRound:
    """Give a joint round the actor may see."""
    return allocation.joint_round(joint_id, actor=actor)


def _wished(households: set[int], on: date) -> dict[int, str]:
    """Give the last wish of those whom no team follows so yet: who is followed already takes no new place."""
    said = SupportWish.objects.filter(household__in=households, stated_on__lte=on).order_by("stated_on", "pk")
    last = dict(said.values_list("household_id", "intensity"))
    running = SupportMeasure.objects.filter(household__in=households, state=MeasureState.RUNNING)
    followed = set(running.values_list("household_id", flat=True))
    return {pk: wish for pk, wish in last.items() if wish in FOLLOWED and pk not in followed}
