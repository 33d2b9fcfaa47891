"""
The one wish that, widened alone, would have a household proposed.

Only four things are ever offered: one more zone, one room fewer, one room more, a higher rent. Never a need, a
contingent or what a landlord decided. The bars of `why_not` answer for every household and home at once: a home that a
wider wish opens suffices when its bar ranks behind the household.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from chezsoi.engines.matching.assignment.feasibility import Tables
from chezsoi.engines.matching.assignment.instance import Instance
from chezsoi.engines.matching.assignment.pairs import WORD, Bitmap, Integers, Rows, packed

# Households at a time: no more than a thousand, and fewer where a row of zones is long.
CHUNK, CELLS = 1024, 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Relaxations:
    """
    What would be enough, one row a change: `households` (ranks, ascending), `homes` (the smallest id that suffices).

    `max_rent_to` is the rent to accept. A household comes several times under `zones`, once a zone, homes ascending.
    """

    max_rent: tuple[Rows, Rows]
    max_rent_to: Integers
    typ_max: tuple[Rows, Rows]
    typ_min: tuple[Rows, Rows]
    zones: tuple[Rows, Rows]


def relaxations(instance: Instance, tables: Tables, bar_of: Rows, ranks: Rows) -> Relaxations:
    """
    Find every single change of a wish that would be enough.

    Parameters
    ----------
    instance, tables : Instance, Tables
        Who waits and what is offered.
    bar_of : array of ranks
        The bar of every home, as `why_not.bars_of` gives.
    ranks : array of ranks
        Households not proposed, ascending.

    Returns
    -------
    Relaxations
        Each change alone would put the household in the best set of a new run, all else being equal.
    """
    search = _Search(instance, tables, bar_of)
    found: dict[str, list[tuple[Rows, Rows]]] = {field: [] for field in ("max_rent", "typ_max", "typ_min", "zones")}
    chunk = max(1, min(CHUNK, CELLS // search.zones))
    for start in range(0, len(ranks), chunk):
        for field, pairs in search.enough(ranks[start : start + chunk]):
            found[field].append(pairs)
    joined = {field: _joined(parts) for field, parts in found.items()}
    # Only a household whose max_rent is 0 is opened a home of no rent: it has to accept something.
    rents = np.maximum(instance.dwellings.rent[joined["max_rent"][1]], 1)
    return Relaxations(**joined, max_rent_to=rents)


class _Search:
    def __init__(self, instance: Instance, tables: Tables, bar_of: Rows) -> None:
        self.tables = tables
        self.rent = instance.dwellings.rent
        offered, self.zone = np.unique(instance.dwellings.zone, return_inverse=True)
        self.zones = len(offered)
        self.bars = np.unique(bar_of)
        behind = [packed(bar_of > bar[:, None]) for bar in np.array_split(self.bars, 1 + len(self.bars) // CHUNK)]
        everything = packed(np.ones((1, len(bar_of)), dtype=bool))
        self.behind = np.concatenate([everything, *behind])

    def enough(self, ranks: Rows) -> Iterator[tuple[str, tuple[Rows, Rows]]]:
        tables = self.tables
        suffices = self.behind[np.searchsorted(self.bars, ranks, side="right")]
        left = tables.open_to(ranks) & suffices
        some = np.flatnonzero(left.any(axis=1))
        ranks, left = ranks[some], left[some]
        rent, rooms, wished = tables.rent[ranks], tables.rooms[ranks], tables.wished(ranks)
        yield "max_rent", self._cheapest(ranks, left & wished & rooms & ~rent)
        yield "typ_max", self._smallest(ranks, left & wished & rent & tables.rooms_above[ranks])
        yield "typ_min", self._smallest(ranks, left & wished & rent & tables.rooms_below[ranks])
        yield "zones", self._of_each_zone(ranks, left & rooms & rent & ~wished)

    def _smallest(self, ranks: Rows, opened: Bitmap) -> tuple[Rows, Rows]:
        rows, homes = _members(opened)
        firsts = np.flatnonzero(np.diff(rows, prepend=-1))
        return ranks[rows[firsts]], homes[firsts]

    def _cheapest(self, ranks: Rows, opened: Bitmap) -> tuple[Rows, Rows]:
        rows, homes = _members(opened)
        # A rent of 0 and one of 1 ask the same of a household that pays nothing.
        order = np.lexsort((homes, np.maximum(self.rent[homes], 1), rows))
        rows, homes = rows[order], homes[order]
        firsts = np.flatnonzero(np.diff(rows, prepend=-1))
        return ranks[rows[firsts]], homes[firsts]

    def _of_each_zone(self, ranks: Rows, opened: Bitmap) -> tuple[Rows, Rows]:
        rows, homes = _members(opened)
        first_of = np.full(len(ranks) * self.zones, len(rows), dtype=np.intp)
        np.minimum.at(first_of, rows * self.zones + self.zone[homes], np.arange(len(rows)))
        firsts = np.sort(first_of[first_of < len(rows)])
        return ranks[rows[firsts]], homes[firsts]


def _members(bitmap: Bitmap) -> tuple[Rows, Rows]:
    """List rows and homes of the bits set, row by row; only words that hold something are opened."""
    rows, words = np.nonzero(bitmap)
    bits = np.unpackbits(bitmap[rows, words].view(np.uint8), bitorder="little").reshape(-1, WORD)
    word, bit = np.nonzero(bits)
    return rows[word], words[word] * WORD + bit


def _joined(parts: list[tuple[Rows, Rows]]) -> tuple[Rows, Rows]:
    nobody = np.zeros(0, dtype=np.intp)
    return (
        np.concatenate([nobody, *(households for households, _ in parts)]),
        np.concatenate([nobody, *(homes for _, homes in parts)]),
    )
