"""An outcome under side constraints as RESULT.json says it: the keys of every result, another certificate."""

from __future__ import annotations

from typing import Any

import numpy as np

from chezsoi.engines.matching.constrained.market import Numbers
from chezsoi.engines.matching.constrained.opened import Change
from chezsoi.engines.matching.constrained.outcome import Outcome
from chezsoi.engines.matching.constrained.program import SCALE, Prices

KIND = "side_constraints"
NO_HOME = "no_feasible_dwelling"


def as_mapping(outcome: Outcome, *, seconds: float) -> dict[str, Any]:
    """Write an outcome in the form of RESULT.json; `seconds` is how long it took."""
    pairs = outcome.placed.pairs
    return {
        "feasible_pairs": len(outcome.market.home),
        "proposed": [
            {"household": household, "dwelling": dwelling, "mismatch": mismatch}
            for household, dwelling, mismatch in zip(
                _ids(outcome, outcome.market.household[pairs]),
                outcome.instance.dwellings.id[outcome.market.home[pairs]].tolist(),
                outcome.market.mismatch[pairs].tolist(),
                strict=True,
            )
        ],
        "total_mismatch": outcome.placed.cost,
        "not_proposed": _not_proposed(outcome),
        "certificate": certificate(outcome),
        "seconds": round(seconds, 3),
    }


def _ids(outcome: Outcome, ranks: Any) -> list[int]:
    return list(map(int, outcome.instance.households.id[np.asarray(ranks, dtype=np.int64)]))


def _not_proposed(outcome: Outcome) -> list[dict[str, Any]]:
    ids, found = outcome.instance.households.id.tolist(), outcome.explanations
    kept = set(outcome.selection.kept)
    return [
        {
            "household": ids[rank],
            "reason": "outranked" if outcome.market.start[rank + 1] > outcome.market.start[rank] else NO_HOME,
            "threshold_household": ids[found.threshold_of[rank]] if rank in found.threshold_of else None,
            "relaxations": [_change(outcome, rank, change) for change in _sorted(found.changes_of.get(rank, ()))],
        }
        for rank in range(outcome.market.households)
        if rank not in kept
    ]


def _sorted(changes: tuple[Change, ...]) -> list[Change]:
    """Order changes by field, then home; homes are in the order of their ids."""
    return sorted(changes, key=lambda change: (change.field, change.home))


def _change(outcome: Outcome, rank: int, change: Change) -> dict[str, Any]:
    households = outcome.instance.households
    said: tuple[Any, Any]
    if change.field == "zones":
        said = households.wishes[rank], "|".join(map(str, (*households.zones[rank], change.to)))
    else:
        said = int(getattr(households, change.field)[rank]), change.to
    dwelling = int(outcome.instance.dwellings.id[change.home])
    return {"field": change.field, "from": said[0], "to": said[1], "dwelling": dwelling}


def certificate(outcome: Outcome) -> dict[str, Any]:
    """
    State the constraints and what is proved.

    Notes
    -----
    Whole prices, in 1/`scale`, prove most of it without trusting a solver. Of a household left out: with the prices of
    `proof_of`, those kept before it pay so much that what remains is less than the least it would pay. Of the total:
    what the households proposed pay at least, less the prices of all they could use. What rests on the solver alone is
    listed (`by_search`, `undecided`, `bound_by`).
    """
    selection, placed = outcome.selection, outcome.placed
    return {
        "kind": KIND,
        "scale": SCALE,
        "constraints": _constraints(outcome),
        "who": {
            "is_exact": not selection.undecided,
            "proofs": [_prices(outcome, prices) for prices in selection.prices],
            "proof_of": [
                {"household": household, "proof": proof}
                for household, proof in zip(
                    _ids(outcome, list(selection.proof_of)), selection.proof_of.values(), strict=True
                )
            ],
            "by_search": _ids(outcome, selection.by_search),
            "undecided": _ids(outcome, selection.undecided),
        },
        "which_home": {
            "bound": placed.bound,
            "gap": placed.gap,
            "bound_by": "prices" if placed.by_prices else "search",
            "prices": _prices(outcome, placed.prices),
        },
        "price_of_floors": {
            "steps_back": _ids(outcome, outcome.price.steps_back),
            "steps_in": _ids(outcome, outcome.price.steps_in),
        },
        "most_housed": _alternative(outcome),
        "not_explained": _ids(outcome, outcome.explanations.not_computed),
    }


def _constraints(outcome: Outcome) -> dict[str, Any]:
    market, pairs = outcome.market, outcome.placed.pairs
    used = np.bincount(market.caseload[pairs] + 1, minlength=len(market.caseloads) + 1)[1:].tolist()
    housed = np.bincount(market.group[market.household[pairs]] + 1, minlength=len(market.floors) + 1)[1:].tolist()
    return {
        "caseloads": [
            {"sector": each.sector, "intensity": each.intensity, "capacity": each.capacity, "used": count}
            for each, count in zip(market.caseloads, used, strict=True)
        ],
        "floors": [
            {"group": each.group, "minimum": each.minimum, "housed": count}
            for each, count in zip(market.floors, housed, strict=True)
        ],
    }


def _prices(outcome: Outcome, prices: Prices) -> dict[str, Any]:
    """Write prices that are not 0: of dwellings by id, of caseloads and floors by their place in `constraints`."""
    ids = outcome.instance.dwellings.id.tolist()

    def some(values: Numbers, names: list[int]) -> list[list[int]]:
        return [[names[place], price] for place, price in enumerate(values.tolist()) if price]

    return {
        "dwellings": some(prices.homes, ids),
        "caseloads": some(prices.caseloads, list(range(len(prices.caseloads)))),
        "floors": some(prices.counts, list(range(len(prices.counts)))),
    }


def _alternative(outcome: Outcome) -> dict[str, Any] | None:
    found = outcome.alternative
    if found is None:
        return None
    return {
        "housed": found.housed,
        "points": found.points,
        "mismatch": found.mismatch,
        "steps_back": _ids(outcome, found.steps_back),
        "steps_in": _ids(outcome, found.steps_in),
        "is_proved": found.is_proved,
    }
