"""
What a checker needs that knows nothing of the engine.

For every dwelling: its bar (`worst_reachable`, null when a free home is reached) and the next dwelling on the way there
(`towards`), which prove that no exchange would bring in a better set; and its `price`, for every household proposed its
`cost`, which prove that no other assignment of the set has a smaller mismatch.
"""

from __future__ import annotations

from typing import Any

from chezsoi.engines.matching.assignment.matching import Result
from chezsoi.engines.matching.assignment.why_not import NO_HOME


def certificate(result: Result) -> dict[str, Any]:
    """
    Write the proof of a result.

    Notes
    -----
    Checked without the engine: (1) each dwelling's bar is its holder, or the bar of `towards`, which its holder could
    take, and no dwelling its holder could take has a worse one; (2) nobody left out has a feasible dwelling whose bar
    ranks behind; (3) mismatch + price ≥ cost on every feasible pair of those proposed, with equality at home, prices
    never below 0 and 0 for a dwelling left free.
    """
    households, dwellings = result.instance.households.id.tolist(), result.instance.dwellings.id.tolist()
    bars, onwards, prices = result.bar_of.tolist(), result.towards.tolist(), result.price_of.tolist()
    return {
        "kind": "exchanges_and_prices",
        "dwellings": [
            {
                "dwelling": dwelling,
                "worst_reachable": households[bar] if bar < len(households) else None,
                "towards": None if onward == NO_HOME else dwellings[onward],
                "price": price,
            }
            for dwelling, bar, onward, price in zip(dwellings, bars, onwards, prices, strict=True)
        ],
        "households": [
            {"household": households[rank], "cost": cost}
            for rank, cost in zip(result.proposed.tolist(), result.cost_of[result.proposed].tolist(), strict=True)
        ],
    }
