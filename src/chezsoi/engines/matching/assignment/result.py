"""A result as RESULT.json says it: ids as in the files, whole numbers, and the certificate."""

from __future__ import annotations

from typing import Any

from chezsoi.engines.matching.assignment.certificate import certificate
from chezsoi.engines.matching.assignment.instance import Households
from chezsoi.engines.matching.assignment.matching import Result


def as_mapping(result: Result, *, seconds: float) -> dict[str, Any]:
    """
    Write a result in the form of RESULT.json.

    Parameters
    ----------
    result : Result
        As `match` gives.
    seconds : float
        How long it took; the only thing in the file that two runs do not share.

    Returns
    -------
    dict
        `feasible_pairs`, `proposed`, `total_mismatch`, `not_proposed`, `certificate`, `seconds`; households in the
        published order.
    """
    return {
        "feasible_pairs": result.feasible_pairs,
        "proposed": _proposed(result),
        "total_mismatch": result.total_mismatch,
        "not_proposed": _not_proposed(result),
        "certificate": certificate(result),
        "seconds": round(seconds, 3),
    }


def _proposed(result: Result) -> list[dict[str, int]]:
    ranks = result.proposed
    homes = result.instance.dwellings.id[result.home_of[ranks]].tolist()
    households, mismatches = result.instance.households.id[ranks].tolist(), result.mismatch_of[ranks].tolist()
    return [
        {"household": household, "dwelling": home, "mismatch": mismatch}
        for household, home, mismatch in zip(households, homes, mismatches, strict=True)
    ]


def _not_proposed(result: Result) -> list[dict[str, Any]]:
    ids, found = result.instance.households.id.tolist(), _relaxations(result)
    return [
        {
            "household": ids[rank],
            "reason": "no_feasible_dwelling" if threshold < 0 else "outranked",
            "threshold_household": None if threshold < 0 else ids[threshold],
            "relaxations": found.get(rank, []),
        }
        for rank, threshold in zip(
            result.not_proposed.tolist(), result.threshold_of[result.not_proposed].tolist(), strict=True
        )
    ]


def _relaxations(result: Result) -> dict[int, list[dict[str, Any]]]:
    """List the changes of each household, by field then home."""
    found: dict[int, list[dict[str, Any]]] = {}
    for field, rank, home, before, after in _changes(result):
        change = {"field": field, "from": before, "to": after, "dwelling": home}
        found.setdefault(rank, []).append(change)
    return found


def _changes(result: Result) -> list[tuple[str, int, int, Any, Any]]:
    households, homes, found = result.instance.households, result.instance.dwellings, result.relaxations
    ids = homes.id.tolist()
    rises = zip(*found.max_rent, found.max_rent_to.tolist(), strict=True)
    changes: list[tuple[str, int, int, Any, Any]] = [
        ("max_rent", int(rank), ids[home], int(households.max_rent[rank]), rent) for rank, home, rent in rises
    ]
    for rank, home in zip(*found.typ_max, strict=True):
        changes.append(("typ_max", int(rank), ids[home], int(households.typ_max[rank]), int(homes.typ[home])))
    for rank, home in zip(*found.typ_min, strict=True):
        changes.append(("typ_min", int(rank), ids[home], int(households.typ_min[rank]), int(homes.typ[home])))
    for rank, home in zip(*found.zones, strict=True):
        changes.append(
            ("zones", int(rank), ids[home], households.wishes[rank], _with(households, rank, homes.zone[home]))
        )
    return changes


def _with(households: Households, rank: int, zone: int) -> str:
    return "|".join(map(str, (*households.zones[rank], zone)))
