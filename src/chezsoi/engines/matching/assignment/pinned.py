"""
A decision of people, then the rest again: what a home given otherwise, or a pair refused, changes for everyone.

The solution before is repaired rather than made again. A household that loses its home, or may now enter, is put in by
one exchange; a home left free, or a household without a home, is settled by one shortest path over the prices of before
(Jonker and Volgenant, 1987; Mills-Tettey, Stentz and Dias, 2007).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from chezsoi.engines.matching.assignment.cheapest import repaired_assignment
from chezsoi.engines.matching.assignment.pairs import WORD, Pairs, members_of
from chezsoi.engines.matching.assignment.solution import Solution
from chezsoi.engines.matching.assignment.who import FREE, Housing
from chezsoi.engines.matching.assignment.why_not import NO_HOME, Bars, bars_of, thresholds

Pair = tuple[int, int]


class HomeGivenTwice(ValueError):
    """Two households were given one home, or one household two homes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """
    What people decided, as (rank, home): homes given, even to somebody outranked; and pairs not to propose.

    A refusal takes away one pair. It takes no rank.
    """

    given: tuple[Pair, ...] = ()
    refused: tuple[Pair, ...] = ()

    def __post_init__(self) -> None:
        for side in (0, 1):
            if len({pair[side] for pair in self.given}) < len(self.given):
                raise HomeGivenTwice(str(self.given))


def left_to_decide(pairs: Pairs, pinned: Pinned) -> Pairs:
    """
    Give the pairs that remain: none of a household or of a home that was given, none that was refused.

    >>> pairs = Pairs.of(np.ones((2, 2), dtype=bool), np.zeros((2, 2), dtype=np.int64))
    >>> left_to_decide(pairs, Pinned(given=((1, 0),))).feasible(np.arange(2)).tolist()
    [[False, True], [False, False]]
    """
    bitmap = pairs.bitmap.copy()
    for rank, home in pinned.given:
        bitmap[rank] = 0
        bitmap[:, home // WORD] &= ~_bit(home)
    for rank, home in pinned.refused:
        bitmap[rank, home // WORD] &= ~_bit(home)
    return replace(pairs, bitmap=bitmap)


def solve_again(left: Pairs, before: Solution, pinned: Pinned) -> Solution:
    """
    Repair a solution after decisions: the same set, total, prices and bars as `solve(left)` from nothing.

    Parameters
    ----------
    left : Pairs
        As `left_to_decide` gives.
    before : Solution
        The solution of the pairs before these decisions.
    pinned : Pinned
        The decisions.

    Returns
    -------
    Solution
        Of the pairs left: those given a home are not in it. The homes may be another of the optimal ways.
    """
    kept = _kept(left, before.assignment.housing, pinned)
    set_again, bars = _best_again(left, before.assignment.housing, kept)
    assignment = repaired_assignment(left, kept, set_again.housed, before.assignment.price_of)
    return Solution(assignment=assignment, bars=bars)


def _kept(left: Pairs, before: Housing, pinned: Pinned) -> Housing:
    """Keep of a housing what the decisions have not undone."""
    home_of, holder_of = before.home_of.copy(), before.holder_of.copy()
    undone = {rank for rank, _home in pinned.given}
    undone |= {int(holder_of[home]) for _rank, home in pinned.given}
    undone |= {rank for rank, home in pinned.refused if home_of[rank] == home}
    for rank in undone - {FREE}:
        if home_of[rank] != FREE:
            holder_of[home_of[rank]], home_of[rank] = FREE, FREE
    return Housing(home_of=home_of, holder_of=holder_of)


def _best_again(left: Pairs, before: Housing, kept: Housing) -> tuple[Housing, Bars]:
    """Put in those who lost their home, then whoever may now enter, the best-ranked first, until nobody may."""
    housing = Housing(home_of=kept.home_of.copy(), holder_of=kept.holder_of.copy())
    for rank in np.flatnonzero((before.home_of != FREE) & (kept.home_of == FREE)).tolist():
        _put_in(left, housing, rank)
    while True:
        bars = bars_of(left, housing)
        outside = np.flatnonzero(housing.home_of == FREE)
        enters = outside[thresholds(left, bars, outside) > outside]
        if not enters.size:
            return housing, bars
        _put_in(left, housing, int(enters[0]))


def _put_in(left: Pairs, housing: Housing, rank: int) -> None:
    """House one more if a free home is reached, or in the place of the worst-ranked reached, if behind."""
    bars = bars_of(left, housing)
    homes = members_of(left.bitmap[rank], left.homes)
    if not homes.size or bars.bar_of[homes].max() <= rank:
        return
    home, mover = int(homes[np.argmax(bars.bar_of[homes])]), rank
    while home != NO_HOME:
        holder = int(housing.holder_of[home])
        housing.home_of[mover], housing.holder_of[home] = home, mover
        mover, home = holder, int(bars.towards[home])
    if mover != FREE:
        housing.home_of[mover] = FREE


def _bit(home: int) -> np.uint64:
    return np.uint64(1) << np.uint64(home % WORD)
