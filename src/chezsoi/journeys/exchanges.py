"""
Which tenants of a territory could exchange homes, by two or by three, among those an actor may see.

Nobody else enters the search: what is not found for want of a household unseen is told as if that household did not
exist. A protected household is in no exchange, whoever looks: those it would exchange with would learn where it lives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, Q

from chezsoi.allocation.choices import CandidacyState
from chezsoi.allocation.models import Candidacy, Pause
from chezsoi.allocation.models.law_of_the_day import home_of, rules_for
from chezsoi.allocation.models.pauses import running_on
from chezsoi.engines import matching
from chezsoi.engines.matchcheck.exchanges import check_moves
from chezsoi.engines.matching import joint
from chezsoi.engines.matching.constrained.exchange import exchange, steps
from chezsoi.engines.matching.constrained.tenants import Stays, why_stay
from chezsoi.journeys import snapshots
from chezsoi.journeys.drawing import refuse_unless_drawing_here
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by
from chezsoi.tenancies.models import ExchangeCommune, ExchangeWish
from chezsoi.tenancies.models.exchanges import WISHED
from chezsoi.territories.models import Territory

LONGEST = 3
SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A tenant takes the home of another: every rule on that pair, and what it gains."""

    wish: ExchangeWish
    home_of: ExchangeWish
    reasons: tuple[matching.Reason, ...]
    gains: tuple[matching.RuleCode | joint.Nearer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """The exchanges found, each a cycle of steps, and why every other tenant who wishes one stays."""

    wishes: tuple[ExchangeWish, ...]
    cycles: tuple[tuple[Step, ...], ...]
    stays: tuple[tuple[ExchangeWish, Stays], ...]


def possible(territory: Territory, *, on: date, actor: Actor) -> Possible:
    """
    Find who could exchange homes: the most moves, then the least mismatch, checked again without the engine.

    Raises
    ------
    NotAllowed
        If the role draws no round, or works elsewhere.
    TooManyCycles, NoExchangeInTime
        If the best exchange could not be proved.
    ResultRejected
        If the check does not find what the engine says.
    """
    refuse_unless_drawing_here(actor, territory)
    wishes = _wishes(territory, on, actor)
    tenants = _tenants(wishes, territory, on, actor)
    wished = joint.moves_wished(tenants)
    found = exchange(wished, longest=LONGEST, seconds=SECONDS)
    check_moves(
        {(wish.tenant, wish.home_of): wish.mismatch for wish in wished},
        found.cycles,
        moves=found.moves,
        mismatch=found.mismatch,
        longest=LONGEST,
    )
    return Possible(
        wishes=wishes,
        cycles=tuple(_steps(cycle, wishes, tenants) for cycle in sorted(found.cycles)),
        stays=tuple((wishes[one], why) for one, why in why_stay(len(wishes), wished, found, longest=LONGEST).items()),
    )


def _wishes(territory: Territory, on: date, actor: Actor) -> tuple[ExchangeWish, ...]:
    """List the wishes that count, of households the actor sees; whoever asked for a pause, or is leaving, is out."""
    open_files = Q(household__closed_on=None) | Q(household__closed_on__gt=on)
    leaving = Candidacy.objects.filter(state=CandidacyState.ACCEPTED).values("household_id")
    paused = Pause.objects.filter(running_on(on)).values("household_id")
    seen = households_seen_by(actor).filter(territory=territory, is_protected=False)
    rows = ExchangeWish.objects.filter(WISHED, open_files, household__in=seen, stated_on__lte=on)
    rows = rows.exclude(household__in=leaving).exclude(household__in=paused)
    rows = rows.select_related(
        "household", "lease__offer__dwelling__commune", "lease__offer__dwelling__territory",
        "lease__offer__dwelling__shared_home",
    )  # fmt: skip
    communes = ExchangeCommune.objects.select_related("commune").order_by("rank")
    return tuple(rows.prefetch_related(Prefetch("communes", communes)).order_by("household__reference"))


def _tenants(wishes: Sequence[ExchangeWish], territory: Territory, on: date, actor: Actor) -> tuple[joint.Tenant, ...]:
    households = Household.objects.filter(pk__in=[wish.household_id for wish in wishes])
    known = snapshots.described(households, territory, on=on, actor=actor)
    return tuple(_tenant(wish, known[wish.household_id], on) for wish in wishes)


def _tenant(wish: ExchangeWish, known: matching.Household, on: date) -> joint.Tenant:
    asking = replace(
        known,
        wished_communes=tuple(each.commune_id for each in wish.communes.all()),
        rooms_min=wish.rooms_min,
        rooms_max=wish.rooms_max,
        max_outlay_per_month=wish.max_outlay_per_month,
        needs_wheelchair=wish.needs_wheelchair_access,
        needs_lift_or_ground=wish.needs_lift_or_ground,
    )
    offer = wish.lease.offer
    return joint.Tenant(household=asking, home=joint.OfferedHome(home=home_of(offer), rules=rules_for(offer, on=on)))


def _steps(cycle: tuple[int, ...], wishes: Sequence[ExchangeWish], tenants: Sequence[joint.Tenant]) -> tuple[Step, ...]:
    return tuple(
        Step(
            wish=wishes[one],
            home_of=wishes[other],
            reasons=matching.reasons(tenants[one].household, tenants[other].home.home, tenants[other].home.rules),
            gains=joint.gains(tenants[one], tenants[other].home),
        )
        for one, other in steps(cycle)
    )
