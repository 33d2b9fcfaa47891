"""Which home: the least total mismatch that houses exactly the set, under the same constraints."""

from __future__ import annotations

import numpy as np

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
    must = np.zeros(market.households, dtype=bool)
    must[list(selection.kept)] = True
    program = Program(
        market=market,
        cost=market.mismatch,
        must=must,
        may=np.zeros_like(must),
        counts=market.counted[:0],
        least=market.minimum[:0],
    )
    return solve(program, selection.pairs, seconds=seconds)
