"""A linear program over the pairs of a market, and bounds that whole numbers alone prove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import coo_array, csr_array, vstack

from chezsoi.engines.matching.constrained.market import Flags, Market, Numbers

# Prices are whole numbers of 1/SCALE: every fraction with a denominator up to ten is exact.
SCALE = 2520
# Stands for the price of a household without a pair; far above any sum of prices, far below overflow.
NEVER = 1 << 40


@dataclass(frozen=True, kw_only=True)
class Program:
    """
    Choose pairs of least total cost.

    Each household of `must` is housed once, each of `may` at most once, nobody else is; a home takes one household, a
    caseload its capacity; and for each of `counts` (one number a household) those housed count for at least `least`.
    """

    market: Market
    cost: Numbers
    must: Flags
    may: Flags
    counts: Numbers
    least: Numbers

    @property
    def open(self) -> Flags:
        """Tell which pairs may be chosen at all."""
        return (self.must | self.may)[self.market.household]


@dataclass(frozen=True)
class Prices:
    """Whole, non-negative prices in 1/SCALE: of homes, of caseloads, of what is counted."""

    homes: Numbers
    caseloads: Numbers
    counts: Numbers


def reduced(program: Program, prices: Prices) -> Numbers:
    """Compute the cost of each pair once what it uses is paid for: shape (pairs,), in 1/SCALE."""
    market = program.market
    caseloads = np.append(prices.caseloads, 0)
    bonus = prices.counts @ program.counts if prices.counts.size else np.zeros(market.households, dtype=np.int64)
    paid: Numbers = program.cost * SCALE + prices.homes[market.home] + caseloads[market.caseload]
    return paid - bonus[market.household]


def lower_bound(program: Program, prices: Prices) -> tuple[int, Numbers, Numbers]:
    """
    Prove that no choice costs less than a number, with whole numbers alone (weak duality).

    Returns
    -------
    bound : int
        In 1/SCALE. True for any non-negative prices, however they were found.
    least : numpy.ndarray of int64, shape (households,)
        What each household must pay at least: its cheapest pair, not above 0 for one that may stay out.
    costs : numpy.ndarray of int64, shape (pairs,)
    """
    costs = reduced(program, prices)
    cheapest = program.market.least_of(costs, NEVER)
    least = np.where(program.must, cheapest, np.minimum(cheapest, 0) * program.may)
    spent = int(prices.homes.sum()) + int(prices.caseloads @ program.market.capacity)
    return int(least.sum()) - spent + int(prices.counts @ program.least), least, costs


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows of a program over some of its pairs, as `scipy.optimize` wants them."""

    equal: csr_array
    at_most: csr_array
    limits: Any
    columns: Numbers


def rows_of(program: Program, columns: Numbers) -> Rows:
    """Write the rows of a program over the pairs `columns`."""
    market, size = program.market, len(columns)
    place = np.arange(size)
    household, home, caseload = market.household[columns], market.home[columns], market.caseload[columns]

    def incidence(row: Numbers, keep: Flags, height: int) -> csr_array:
        ones = np.ones(int(keep.sum()))
        return coo_array((ones, (row[keep], place[keep])), shape=(height, size)).tocsr()

    once = incidence(household, np.ones(size, dtype=bool), market.households)
    parts = [
        once[np.flatnonzero(program.may & ~program.must)],
        incidence(home, np.ones(size, dtype=bool), market.homes),
        incidence(caseload, caseload >= 0, len(market.caseloads)),
        csr_array(-program.counts[:, household].reshape(len(program.least), size).astype(float)),
    ]
    limits = [np.ones(parts[0].shape[0]), np.ones(market.homes), market.capacity, -program.least]
    return Rows(
        equal=once[np.flatnonzero(program.must)],
        at_most=vstack(parts, format="csr"),
        limits=np.concatenate(limits).astype(float),
        columns=columns,
    )


def prices_of(program: Program, marginals: Any) -> Prices:
    """Round the marginal values of the rows that are not equalities to whole, non-negative prices."""
    skipped = int((program.may & ~program.must).sum())
    homes, caseloads = program.market.homes, len(program.market.caseloads)
    whole = np.maximum(np.rint(-np.asarray(marginals) * SCALE), 0).astype(np.int64)[skipped:]
    return Prices(
        homes=whole[:homes],
        caseloads=whole[homes : homes + caseloads],
        counts=whole[homes + caseloads :],
    )
