"""Which home: the least total mismatch that houses exactly the set, under the same constraints."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from chezsoi.engines.matching.constrained.least import by_assignments
from chezsoi.engines.matching.constrained.market import Market
from chezsoi.engines.matching.constrained.program import Program
from chezsoi.engines.matching.constrained.solving import Solution, solve
from chezsoi.engines.matching.constrained.who import Selection


def place(market: Market, selection: Selection, *, seconds: float = 60.0) -> Solution:
    """
    House exactly the households selected, with the least total mismatch.

    Returns
    -------
    Solution
        Its `bound` is the least total that is proved possible, its `gap` is 0 when the solution is proved best.
        When time runs out the best one found is answered, with its gap.
    """
    program = placing(market, selection.kept)
    found = by_assignments(program, selection.pairs, seconds=seconds) if selection.kept else None
    if found is not None and found.gap == 0:
        return found
    return solve(program, selection.pairs if found is None else found.pairs, seconds=seconds)


def placing(market: Market, kept: Sequence[int]) -> Program:
    """Write the program that houses everybody of `kept`, and nobody else, at the least mismatch."""
    must = np.zeros(market.households, dtype=bool)
    must[list(kept)] = True
    return Program(
        market=market,
        cost=market.mismatch,
        must=must,
        may=np.zeros_like(must),
        counts=market.counted[:0],
        least=market.minimum[:0],
    )
