"""
What whole prices already found prove of every rank of a run, so that few questions need a search.

Prices that rule out one household in one run hold for all others and at all ranks (weak duality holds whatever the
prices are). At each rank they leave a room, which only shrinks as households are taken: whoever would have to pay more
is out from there on, and a home opened to somebody that costs more than the room is not enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from chezsoi.engines.matching.constrained.market import Flags, Market, Numbers
from chezsoi.engines.matching.constrained.program import NEVER, Prices
from chezsoi.engines.matching.constrained.proofs import Proofs
from chezsoi.engines.matching.constrained.who import Selection


def opened_to(market: Market, who: Numbers, homes: Numbers) -> Market:
    """Make one household of each of these pairs, which may live there alone and is like the one named."""
    return replace(
        market,
        start=np.arange(len(who) + 1),
        home=homes,
        mismatch=np.zeros(len(who), dtype=np.int64),
        intensity=market.intensity[who],
        group=market.group[who],
    )


class Known:
    """
    The prices found so far, and what they leave open.

    Attributes
    ----------
    last : numpy.ndarray of int64, shape (left out,)
        By household left out, the last place in the set just before which it might still be taken; -1 for none.
    is_shut : numpy.ndarray of bool, shape (pairs opened,)
        Which homes, opened to a household, would not have it taken.
    """

    def __init__(
        self, market: Market, selection: Selection, left: Sequence[int], *, who: Numbers, homes: Numbers
    ) -> None:
        """Start from the prices of the run; `who` and `homes` are pairs that a wider wish would open, by household."""
        self.market, self.who = market, who
        self.kept, self.left = np.array(selection.kept, dtype=np.int64), np.array(left, dtype=np.int64)
        self._is_kept = np.zeros(market.households, dtype=bool)
        self._is_kept[self.kept] = True
        self._opened = opened_to(market, who, homes)
        self.last = np.where(np.diff(market.start)[self.left] > 0, np.searchsorted(self.kept, self.left) - 1, -1)
        self.is_shut = np.zeros(len(who), dtype=bool)
        self._first = np.flatnonzero(np.diff(who, prepend=-1))
        self._added: set[bytes] = set()
        self._at_ranks: list[tuple[Numbers, Numbers, Numbers]] = []
        for prices in selection.prices:
            self.add(prices)

    def learn(self, proofs: Proofs) -> None:
        """Take in the prices that somebody was ruled out with."""
        for prices in proofs.latest():
            self.add(prices)

    def add(self, prices: Prices) -> None:
        """Close what these prices rule out."""
        name = b"".join(each.tobytes() for each in (prices.homes, prices.caseloads, prices.counts))
        if name in self._added:
            return
        self._added.add(name)
        least = self.market.least_of(_paid(self.market, prices), NEVER)
        room = self._room(prices, least)
        places = np.searchsorted(-room[self.kept], -np.maximum(least[self.left], 0), side="right") - 1
        self.last = np.minimum(self.last, places)
        costs = _paid(self._opened, prices)
        self.is_shut |= costs > room[self.who + 1]
        if self.market.floors and costs.size:
            self._at_ranks.append((least, room, self._spared(costs, least)))

    def _room(self, prices: Prices, least: Numbers) -> Numbers:
        """Say, rank by rank, what is left when those kept before are housed, and those from there on may be."""
        market = self.market
        spent = int(prices.homes.sum()) + int(prices.caseloads @ market.capacity) - int(prices.counts @ market.minimum)
        paid = np.append(0, np.cumsum(least * self._is_kept))
        spared = np.append(np.cumsum(np.maximum(-least, 0)[::-1])[::-1], 0)
        room: Numbers = spent - paid + spared
        return room

    def _spared(self, costs: Numbers, least: Numbers) -> Numbers:
        """Say, by household to whom homes would be opened, how much more room they would leave to those before it."""
        cheapest = np.minimum.reduceat(costs, self._first)
        more: Numbers = np.maximum(-cheapest, 0) - np.maximum(-least[self.who[self._first]], 0)
        return np.maximum(more, 0)

    def may_let_in(self, rank: int) -> Flags:
        """Tell to which households, by their order in `who`, all their homes opened at once might let one before in."""
        may = self.who[self._first] > rank
        for least, room, spared in self._at_ranks:
            may &= int(least[rank]) <= room[rank] + spared
        return may


def _paid(market: Market, prices: Prices) -> Numbers:
    """Compute what each pair pays for what it uses, less what floors give it."""
    bonus = prices.counts @ market.counted if prices.counts.size else np.zeros(market.households, dtype=np.int64)
    paid: Numbers = prices.homes[market.home] + np.append(prices.caseloads, 0)[market.caseload]
    return paid - bonus[market.household]
