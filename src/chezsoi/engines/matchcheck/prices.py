"""Prices of homes, caseloads and floors, as a certificate states them, and what each household pays at least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from chezsoi.engines.matchcheck.claim import is_a
from chezsoi.engines.matchcheck.limits import Limits
from chezsoi.engines.matchcheck.problem import Booleans, Integers, Problem
from chezsoi.engines.matchcheck.rejections import reject_unless


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prices:
    """One row a list of prices: of homes, of caseloads (and 0 for none), of floors (and 0 for none)."""

    homes: Integers
    caseloads: Integers
    floors: Integers


def read_prices(problem: Problem, limits: Limits, said: list[Any]) -> Prices:
    """Read lists of prices, each of things that exist and from 0 up."""
    places = {dwelling: place for place, dwelling in enumerate(problem.homes["id"].tolist())}
    numbered = {place: place for place in range(max(len(limits.caseloads), len(limits.floors)))}
    sizes = {"dwellings": len(places), "caseloads": len(limits.caseloads), "floors": len(limits.floors)}
    found = {name: np.zeros((len(said), size + 1), dtype=np.int64) for name, size in sizes.items()}
    for row, prices in enumerate(said):
        reject_unless(isinstance(prices, dict) and prices.keys() == sizes.keys(), "Prices are malformed.")
        for name, size in sizes.items():
            known = places if name == "dwellings" else numbered
            for pair in prices[name]:
                is_pair = isinstance(pair, list) and len(pair) == 2 and all(is_a(value, int) for value in pair)
                reject_unless(is_pair and known.get(pair[0], size) < size, "A price is of nothing known.")
                reject_unless(0 <= pair[1] < 2**31, "A price is below 0, or too high.")
                found[name][row, known[pair[0]]] = pair[1]
    return Prices(homes=found["dwellings"][:, :-1], caseloads=found["caseloads"], floors=found["floors"])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paid:
    """What each household pays at least, one row a list of prices; who has a pair, who is housed; pairs in all."""

    least: Integers
    has_pair: Booleans
    is_kept: Booleans
    home_of: dict[int, int]
    pairs: int


def what_is_paid(problem: Problem, limits: Limits, lists: Prices, home_of: dict[int, int], scale: int) -> Paid:
    """Find what each household pays at least: its cheapest pair."""
    least = np.zeros((len(lists.homes), len(problem.households)), dtype=np.int64)
    has_pair = np.zeros(len(problem.households), dtype=bool)
    pairs = 0
    for one in problem.households:
        homes = np.flatnonzero(problem.suits(one).pair)
        has_pair[one.rank] = bool(homes.size)
        pairs += len(homes)
        if homes.size:
            paid = lists.homes[:, homes] + lists.caseloads[:, limits.caseload_of(problem, one)[homes]]
            # The last list is that of the total, where mismatch counts and floors do not.
            paid[-1] += scale * problem.mismatch(one)[homes] if one.id in home_of else 0
            least[:, one.rank] = paid.min(axis=1) - lists.floors[:, limits.floor_of(one)]
    is_kept = np.array([one.id in home_of for one in problem.households], dtype=bool)
    return Paid(least=least, has_pair=has_pair, is_kept=is_kept, home_of=home_of, pairs=pairs)


def cost_of(limits: Limits, lists: Prices) -> Integers:
    """Add what all homes and capacities cost, less what the floors require: one number a list of prices."""
    capacities = np.array([line[2] for line in limits.caseloads] + [0], dtype=np.int64)
    minima = np.array([line[1] for line in limits.floors] + [0], dtype=np.int64)
    cost: Integers = lists.homes.sum(axis=1) + lists.caseloads @ capacities - lists.floors @ minima
    return cost
