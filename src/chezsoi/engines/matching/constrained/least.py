"""
The least mismatch under caseloads, found among a few assignments: prices of their places lift the limits.

With a price for each place of a caseload, what is left is an assignment problem, exact in whole numbers; its total,
less what all the places cost, bounds every choice that keeps the limits (Geoffrion, *Lagrangean relaxation for integer
programming*, 1974). Many assignments tie at those prices. A few, drawn towards the caseloads that have room, hold
among them what a small search in whole numbers needs to keep every limit at no cost more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from chezsoi.engines.matching.assignment.which import EXACT, Edges, proved
from chezsoi.engines.matching.constrained.market import Flags, Numbers
from chezsoi.engines.matching.constrained.program import SCALE, Prices, Program, prices_of
from chezsoi.engines.matching.constrained.solving import CLEARLY, Solution, integral, is_allowed, linear, total

ROUNDS = 16
# Rounds at prices that can no longer be bettered, which only draw more ties.
MORE_TIES = 4
DRAWN = 5


@dataclass(frozen=True, kw_only=True)
class _Assigned:
    """What the least assignment at some prices proves, in 1/SCALE, and the cost of each pair once all is paid for."""

    prices: Prices
    bound: int
    reduced: Numbers

    @property
    def least(self) -> int:
        """Round the bound up to a whole cost."""
        return -(-self.bound // SCALE)

    @property
    def ties(self) -> Flags:
        """Tell which pairs a choice that costs `least` may use."""
        return self.reduced <= self.least * SCALE - self.bound


def by_assignments(program: Program, start: Numbers, *, seconds: float) -> Solution | None:
    """
    House everybody of `program.must` by assignments at prices of the caseloads.

    Parameters
    ----------
    program : Program
        With somebody in `must`, nobody in `may` and nothing in `counts`.
    start : numpy.ndarray of int64
        Pairs of a feasible choice.
    seconds : float
        Time given to each search in whole numbers.

    Returns
    -------
    Solution or None
        Proved the least by its prices, or with a gap when the rounds given did not close it; None when the sums of
        an assignment would not be exact.
    """
    search = _Search(program, start)
    settled = 0
    for _ in range(ROUNDS):
        assigned = search.assign()
        if assigned is None:
            break
        if not search.is_closed:
            search.draw_ties(assigned)
        if not search.is_closed:
            search.choose(assigned, seconds)
        if search.is_closed or settled > MORE_TIES:
            break
        settled += not search.price_again()
    return search.solution()


class _Search:
    """The pairs met so far, the best choice among them and the best bound."""

    def __init__(self, program: Program, start: Numbers) -> None:
        market = program.market
        self.program, self.best = program, start
        self.open = np.flatnonzero(program.open)
        self.ranks = np.searchsorted(np.flatnonzero(program.must), market.household[self.open])
        self.homes, self.caseload = market.home[self.open], market.caseload[self.open]
        self.places = np.zeros(len(market.caseloads), dtype=np.int64)
        self.met = np.isin(self.open, start)
        self.toll = np.zeros(len(market.caseloads))
        self.now: _Assigned | None = None
        self.proof: _Assigned | None = None

    @property
    def is_closed(self) -> bool:
        """Tell whether the best choice costs the bound."""
        return self.proof is not None and total(self.program, self.best) == self.proof.least

    def assign(self) -> _Assigned | None:
        """Solve the assignment at the prices of now; None when its sums would no longer be exact."""
        if self.now is not None and np.array_equal(self.now.prices.caseloads, self.places):
            return self.now
        cost = self.program.cost[self.open] * SCALE + np.append(self.places, 0)[self.caseload]
        if int(cost.max()) * (self.program.market.homes + 1) >= EXACT:
            return None
        edges = Edges(ranks=self.ranks, homes=self.homes, mismatch=cost)
        found = proved(edges, self._matched(np.arange(len(cost)), cost + 1.0), homes=self.program.market.homes)
        counts = np.zeros(0, dtype=np.int64)
        self.now = _Assigned(
            prices=Prices(found.price_of, self.places, counts),
            bound=found.total - int(self.places @ self.program.market.capacity),
            reduced=cost + found.price_of[self.homes] - found.cost_of[self.ranks],
        )
        if self.proof is None or self.now.bound > self.proof.bound:
            self.proof = self.now
        self._meet(np.arange(len(cost)), found.housing.home_of)
        return self.now

    def draw_ties(self, assigned: _Assigned) -> None:
        """Meet other assignments as cheap, each drawn away from the caseloads that those before it filled too much."""
        tied = np.flatnonzero(assigned.reduced == 0)
        for number in range(DRAWN):
            home_of = self._matched(tied, 1.0 + np.append(self.toll, 0)[self.caseload[tied]])
            used = self._meet(tied, home_of)
            step = 1 / (1 + number / DRAWN)
            self.toll = np.maximum(self.toll + step * (used - self.program.market.capacity), 0)

    def _matched(self, some: Numbers, weights: npt.NDArray[np.float64]) -> Numbers:
        shape = int(self.ranks[-1]) + 1, self.program.market.homes
        rows, columns = min_weight_full_bipartite_matching(
            csr_array((weights, (self.ranks[some], self.homes[some])), shape=shape)
        )
        home_of = np.empty(len(rows), dtype=np.int64)
        home_of[rows] = columns
        return home_of

    def _meet(self, some: Numbers, home_of: Numbers) -> Numbers:
        """Remember the pairs of an assignment, take it if it keeps the limits, and count what it uses."""
        chosen = some[self.homes[some] == home_of[self.ranks[some]]]
        self.met[chosen] = True
        self._take(self.open[chosen])
        return np.bincount(self.caseload[chosen] + 1, minlength=len(self.places) + 1)[1:]

    def _take(self, pairs: Numbers) -> None:
        if total(self.program, pairs) < total(self.program, self.best) and is_allowed(self.program, pairs):
            self.best = pairs

    def choose(self, assigned: _Assigned, seconds: float) -> None:
        """Search in whole numbers among the pairs met; where the bound is the best, only those that may reach it."""
        among = self.met & assigned.ties if assigned is self.proof else self.met
        pairs, _ = integral(self.program, self.open[among], seconds=seconds)
        if pairs is not None:
            self._take(pairs)

    def price_again(self) -> bool:
        """Take the prices of the relaxation over the pairs met; False when no prices could give a better bound."""
        if self.proof is None:
            return False
        found = linear(self.program, self.open[self.met])
        is_settled = found.fun <= self.proof.least + CLEARLY
        prices = self.proof.prices if is_settled else prices_of(self.program, found.ineqlin.marginals)
        if not np.array_equal(prices.caseloads, self.places):
            self.places, self.toll = prices.caseloads, np.zeros(len(self.toll))
        return not is_settled

    def solution(self) -> Solution | None:
        """Say what was found and proved."""
        if self.proof is None:
            return None
        cost = total(self.program, self.best)
        return Solution(pairs=self.best, cost=cost, bound=self.proof.least, prices=self.proof.prices, by_prices=True)
