"""Solve a program exactly: the relaxation by generated columns, then whole numbers on what can still matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from chezsoi.engines.matching.constrained.market import Flags, Numbers
from chezsoi.engines.matching.constrained.program import (
    SCALE,
    Prices,
    Program,
    lower_bound,
    prices_of,
    reduced,
    rows_of,
)

ADDED_A_ROUND = 8
OFFERED_FIRST = 12
# Above this many pairs an interior point is many times faster than the simplex, which is faster below.
LARGE = 8_000
CLEARLY = 1e-7


class SolverFailed(RuntimeError):
    """The solver gave up for a reason that is not the time it was given."""


@dataclass(frozen=True, kw_only=True)
class Relaxed:
    """The relaxation at its optimum: the pairs looked at, prices, and what they prove (in 1/SCALE)."""

    columns: Numbers
    values: Numbers
    prices: Prices
    bound: int


@dataclass(frozen=True, kw_only=True)
class Solution:
    """
    The pairs chosen, their total cost, and the least cost that is proved possible.

    `by_prices` says that whole prices alone prove `bound`, without trusting a solver. The solution is proved best
    when `bound` equals `cost`; otherwise time ran out and the gap is `cost - bound`.
    """

    pairs: Numbers
    cost: int
    bound: int
    prices: Prices
    by_prices: bool

    @property
    def gap(self) -> int:
        """Say how far the cost may be from the least, 0 when it is proved least."""
        return self.cost - self.bound


def relax(program: Program, columns: Flags, *, enough: int | None = None) -> Relaxed:
    """
    Solve the relaxation, starting from some pairs and adding those whose price is too good.

    Parameters
    ----------
    program : Program
    columns : numpy.ndarray of bool, shape (pairs,)
        Pairs to start from; they must hold a feasible choice.
    enough : int, optional
        Stop as soon as the bound is above this (in 1/SCALE).
    """
    columns = columns & program.open
    while True:
        chosen = np.flatnonzero(columns)
        found = linear(program, chosen)
        prices = prices_of(program, found.ineqlin.marginals)
        bound, _, _ = lower_bound(program, prices)
        relaxed = Relaxed(columns=chosen, values=found.x, prices=prices, bound=bound)
        if enough is not None and bound > enough:
            return relaxed
        added = _too_good(program, prices, columns)
        if not added.size:
            return relaxed
        columns[added] = True


def linear(program: Program, columns: Numbers) -> Any:
    """Solve the relaxation over some pairs that hold a feasible choice; answer what `scipy.optimize.linprog` does."""
    rows = rows_of(program, columns)
    equal = {"A_eq": rows.equal, "b_eq": np.ones(rows.equal.shape[0])} if rows.equal.shape[0] else {}
    method = "highs-ipm" if len(columns) > LARGE else "highs"
    found = linprog(
        program.cost[columns], A_ub=rows.at_most, b_ub=rows.limits, bounds=(0, None), method=method, **equal
    )
    if found.status != 0:
        raise SolverFailed(found.message)
    return found


def _too_good(program: Program, prices: Prices, columns: Flags) -> Numbers:
    """Find a few unseen pairs a household that cost less than the cheapest of those it was offered."""
    market = program.market
    costs = reduced(program, prices)
    ceiling = market.least_of(np.where(columns, costs, np.iinfo(np.int64).max // 4), 0)
    ceiling = np.where(program.must, ceiling, np.minimum(ceiling, 0))
    candidates = np.flatnonzero(program.open & ~columns & (costs < ceiling[market.household]))
    order = candidates[np.lexsort((costs[candidates], market.household[candidates]))]
    household = market.household[order]
    first = np.searchsorted(household, household, side="left")
    few: Numbers = order[np.arange(len(order)) - first < ADDED_A_ROUND]
    return few


def solve(program: Program, start: Numbers, *, seconds: float) -> Solution:
    """
    Find pairs of least cost, and prove it.

    Parameters
    ----------
    program : Program
    start : numpy.ndarray of int64
        Pairs of a feasible choice: what is answered at worst, when time runs out.
    seconds : float
        Time given to each search in whole numbers.

    Raises
    ------
    SolverFailed
        The solver stopped for another reason than time.
    """
    if not program.open.any():
        return _nothing(program, start)
    columns = np.zeros(len(program.market.home), dtype=bool)
    columns[start] = True
    columns[_cheapest(program)] = True
    relaxed = relax(program, columns)
    proved = -(-relaxed.bound // SCALE)
    best, cost = start, total(program, start)
    # What the relaxation uses is little, and mostly enough; all that was looked at comes second.
    for among in (np.union1d(relaxed.columns[relaxed.values > CLEARLY], start), relaxed.columns):
        found = integral(program, among, seconds=seconds)[0] if among.size else None
        if found is not None and total(program, found) < cost:
            best, cost = found, total(program, found)
        if cost == proved:
            return Solution(pairs=best, cost=cost, bound=proved, prices=relaxed.prices, by_prices=True)
    _, least, costs = lower_bound(program, relaxed.prices)
    useful = program.open & (relaxed.bound + costs - least[program.market.household] <= (cost - 1) * SCALE)
    useful[best] = True
    better, bound = integral(program, np.flatnonzero(useful), seconds=seconds)
    if better is not None and total(program, better) < cost:
        best, cost = better, total(program, better)
    bound = min(cost, max(proved, bound))
    return Solution(pairs=best, cost=cost, bound=bound, prices=relaxed.prices, by_prices=bound == proved)


def _nothing(program: Program, start: Numbers) -> Solution:
    sizes = program.market.homes, len(program.market.caseloads), len(program.least)
    prices = Prices(*(np.zeros(size, dtype=np.int64) for size in sizes))
    return Solution(pairs=start, cost=0, bound=0, prices=prices, by_prices=True)


def _cheapest(program: Program) -> Numbers:
    """Find the few cheapest pairs of each household."""
    market = program.market
    pairs = np.flatnonzero(program.open)
    order = pairs[np.lexsort((program.cost[pairs], market.household[pairs]))]
    household = market.household[order]
    few: Numbers = order[np.arange(len(order)) - np.searchsorted(household, household, side="left") < OFFERED_FIRST]
    return few


def integral(program: Program, columns: Numbers, *, seconds: float) -> tuple[Numbers | None, int]:
    """
    Search in whole numbers among some pairs.

    Returns
    -------
    pairs : numpy.ndarray of int64 or None
        The best choice found, None when there is none or none was found in time.
    bound : int
        Least cost that is possible among these pairs, as the solver states it.
    """
    rows = rows_of(program, columns)
    constraints = [LinearConstraint(rows.at_most, -np.inf, rows.limits)]
    if rows.equal.shape[0]:
        constraints.append(LinearConstraint(rows.equal, 1, 1))
    found = milp(
        program.cost[columns].astype(float),
        integrality=np.ones(len(columns)),
        bounds=Bounds(0, 1),
        constraints=constraints,
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if found.status not in {0, 1, 2}:
        raise SolverFailed(found.message)
    if found.x is None:
        nothing = np.iinfo(np.int64).max if found.status == 2 else np.iinfo(np.int64).min
        return None, int(nothing)
    pairs = columns[found.x > 0.5]
    if not is_allowed(program, pairs):
        raise SolverFailed("The solver's answer breaks a constraint once rounded.")
    return pairs, int(np.ceil(found.mip_dual_bound - CLEARLY * max(1.0, abs(found.mip_dual_bound))))


def total(program: Program, pairs: Numbers) -> int:
    """Add the costs of some pairs."""
    return int(program.cost[pairs].sum())


def is_allowed(program: Program, pairs: Numbers) -> bool:
    """Check every constraint of a program on some pairs, in whole numbers."""
    market = program.market
    times = np.bincount(market.household[pairs], minlength=market.households)
    used = np.bincount(market.caseload[pairs] + 1, minlength=len(market.caseloads) + 1)[1:]
    return bool(
        (times[program.must] == 1).all()
        and (times <= (program.must | program.may)).all()
        and (np.bincount(market.home[pairs], minlength=market.homes) <= 1).all()
        and (used <= market.capacity).all()
        and (program.counts @ times >= program.least).all()
    )
