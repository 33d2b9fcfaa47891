"""Match the households and dwellings of an instance: territory by territory, then the wishes that would change it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chezsoi.engines.matching.assignment.feasibility import pairs_of, tables_of
from chezsoi.engines.matching.assignment.instance import Instance
from chezsoi.engines.matching.assignment.pairs import Integers, Rows
from chezsoi.engines.matching.assignment.relaxations import Relaxations, relaxations
from chezsoi.engines.matching.assignment.solution import solve
from chezsoi.engines.matching.assignment.territories import part_of, territories
from chezsoi.engines.matching.assignment.who import FREE
from chezsoi.engines.matching.assignment.why_not import NO_HOME, thresholds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Result:
    """
    Who is proposed which home, why not for all the others, and what proves it.

    Households are ranks in the published order, homes are numbers in the order of the instance. `home_of`,
    `mismatch_of`, `cost_of` and `threshold_of` have one row a household (`FREE` and 0 when not proposed;
    `threshold_of` is -1 when no home is feasible); `bar_of`, `towards` and `price_of` one row a home.
    """

    instance: Instance
    feasible_pairs: int
    home_of: Rows
    mismatch_of: Integers
    cost_of: Integers
    threshold_of: Rows
    bar_of: Rows
    towards: Rows
    price_of: Integers
    relaxations: Relaxations

    @property
    def proposed(self) -> Rows:
        """List those who are proposed a home."""
        return np.flatnonzero(self.home_of != FREE)

    @property
    def not_proposed(self) -> Rows:
        """List those who are not."""
        return np.flatnonzero(self.home_of == FREE)

    @property
    def total_mismatch(self) -> int:
        """Sum the mismatch of those proposed."""
        return int(self.mismatch_of.sum())


def match(instance: Instance) -> Result:
    """
    Choose who is proposed which home, with no constraint beside one household a home.

    Parameters
    ----------
    instance : Instance
        As `read_instance` gives.

    Returns
    -------
    Result
        The set proposed, the total and every explanation are unique; the homes are one of the optimal ways, the same
        whatever the order of the rows in the files. The result is a proposal to people who decide, and is to be used
        as no decision.
    """
    waiting, offered = len(instance.households), len(instance.dwellings)
    home_of, threshold_of = np.full(waiting, FREE, dtype=np.intp), np.full(waiting, FREE, dtype=np.intp)
    mismatch_of, cost_of = np.zeros(waiting, dtype=np.int64), np.zeros(waiting, dtype=np.int64)
    # A home that nobody could take stays free: whoever could, would enter by it.
    bar_of, towards = np.full(offered, waiting, dtype=np.intp), np.full(offered, NO_HOME, dtype=np.intp)
    price_of, feasible_pairs, tables = np.zeros(offered, dtype=np.int64), 0, tables_of(instance)
    for ranks, homes in territories(instance):
        part = part_of(instance, ranks, homes)
        pairs = pairs_of(part, tables if part is instance else None)
        feasible_pairs += pairs.count
        solution = solve(pairs)
        assignment, bars = solution.assignment, solution.bars
        housed, left = assignment.housing.housed, np.flatnonzero(assignment.housing.home_of == FREE)
        given = assignment.housing.home_of[housed]
        home_of[ranks[housed]], cost_of[ranks] = homes[given], assignment.cost_of
        mismatch_of[ranks[housed]] = pairs.mismatch(housed, given)
        threshold_of[ranks[left]] = _elsewhere(ranks, thresholds(pairs, bars, left), FREE)
        bar_of[homes] = _elsewhere(ranks, bars.bar_of, waiting)
        towards[homes] = _elsewhere(homes, bars.towards, NO_HOME)
        price_of[homes] = assignment.price_of
    left = np.flatnonzero(home_of == FREE)
    return Result(
        instance=instance,
        feasible_pairs=feasible_pairs,
        home_of=home_of,
        mismatch_of=mismatch_of,
        cost_of=cost_of,
        threshold_of=threshold_of,
        bar_of=bar_of,
        towards=towards,
        price_of=price_of,
        relaxations=relaxations(instance, tables, bar_of, left),
    )


def _elsewhere(numbers: Rows, found: Rows, otherwise: int) -> Rows:
    """Turn numbers within a part into numbers of the whole; what is no number of the part becomes `otherwise`."""
    is_one = (found >= 0) & (found < len(numbers))
    return np.where(is_one, numbers[np.where(is_one, found, 0)], otherwise)
