"""A file of results, read with suspicion: every key where it belongs, every number a whole one."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chezsoi.engines.matchcheck.rejections import ResultRejected, reject_unless

KEYS = {"feasible_pairs", "proposed", "total_mismatch", "not_proposed", "certificate", "seconds"}
PROPOSAL = {"household": int, "dwelling": int, "mismatch": int}
REFUSAL = {"household": int, "reason": str, "threshold_household": (int, type(None)), "relaxations": list}
RELAXATION = {"field": str, "from": (int, str), "to": (int, str), "dwelling": int}
LARGEST = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a result says; `certificate` is as written, for the proof to read."""

    feasible_pairs: int
    total_mismatch: int
    proposed: list[dict[str, Any]]
    not_proposed: list[dict[str, Any]]
    certificate: dict[str, Any]


def read_claim(content: bytes) -> Claim:
    """
    Read the content of RESULT.json.

    Raises
    ------
    ResultRejected
        If it is not of that form.
    """
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        raise ResultRejected("The result is not a JSON file.") from None
    reject_unless(isinstance(said, dict), "The result is not an object of JSON.")
    missing = sorted(KEYS - said.keys())
    reject_unless(not missing, f"The result lacks {', '.join(missing)}.")
    reject_unless(said.keys() == KEYS, "The result holds a key that means nothing.")
    for key in ("feasible_pairs", "total_mismatch"):
        reject_unless(is_a(said[key], int), f"{key} is not a whole number.")
    seconds = said["seconds"]
    is_time = type(seconds) in {int, float} and 0 <= seconds < math.inf
    reject_unless(is_time, "seconds is not a time.")
    reject_unless(isinstance(said["certificate"], dict), "The certificate is not an object.")
    not_proposed = rows(said["not_proposed"], REFUSAL, "not_proposed")
    for row in not_proposed:
        rows(row["relaxations"], RELAXATION, "relaxations")
    return Claim(
        feasible_pairs=said["feasible_pairs"],
        total_mismatch=said["total_mismatch"],
        proposed=rows(said["proposed"], PROPOSAL, "proposed"),
        not_proposed=not_proposed,
        certificate=said["certificate"],
    )


def rows(said: Any, shape: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Read a list of objects with exactly these keys, of these types."""
    reject_unless(isinstance(said, list), f"{name} is not a list.")
    for row in said:
        is_right = isinstance(row, dict) and row.keys() == shape.keys()
        reject_unless(is_right and all(is_a(row[key], shape[key]) for key in shape), f"{name} holds a malformed entry.")
    return list(said)


def is_a(value: Any, types: type | tuple[type, ...]) -> bool:
    """Tell whether a value is exactly of a type (true is no number), and a number not beyond counting."""
    among: Iterable[type] = types if isinstance(types, tuple) else (types,)
    return type(value) in among and (type(value) is not int or abs(value) < LARGEST)
