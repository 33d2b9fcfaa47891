"""
The feasible pairs of an instance, one table of bits for each thing a home must agree with.

A table has one row for each distinct answer (a rent they can pay, an interval of rooms …) and says which homes suit it;
a pair is feasible when all the tables say so. What a household may choose from (zones, contingents, landlords) is a
union of sets of homes, looked up eight sets at a time among all the unions there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matching.assignment.instance import Dwellings, Households, Instance
from chezsoi.engines.matching.assignment.pairs import WORD, Bitmap, Integers, Mismatch, Pairs, Rows, packed

CHUNK = 1024
# A byte names 256 unions of eight sets; where there are many sets these would weigh too much, and half a byte does.
AT_ONCE, AT_ONCE_OF_MANY, MANY = 8, 4, 128
# Up to this range, distinct values are found by marking them, without sorting.
NARROW = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """The rows of one question, and which of them is each household's."""

    rows: Bitmap
    of: Rows

    def __getitem__(self, households: Rows) -> Bitmap:
        return self.rows.take(self.of[households], axis=0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unions:
    """
    The homes of the sets that each household may choose from, several sets at a time.

    `rows`, groups × unions × words, holds every union of the sets of a group; `of`, households × groups, says which
    one is each household's: bit `k` for set `k` of the group.
    """

    rows: Bitmap
    of: NDArray[np.uint8]

    @classmethod
    def among(cls, sets: Bitmap, of: NDArray[np.uint8], *, at_once: int = AT_ONCE) -> Self:
        """Prepare the unions of rows of homes; `of` is as above, for groups of `at_once` rows."""
        groups, words = of.shape[1], sets.shape[1]
        rows = np.zeros((groups, 1 << at_once, words), dtype=np.uint64)
        padded = np.zeros((groups * at_once, words), dtype=np.uint64)
        padded[: len(sets)] = sets
        for bit, added in enumerate(padded.reshape(groups, at_once, words).swapaxes(0, 1)):
            rows[:, 1 << bit : 2 << bit] = rows[:, : 1 << bit] | added[:, None]
        return cls(rows=rows, of=of)

    def __getitem__(self, households: Rows) -> Bitmap:
        chosen = self.of[households]
        found: Bitmap = self.rows[0].take(chosen[:, 0], axis=0)
        for group in range(1, len(self.rows)):
            some = np.flatnonzero(chosen[:, group])
            if some.size == len(chosen):
                found |= self.rows[group].take(chosen[:, group], axis=0)
            elif some.size:
                found[some] |= self.rows[group].take(chosen[some, group], axis=0)
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tables:
    """What each household may have, question by question; `rooms_below` and `rooms_above` are one room outside."""

    needs: Table
    contingent: Unions
    landlord: Unions
    rent: Table
    rooms: Table
    rooms_below: Table
    rooms_above: Table
    zones: Unions

    def open_to(self, households: Rows) -> Bitmap:
        """Say which homes no need, contingent or landlord keeps from them: what no wish changes."""
        found = self.needs[households]
        found &= self.contingent[households]
        found &= self.landlord[households]
        return found

    def wished(self, households: Rows) -> Bitmap:
        """Say which homes stand in a zone they wish for."""
        return self.zones[households]

    def feasible(self, households: Rows) -> Bitmap:
        """Say which homes they may live in."""
        found = self.open_to(households)
        found &= self.rooms[households]
        found &= self.rent[households]
        found &= self.wished(households)
        return found


def tables_of(instance: Instance) -> Tables:
    """Ask every question of an instance."""
    households, homes = instance.households, instance.dwellings
    wanted, of = _intervals(households, homes)
    least, most = wanted[:, :1], wanted[:, 1:]
    return Tables(
        needs=_needs(households, homes),
        contingent=_contingents(households, homes),
        landlord=_landlords(households, homes),
        rent=_rents(households, homes),
        rooms=Table(rows=packed((least <= homes.typ) & (homes.typ <= most)), of=of),
        rooms_below=Table(rows=packed((homes.typ == least - 1) & (homes.typ <= most)), of=of),
        rooms_above=Table(rows=packed((homes.typ == most + 1) & (homes.typ >= least)), of=of),
        zones=_zones(households, homes),
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


def _needs(households: Households, homes: Dwellings) -> Table:
    need = np.arange(4)[:, None]
    suits = ((need < 2) | homes.wheelchair) & ((need % 2 == 0) | homes.lift_or_ground)
    return Table(rows=packed(suits), of=2 * households.wheelchair.astype(np.intp) + households.needs_lift)


def _contingents(households: Households, homes: Dwellings) -> Unions:
    """A home is of one contingent, a household of those of its bits."""
    numbers = np.arange(int(homes.contingent.max()) + 1)
    return Unions.among(packed(numbers[:, None] == homes.contingent), _octets(households.contingents, len(numbers)))


def _landlords(households: Households, homes: Dwellings) -> Unions:
    """A home is let by one landlord or by none that excludes; a household may have those of its bits that are 0."""
    numbers = np.arange(max(int(homes.landlord_excludes.max()), 0) + 1)
    found = Unions.among(
        packed(numbers[:, None] == homes.landlord_excludes), _octets(~households.excluded_by, len(numbers))
    )
    found.rows[0] |= packed(homes.landlord_excludes[None] < 0)
    return found


def _octets(bits: Integers, count: int) -> NDArray[np.uint8]:
    """Cut sets of bits into bytes, the lowest first: as many as `count` bits take."""
    octets = bits.astype("<i8").view(np.uint8).reshape(-1, 8)
    return octets[:, : -(-count // AT_ONCE)]


def _rents(households: Households, homes: Dwellings) -> Table:
    """The homes of no more than a rent are those of no more than the rent before, and a few."""
    rents, number = np.unique(homes.rent, return_inverse=True)
    rows = np.zeros((len(rents) + 1, -(-len(homes) // WORD)), dtype=np.uint64)
    place = np.arange(len(homes))
    np.bitwise_or.at(rows, (number + 1, place // WORD), np.uint64(1) << (place % WORD).astype(np.uint64))
    # A max_rent of 0 makes every pair infeasible, a free home included.
    limits = np.where(households.max_rent > 0, households.max_rent, -1)
    return Table(rows=np.bitwise_or.accumulate(rows, axis=0), of=np.searchsorted(rents, limits, side="right"))


def _intervals(households: Households, homes: Dwellings) -> tuple[Integers, Rows]:
    """Give the distinct intervals of rooms, one a row, and which one is each household's."""
    # Two rooms outside those on offer, an interval says the same of every home, with a room more or less as well.
    low, high = int(homes.typ.min()) - 2, int(homes.typ.max()) + 2
    width = high - low + 1
    least, most = (np.clip(rooms, low, high) - low for rooms in (households.typ_min, households.typ_max))
    keys, of = _distinct(least * width + most)
    return np.stack(np.divmod(keys, width), axis=1) + low, of


def _distinct(values: Integers) -> tuple[Integers, Rows]:
    """Give the distinct values, whole and 0 or more, ascending; and which one each is."""
    size = int(values.max(initial=0)) + 1
    if size > NARROW:
        distinct, of = np.unique(values, return_inverse=True)
        return distinct, of
    is_there = np.zeros(size, dtype=bool)
    is_there[values] = True
    return np.flatnonzero(is_there), (np.cumsum(is_there) - 1)[values]


def _zones(households: Households, homes: Dwellings) -> Unions:
    """Give the unions of the zones that have homes."""
    offered = np.unique(homes.zone)
    at_once = AT_ONCE if len(offered) <= MANY else AT_ONCE_OF_MANY
    octets = -(-len(offered) // 8)
    width = octets * 8 + 1
    of = np.empty((len(households), octets * 8 // at_once), dtype=np.uint8)
    for start in range(0, len(households), CHUNK):
        places = _places(households.ranked[start : start + CHUNK], offered, otherwise=width - 1)
        is_wished = np.zeros((len(places), width), dtype=bool)
        is_wished.reshape(-1)[places + width * np.arange(len(places))[:, None]] = True
        of[start : start + CHUNK] = _cut(np.packbits(is_wished[:, :-1], axis=1, bitorder="little"), at_once)
    return Unions.among(packed(offered[:, None] == homes.zone), of, at_once=at_once)


def _cut(octets: NDArray[np.uint8], at_once: int) -> NDArray[np.uint8]:
    """Leave bytes as they are, or cut each into its two halves, the low one first."""
    if at_once == AT_ONCE:
        return octets
    return np.stack((octets & 15, octets >> 4), axis=2).reshape(len(octets), -1)


def _places(zones: Integers, offered: Integers, *, otherwise: int) -> Rows:
    """Find zones among those offered, which are ascending."""
    last = int(offered[-1])
    if last < NARROW:
        place = np.full(last + 2, otherwise)
        place[offered] = np.arange(len(offered))
        # NO_ZONE is -1, and reads the last one as well.
        return place.take(np.minimum(zones, last + 1), mode="wrap")
    places = np.searchsorted(offered, zones)
    found: Rows = np.where(offered.take(places, mode="clip") == zones, places, otherwise)
    return found
