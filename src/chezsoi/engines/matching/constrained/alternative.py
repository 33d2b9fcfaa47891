"""What another rule would give: as many households as possible. Reported with its price, never applied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chezsoi.engines.matching.constrained.market import Market, Numbers
from chezsoi.engines.matching.constrained.program import Program
from chezsoi.engines.matching.constrained.solving import Solution, solve
from chezsoi.engines.matching.constrained.who import Selection


@dataclass(frozen=True, kw_only=True)
class MostHoused:
    """
    The most households housed, then the most points, then the least mismatch, and who pays for it.

    `steps_back` are households that the published order houses and this rule does not, `steps_in` the reverse.
    `is_proved` is False when time ran out: the figures are then of the best choice found.
    """

    housed: int
    points: int
    mismatch: int
    pairs: Numbers
    steps_back: tuple[int, ...]
    steps_in: tuple[int, ...]
    is_proved: bool


def most_housed(market: Market, selection: Selection, points: Numbers, *, seconds: float = 60.0) -> MostHoused:
    """
    Compute the alternative that houses most.

    Parameters
    ----------
    market : Market
    selection : Selection
        What the published order gives, for the comparison.
    points : numpy.ndarray of int64, shape (households,)
    seconds : float
        Time given to each of the three searches.
    """
    one = np.ones(market.households, dtype=np.int64)
    may, must = np.diff(market.start) > 0, np.zeros(market.households, dtype=bool)
    counts, least = market.counted, market.minimum
    found: Solution | None = None
    proved, pairs = True, selection.pairs
    for value in (one, points):
        program = Program(market=market, cost=-value[market.household], must=must, may=may, counts=counts, least=least)
        found = solve(program, pairs, seconds=seconds)
        proved, pairs = proved and found.gap == 0, found.pairs
        counts, least = np.vstack([counts, value]), np.append(least, -found.cost)
    last = solve(
        Program(market=market, cost=market.mismatch, must=must, may=may, counts=counts, least=least),
        pairs,
        seconds=seconds,
    )
    housed = set(market.household[last.pairs].tolist())
    return MostHoused(
        housed=len(housed),
        points=int(points[sorted(housed)].sum()),
        mismatch=last.cost,
        pairs=last.pairs,
        steps_back=tuple(sorted(set(selection.kept) - housed)),
        steps_in=tuple(sorted(housed - set(selection.kept))),
        is_proved=proved and last.gap == 0,
    )
