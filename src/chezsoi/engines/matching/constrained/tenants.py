"""Tenants and the homes they live in, as two files say them: who would move to whose home, and why nobody moves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matching.assignment.feasibility import pairs_of
from chezsoi.engines.matching.assignment.instance import (
    BITS,
    HOUSEHOLD_COLUMNS,
    Instance,
    households_in,
    read_dwellings,
)
from chezsoi.engines.matching.assignment.pairs import unpacked
from chezsoi.engines.matching.assignment.table import UnusableTable, read_table
from chezsoi.engines.matching.constrained.exchange import Exchange, Wish, cycles_of, exchange, steps

TENANT_COLUMNS = HOUSEHOLD_COLUMNS | {"dwelling": BITS}
NOT_SUITABLE = np.iinfo(np.int64).max
NOBODY = -1


class Stays(StrEnum):
    """Why a tenant keeps its home."""

    NO_HOME_WISHED = "no_home_wished"
    HOME_NOT_WISHED = "home_not_wished"
    NO_CYCLE = "no_cycle"
    OTHER_CYCLES = "other_cycles"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tenants:
    """
    Tenants by id, dwellings by id, and the place in `instance.dwellings` of the home of each tenant.

    Nobody ranks before anybody: points and `tie_rank` are read, and decide nothing.
    """

    instance: Instance
    home: NDArray[np.intp]

    @property
    def tenant_in(self) -> NDArray[np.intp]:
        """Say who lives in each dwelling, `NOBODY` where no tenant of the file does."""
        found = np.full(len(self.instance.dwellings), NOBODY, dtype=np.intp)
        found[self.home] = np.arange(len(self.home))
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exchanged:
    """What was found for tenants: their wishes, who exchanges with whom, and why every other tenant stays."""

    tenants: Tenants
    wishes: tuple[Wish, ...]
    found: Exchange
    longest: int
    stays: dict[int, Stays]


def read_tenants(tenants: bytes, dwellings: bytes) -> Tenants:
    r"""
    Read the content of `tenants.csv` and `dwellings.csv`.

    Parameters
    ----------
    tenants, dwellings : bytes
        As `read_instance` reads them, with one column more for tenants: `dwelling`, the id of the home they live in.

    Raises
    ------
    UnusableTable
        In one sentence, as `read_instance`; also a home that is in no line of the dwellings, or two tenants in one.

    Examples
    --------
    >>> from chezsoi.engines.matching.assignment.instance import DWELLING_COLUMNS
    >>> heading, homes = (",".join(columns).encode() for columns in (TENANT_COLUMNS, DWELLING_COLUMNS))
    >>> found = read_tenants(heading + b"\n7,A,1,1,2,4|6,500,0,0,1,0,0,0,0,3", homes + b"\n3,1,6,2,400,0,1,0,-1")
    >>> found.home.tolist(), found.tenant_in.tolist()
    ([0], [0])
    """
    table = read_table(tenants, TENANT_COLUMNS, name="tenants")
    order = np.argsort(table.numbers["id"])
    lived_in = table.numbers.pop("dwelling")[order]
    homes = read_dwellings(dwellings)
    found, times = np.unique(lived_in, return_counts=True)
    if found.size < lived_in.size:
        raise UnusableTable(f"The file of tenants has two tenants in dwelling {found[times > 1][0]}.")
    missing = np.setdiff1d(lived_in, homes.id)
    if missing.size:
        raise UnusableTable(
            f"The file of tenants has somebody in dwelling {missing[0]}, which the file of dwellings lacks."
        )
    return Tenants(
        instance=Instance(households=households_in(table, order), dwellings=homes),
        home=np.searchsorted(homes.id, lived_in),
    )


def exchange_homes(tenants: Tenants, *, longest: int = 3) -> Exchanged:
    """
    Find who would exchange with whom, and say why every other tenant stays.

    Parameters
    ----------
    tenants : Tenants
        As `read_tenants` gives.
    longest : {2, 3}
        How many may have to move together.

    Raises
    ------
    TooManyCycles, NoExchangeInTime
        Nothing is answered.
    """
    wishes = wishes_of(tenants)
    found = exchange(wishes, longest=longest)
    return Exchanged(
        tenants=tenants,
        wishes=wishes,
        found=found,
        longest=longest,
        stays=why_stay(len(tenants.home), wishes, found, longest=longest),
    )


def wishes_of(tenants: Tenants) -> tuple[Wish, ...]:
    """
    List which tenant would move to whose home: it suits (the rules of `chezsoi match`), better than the present one.

    Better is a smaller mismatch; whoever lives in a home that does not suit is better in any that does. Without this,
    two households whose homes suit both would be moved for nothing.
    """
    pairs = pairs_of(tenants.instance)
    suits = unpacked(pairs.bitmap, pairs.homes)
    everyone = np.arange(len(tenants.home))
    suited = np.flatnonzero(suits[everyone, tenants.home])
    now = np.full(len(everyone), NOT_SUITABLE)
    now[suited] = pairs.mismatch(suited, tenants.home[suited])
    tenant, dwelling = np.nonzero(suits)
    mismatch, holder = pairs.mismatch(tenant, dwelling), tenants.tenant_in[dwelling]
    better = (holder != NOBODY) & (mismatch < now[tenant])
    rows = (values[better].tolist() for values in (tenant, holder, mismatch))
    return tuple(Wish(tenant=one, home_of=other, mismatch=cost) for one, other, cost in zip(*rows, strict=True))


def as_mapping(outcome: Exchanged, *, seconds: float) -> dict[str, Any]:
    """Write an outcome in the form of RESULT.json: ids as in the files; only `seconds` differs between two runs."""
    instance = outcome.tenants.instance
    people, homes = instance.households.id.tolist(), instance.dwellings.id.tolist()
    cost = {(wish.tenant, wish.home_of): wish.mismatch for wish in outcome.wishes}
    return {
        "longest": outcome.longest,
        "wishes": len(outcome.wishes),
        "cycles": [
            [
                {
                    "tenant": people[one],
                    "dwelling": homes[outcome.tenants.home[other]],
                    "mismatch": cost[one, other],
                }
                for one, other in steps(cycle)
            ]
            for cycle in sorted(outcome.found.cycles)
        ],
        "moves": outcome.found.moves,
        "total_mismatch": outcome.found.mismatch,
        "not_moved": [{"tenant": people[one], "reason": str(reason)} for one, reason in outcome.stays.items()],
        "dwellings_without_tenant": [
            homes[home] for home in np.flatnonzero(outcome.tenants.tenant_in == NOBODY).tolist()
        ],
        "seconds": round(seconds, 3),
    }


def why_stay(tenants: int, wishes: tuple[Wish, ...], found: Exchange, *, longest: int) -> dict[int, Stays]:
    """Say, for each of so many tenants who is in no cycle, why it keeps its home."""
    asked = {(wish.tenant, wish.home_of) for wish in wishes}
    wishing, wished = {one for one, _ in asked}, {other for _, other in asked}
    moving = {one for cycle in found.cycles for one in cycle}
    in_cycles = {one for cycle in cycles_of(asked, longest=longest) for one in cycle}
    reasons: dict[int, Stays] = {}
    for one in range(tenants):
        if one in moving:
            continue
        if one not in wishing:
            reasons[one] = Stays.NO_HOME_WISHED
        elif one not in wished:
            reasons[one] = Stays.HOME_NOT_WISHED
        else:
            reasons[one] = Stays.OTHER_CYCLES if one in in_cycles else Stays.NO_CYCLE
    return reasons
