"""
Tier 1: who is proposed a home.

The sets of households that can all be housed at once are the independent sets of a transversal matroid (Edmonds and
Fulkerson, 1965). Serving households in the published order, each if all those kept before it can still be housed, then
gives the lexicographically best set, which is also the largest and the one of most points, for any points that
decrease along the order (Rado, 1957).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chezsoi.engines.matching.assignment.pairs import WORD, Bitmap, Pairs, Rows, bits_of, members_of

FREE = -1
ONE = np.uint64(1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Housing:
    """One way to house a set of households: the home of each, and the holder of each home; `FREE` when none."""

    home_of: Rows
    holder_of: Rows

    @property
    def housed(self) -> Rows:
        """List the ranks of those who are housed, in order."""
        return np.flatnonzero(self.home_of != FREE)


def best_set(pairs: Pairs) -> Housing:
    """
    House the lexicographically best set of households, the unique one under the published order.

    Parameters
    ----------
    pairs : Pairs
        Households in the published order.

    Returns
    -------
    Housing
        The set is unique, the homes given to it are not: `which.least_mismatch` chooses them.

    Notes
    -----
    A household is housed if an augmenting path leads from it to a free home; a search goes over a whole level at a
    time, as words of bits. A search that fails has reached a set of homes held by as many households that can live
    nowhere else (Hall, 1935): these homes are closed for good, and nobody searches there again.
    """
    search = _Search(pairs)
    for rank in np.flatnonzero(pairs.bitmap.any(axis=1)).tolist():
        if search.is_over:
            break
        search.house(rank)
    return Housing(home_of=search.home_of, holder_of=search.holder_of)


class _Search:
    """The state of the greedy: who holds what, which homes are free, which are not closed."""

    def __init__(self, pairs: Pairs) -> None:
        self.bitmap, self.homes = pairs.bitmap, pairs.homes
        self.home_of = np.full(pairs.households, FREE, dtype=np.intp)
        self.holder_of = np.full(pairs.homes, FREE, dtype=np.intp)
        self.free = bits_of(np.arange(pairs.homes), pairs.homes)
        self.open = self.free.copy()

    @property
    def is_over(self) -> bool:
        return not self.open.any()

    def house(self, rank: int) -> bool:
        """House one more household if all those housed before it can stay housed."""
        reached = self.bitmap[rank] & self.open
        levels: list[Rows] = []
        level = reached
        while level.any():
            if (found := level & self.free).any():
                self._move(rank, levels, _first(found))
                return True
            homes = members_of(level, self.homes)
            levels.append(homes)
            level = np.bitwise_or.reduce(self.bitmap[self.holder_of[homes]], axis=0) & self.open & ~reached
            reached |= level
        self.open &= ~reached
        return False

    def _move(self, rank: int, levels: list[Rows], home: int) -> None:
        """Give the free home to a holder of the last level, its home to one of the level before, and so on."""
        self.free[home // WORD] ^= ONE << np.uint64(home % WORD)
        for level in reversed(levels):
            holders = self.holder_of[level]
            suits = (self.bitmap[holders, home // WORD] >> np.uint64(home % WORD)) & ONE
            mover = int(holders[np.argmax(suits)])
            left = int(self.home_of[mover])
            self.home_of[mover], self.holder_of[home] = home, mover
            home = left
        self.home_of[rank], self.holder_of[home] = home, rank


def _first(bits: Bitmap) -> int:
    word = int(np.argmax(bits != 0))
    value = int(bits[word])
    return word * WORD + (value & -value).bit_length() - 1
