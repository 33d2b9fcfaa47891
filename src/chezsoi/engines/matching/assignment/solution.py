"""Both tiers and the explanations, for any feasible pairs."""

from __future__ import annotations

from dataclasses import dataclass

from chezsoi.engines.matching.assignment.pairs import Pairs
from chezsoi.engines.matching.assignment.which import Assignment, least_mismatch
from chezsoi.engines.matching.assignment.who import best_set
from chezsoi.engines.matching.assignment.why_not import Bars, bars_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solution:
    """Who is proposed which home, and the bar of every home."""

    assignment: Assignment
    bars: Bars


def solve(pairs: Pairs) -> Solution:
    """
    Choose who is proposed, then which home, and find whom everyone else would have to outrank.

    The answer is a proposal to people who decide; it is no decision, and measures neither need nor merit.

    Examples
    --------
    Three households, the first ranked first, two homes; the last could live in the second home alone.

    >>> import numpy as np
    >>> feasible = np.array([[True, True], [True, False], [False, True]])
    >>> found = solve(Pairs.of(feasible, np.array([[4, 1], [2, 0], [0, 0]])))
    >>> found.assignment.housing.home_of.tolist(), found.assignment.total, found.bars.bar_of.tolist()
    ([1, 0, -1], 3, [1, 1])
    """
    assignment = least_mismatch(pairs, best_set(pairs).housed)
    return Solution(assignment=assignment, bars=bars_of(pairs, assignment.housing))
