"""
Why a household is proposed no home, and whom it would have to outrank.

From a home, an exchange path goes to another home that its holder could take, and so on. The bar of a home is the
worst-ranked household that may be displaced by such a path, or nobody when the path ends in a free home. A household
enters the best set exactly if one of its homes has its bar behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matching.assignment.pairs import (
    WORD,
    Bitmap,
    Pairs,
    Rows,
    bits_of,
    members_of,
    packed,
    unpacked,
)
from chezsoi.engines.matching.assignment.who import FREE, Housing

CHUNK = 2048
NO_HOME = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bars:
    """
    Whom one has to outrank to enter by each home.

    `bar_of` is the rank of the household that would be displaced; the number of households, a rank behind everyone,
    when a free home is reached and nobody is. `towards` is the next home on the path, `NO_HOME` where it ends.
    """

    bar_of: Rows
    towards: Rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BlockingSet:
    """Homes a household could live in, directly or by exchanges; as many households hold them, and all rank before."""

    homes: Rows
    holders: Rows


def bars_of(pairs: Pairs, housing: Housing) -> Bars:
    """
    Find the bar of every home, from the worst holder to the best: a home has the bar of the first it is reached from.

    Parameters
    ----------
    pairs, housing : Pairs, Housing
        The feasible pairs, and any housing of the best set: the bars do not depend on which.

    Returns
    -------
    Bars
        One bar a home.
    """
    held = np.flatnonzero(housing.holder_of != FREE)
    worst_first = held[np.argsort(-housing.holder_of[held])]
    search = _Search(pairs, housing)
    search.spread(np.flatnonzero(housing.holder_of == FREE), pairs.households)
    for home in worst_first.tolist():
        if search.bar_of[home] == FREE:
            search.spread(np.array([home]), int(housing.holder_of[home]))
    return Bars(bar_of=search.bar_of, towards=search.towards)


def thresholds(pairs: Pairs, bars: Bars, ranks: Rows) -> Rows:
    """
    Say whom each household would have to outrank: the worst bar among its feasible homes, -1 when it has none.

    Parameters
    ----------
    ranks : array of ranks
        Households not housed by the best set.
    """
    found = np.full(len(ranks), FREE, dtype=np.intp)
    for start in range(0, len(ranks), CHUNK):
        part = slice(start, start + CHUNK)
        found[part] = np.where(pairs.feasible(ranks[part]), bars.bar_of, FREE).max(axis=1, initial=FREE)
    return found


def blocking_set(pairs: Pairs, housing: Housing, rank: int) -> BlockingSet:
    """
    List the homes that stand between a household not housed and a home, with those who hold them.

    Whoever holds one of them can live in none but them: there is one home too few (Hall, 1935). None could be left out:
    were any one holder not housed, the household would be. The holders are its circuit in the transversal matroid
    (Edmonds and Fulkerson, 1965), the same for any housing of the best set.
    """
    reached = pairs.bitmap[rank].copy()
    level = reached
    while level.any():
        holders = housing.holder_of[members_of(level, pairs.homes)]
        level = np.bitwise_or.reduce(pairs.bitmap[holders[holders != FREE]], axis=0) & ~reached
        reached |= level
    homes = members_of(reached, pairs.homes)
    return BlockingSet(homes=homes, holders=np.sort(housing.holder_of[homes]))


class _Search:
    """Spread a bar backwards: to every home whose holder could take one already reached."""

    def __init__(self, pairs: Pairs, housing: Housing) -> None:
        self.pairs, self.holder_of = pairs, housing.holder_of
        self.bar_of = np.full(pairs.homes, FREE, dtype=np.intp)
        self.towards = np.full(pairs.homes, NO_HOME, dtype=np.intp)
        self.waiting = bits_of(np.arange(pairs.homes), pairs.homes)
        self.comes_from = _transposed(pairs, housing)

    def spread(self, level: Rows, bar: int) -> None:
        self._reach(level, bar)
        while level.size:
            before = np.bitwise_or.reduce(self.comes_from[level], axis=0) & self.waiting
            homes = members_of(before, self.pairs.homes)
            self._reach(homes, bar)
            for some in _chunks(homes):
                onwards = self.pairs.bitmap[self.holder_of[some]] & bits_of(level, self.pairs.homes)
                self.towards[some] = _first_of_each(onwards)
            level = homes

    def _reach(self, homes: Rows, bar: int) -> None:
        self.bar_of[homes] = bar
        self.waiting &= ~bits_of(homes, self.pairs.homes)


def _transposed(pairs: Pairs, housing: Housing) -> Bitmap:
    """For each home, the homes whose holder could take it."""
    held = np.flatnonzero(housing.holder_of != FREE)
    rows = pairs.bitmap[housing.holder_of[held]]
    chunks = []
    for start in range(0, rows.shape[1], CHUNK // WORD):
        words = rows[:, start : start + CHUNK // WORD]
        homes = min(CHUNK, pairs.homes - start * WORD)
        turned = np.zeros((homes, pairs.homes), dtype=bool)
        turned[:, held] = unpacked(words, homes).T
        chunks.append(packed(turned))
    return np.concatenate(chunks) if chunks else np.zeros((0, 0), dtype=np.uint64)


def _first_of_each(bitmap: Bitmap) -> Rows:
    """Give the first member of each row of bits; none is empty."""
    words = np.argmax(bitmap != 0, axis=1)
    values: NDArray[np.uint64] = bitmap[np.arange(len(bitmap)), words]
    lowest = np.bitwise_count((values & (~values + np.uint64(1))) - np.uint64(1))
    first: Rows = words * WORD + lowest.astype(np.intp)
    return first


def _chunks(homes: Rows) -> Iterator[Rows]:
    return (homes[start : start + CHUNK] for start in range(0, len(homes), CHUNK))
