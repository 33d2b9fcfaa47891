"""Which tenants would move to whose homes, by the rules that explain one pair; what each would gain by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from chezsoi.engines.matching.constrained.exchange import Wish
from chezsoi.engines.matching.households import Household
from chezsoi.engines.matching.joint.compatible import OfferedHome, failures
from chezsoi.engines.matching.joint.mismatch import Mismatch, Scale, mismatch
from chezsoi.engines.matching.reasons import reasons
from chezsoi.engines.matching.verdicts import RuleCode, Verdict


class Nearer(StrEnum):
    """What is better in a home, of two that both suit: the first tier of the mismatch that differs."""

    COMMUNE = "commune"
    ROOMS = "rooms"
    EFFORT = "effort"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """A household as it wishes, and the home it lives in, under the law of the day."""

    household: Household
    home: OfferedHome


def moves_wished(tenants: Sequence[Tenant]) -> tuple[Wish, ...]:
    """
    List who would move to whose home: no rule refuses it, and it is nearer the wishes than the home lived in.

    A home lived in that a rule refuses is farther than any other. The rules are those of `reasons`, a missing fact
    refusing nobody; the mismatch is that of joint rounds, its tiers written in one integer.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from chezsoi.engines.matching import EnergyFloor, Home, HomeKind, Rules, SizeTable, Source, Status
    >>> law = Source(reference="law", status=Status.VERIFIED)
    >>> floor = EnergyFloor(worst_class=None, source=law)
    >>> rules = Rules(
    ...     minimum_surfaces_m2=SizeTable(values=(Decimal(9),), source=law),
    ...     worst_energy_class=floor,
    ...     worst_energy_class_overseas=floor,
    ...     request_number=law,
    ...     regular_stay=law,
    ... )
    >>> lived_in = [Home(ref=ref, kind=HomeKind.PRIVATE, commune=ref) for ref in ("57463", "57751")]
    >>> wished = [Household(ref="a", wished_communes=("57751",)), Household(ref="b", wished_communes=("57463",))]
    >>> tenants = [Tenant(household=who, home=OfferedHome(home=home, rules=rules))
    ...            for who, home in zip(wished, lived_in)]
    >>> [(wish.tenant, wish.home_of) for wish in moves_wished(tenants)]
    [(0, 1), (1, 0)]
    """
    if not tenants:
        return ()
    suits = failures([each.household for each in tenants], [each.home for each in tenants]) == 0
    found: dict[tuple[int, int], Mismatch] = {}
    for one, other in np.argwhere(suits).tolist():
        found[one, other] = mismatch(tenants[one].household, tenants[other].home.home)
    better = {
        (one, other): cost
        for (one, other), cost in found.items()
        if one != other and (not suits[one, one] or cost < found[one, one])
    }
    scale = Scale.over(list(better.values()), pairs=len(tenants))
    return tuple(Wish(tenant=one, home_of=other, mismatch=scale.pack(cost)) for (one, other), cost in better.items())


def gains(tenant: Tenant, other: OfferedHome) -> tuple[RuleCode | Nearer, ...]:
    """Say what a tenant gains by a move it wishes: each rule its own home fails, else what is nearer its wishes."""
    own = reasons(tenant.household, tenant.home.home, tenant.home.rules)
    failed = tuple(reason.rule for reason in own if reason.verdict is Verdict.FAIL)
    if failed:
        return failed
    now, then = (mismatch(tenant.household, home) for home in (tenant.home.home, other.home))
    tiers = ((Nearer.COMMUNE, now.wish, then.wish), (Nearer.ROOMS, now.spare_rooms, then.spare_rooms))
    nearer = (tier for tier, before, after in tiers if after < before)
    return (next(nearer, Nearer.EFFORT),)
