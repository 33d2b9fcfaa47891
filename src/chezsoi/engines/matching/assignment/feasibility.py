"""
The feasible pairs of an instance, one table of bits for each thing a home must agree with.

A table has one row for each distinct value among the households (a rent they can pay, a set of contingents …) and says
which homes suit it; a pair is feasible when all the tables say so. Wishes are the union of the rows of their zones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matching.assignment.instance import NO_ZONE, Dwellings, Households, Instance
from chezsoi.engines.matching.assignment.pairs import Bitmap, Integers, Mismatch, Pairs, Rows, packed

CHUNK = 2048


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """The rows of one question, and which of them is each household's."""

    rows: Bitmap
    of: Rows

    @classmethod
    def asking(cls, values: Integers, suits: Callable[[Integers], NDArray[np.bool_]]) -> Self:
        """Ask once for each distinct value; `suits` is given a column of them and answers values × homes."""
        distinct, of = np.unique(values, return_inverse=True)
        chunks = [packed(suits(distinct[start : start + CHUNK, None])) for start in range(0, len(distinct), CHUNK)]
        return cls(rows=np.concatenate(chunks), of=of)

    def __getitem__(self, households: Rows) -> Bitmap:
        return self.rows[self.of[households]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tables:
    """What each household may have, question by question; `rooms_below` and `rooms_above` are one room outside."""

    needs: Table
    contingent: Table
    landlord: Table
    rent: Table
    rooms: Table
    rooms_below: Table
    rooms_above: Table
    zones: Bitmap
    wishes: Rows

    def open_to(self, households: Rows) -> Bitmap:
        """Say which homes no need, contingent or landlord keeps from them: what no wish changes."""
        return self.needs[households] & self.contingent[households] & self.landlord[households]

    def wished(self, households: Rows) -> Bitmap:
        """Say which homes stand in a zone they wish for."""
        found: Bitmap = self.zones[self.wishes[households, 0]]
        for place in range(1, self.wishes.shape[1]):
            found |= self.zones[self.wishes[households, place]]
        return found

    def feasible(self, households: Rows) -> Bitmap:
        """Say which homes they may live in."""
        return self.open_to(households) & self.rooms[households] & self.rent[households] & self.wished(households)


def tables_of(instance: Instance) -> Tables:
    """Ask every question of an instance."""
    households, homes = instance.households, instance.dwellings
    # A max_rent of 0 makes every pair infeasible, a free home included.
    rents = np.where(households.max_rent > 0, households.max_rent, -1)
    needs = 2 * households.wheelchair.astype(np.int64) + households.needs_lift
    zones, wishes = _zones(households, homes)
    return Tables(
        needs=Table.asking(
            needs, lambda need: ((need < 2) | homes.wheelchair) & ((need % 2 == 0) | homes.lift_or_ground)
        ),
        contingent=Table.asking(households.contingents, lambda bits: (bits >> homes.contingent) & 1 == 1),
        landlord=Table.asking(households.excluded_by, lambda bits: _is_let_by(homes, bits)),
        rent=Table.asking(rents, lambda rent: homes.rent <= rent),
        rooms=_rooms(households, lambda least, most: (least <= homes.typ) & (homes.typ <= most)),
        rooms_below=_rooms(households, lambda least, most: (homes.typ == least - 1) & (homes.typ <= most)),
        rooms_above=_rooms(households, lambda least, most: (homes.typ == most + 1) & (homes.typ >= least)),
        zones=zones,
        wishes=wishes,
    )


def pairs_of(instance: Instance, tables: Tables | None = None) -> Pairs:
    """
    Give the feasible pairs of an instance and their mismatch.

    The mismatch is `20·(typ − typ_min) + 5·(rank of the zone in the wishes, from 0) + ⌊100·rent / max_rent⌋`.
    Homes are numbered in the order of the instance (by id), households are in the published order.
    """
    tables = tables or tables_of(instance)
    everyone = np.arange(len(instance.households))
    chunks = [tables.feasible(everyone[start : start + CHUNK]) for start in range(0, len(everyone), CHUNK)]
    return Pairs(
        bitmap=np.concatenate(chunks),
        homes=len(instance.dwellings),
        mismatch=mismatch_of(instance),
    )


def mismatch_of(instance: Instance) -> Mismatch:
    """Give the function that says how far feasible pairs are from the wishes."""
    waiting, offered, wishes = instance.households, instance.dwellings, instance.households.ranked

    def mismatch(households: Rows, homes: Rows) -> Integers:
        rank = np.zeros(np.shape(households), dtype=np.int64)
        for place in range(1, wishes.shape[1]):
            rank[wishes[households, place] == offered.zone[homes]] = place
        rooms = offered.typ[homes] - waiting.typ_min[households]
        found: Integers = 20 * rooms + 5 * rank + 100 * offered.rent[homes] // waiting.max_rent[households]
        return found

    return mismatch


def _rooms(households: Households, suits: Callable[[Integers, Integers], NDArray[np.bool_]]) -> Table:
    """Ask once for each distinct interval of rooms."""
    wanted = np.stack((households.typ_min, households.typ_max))
    (least, most), of = np.unique(wanted, axis=1, return_inverse=True)
    return Table(rows=packed(suits(least[:, None], most[:, None])), of=of.ravel())


def _is_let_by(homes: Dwellings, bits: Integers) -> NDArray[np.bool_]:
    is_clear: NDArray[np.bool_] = (bits >> np.maximum(homes.landlord_excludes, 0)) & 1 == 0
    return is_clear | (homes.landlord_excludes < 0)


def _zones(households: Households, homes: Dwellings) -> tuple[Bitmap, Rows]:
    """Give one row of bits a zone that has homes, then an empty one; and which rows each household wishes for."""
    offered = np.unique(homes.zone)
    rows = packed(np.append(offered, NO_ZONE)[:, None] == homes.zone)
    wishes = households.ranked
    places = np.minimum(np.searchsorted(offered, wishes), len(offered) - 1)
    return rows, np.where(offered[places] == wishes, places, len(offered))
