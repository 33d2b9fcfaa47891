"""The two files, read again, and the rules of a feasible pair, written again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matchcheck.rejections import ResultRejected, reject_unless

Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]

HOUSEHOLD_NUMBERS = (
    *("id", "typ_min", "typ_max", "max_rent", "wheelchair", "needs_lift", "contingents", "excluded_by"),
    *("support", "points", "tie_rank"),
)
DWELLING_NUMBERS = (
    *("id", "typ", "zone", "sector", "rent", "wheelchair", "lift_or_ground", "contingent", "landlord_excludes"),
)
NUMBER = re.compile(r"-?[0-9]{1,19}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """A line of the file of households; `rank` is its place in the published order, from 0."""

    rank: int
    id: int
    group: str
    zones: tuple[int, ...]
    wishes: str
    typ_min: int
    typ_max: int
    max_rent: int
    wheelchair: int
    needs_lift: int
    contingents: int
    excluded_by: int
    support: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Suits:
    """What each home is to one household: one array a question, homes by id."""

    needs: Booleans
    zone: Booleans
    rooms: Booleans
    rent: Booleans

    @property
    def pair(self) -> Booleans:
        """Say which homes are feasible."""
        return self.needs & self.zone & self.rooms & self.rent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """Households in the published order, and the columns of the homes by id."""

    households: tuple[Household, ...]
    homes: dict[str, Integers]

    def suits(self, one: Household) -> Suits:
        """Answer, for one household, what every home is to it."""
        homes = self.homes
        landlord = homes["landlord_excludes"]
        is_excluded = (landlord >= 0) & (np.int64(one.excluded_by) >> np.maximum(landlord, 0) & 1 == 1)
        needs = (np.int64(one.contingents) >> homes["contingent"] & 1 == 1) & ~is_excluded
        if one.wheelchair:
            needs &= homes["wheelchair"] == 1
        if one.needs_lift:
            needs &= homes["lift_or_ground"] == 1
        return Suits(
            needs=needs,
            zone=np.isin(homes["zone"], one.zones),
            rooms=(one.typ_min <= homes["typ"]) & (homes["typ"] <= one.typ_max),
            rent=(homes["rent"] <= one.max_rent) & (one.max_rent > 0),
        )

    def mismatch(self, one: Household) -> Integers:
        """Say how far each home is from the wishes; it means something where the pair is feasible."""
        zone_rank = np.zeros(len(self.homes["id"]), dtype=np.int64)
        for rank, zone in enumerate(one.zones):
            zone_rank[self.homes["zone"] == zone] = rank
        share = 100 * self.homes["rent"] // max(one.max_rent, 1)
        return np.asarray(20 * (self.homes["typ"] - one.typ_min) + 5 * zone_rank + share)


def read_problem(households: bytes, dwellings: bytes) -> Problem:
    """
    Read the content of the two files.

    Raises
    ------
    ResultRejected
        If a file cannot be used: there is nothing to check the result against.
    """
    people = lines_of(households, "households", HOUSEHOLD_NUMBERS, ("group", "zones"))
    people.sort(key=lambda line: (-line["points"], line["tie_rank"]))
    homes = read_homes(dwellings)
    reject_twice((line["id"] for line in people), "The file of households has an id twice.")
    reject_twice(((line["points"], line["tie_rank"]) for line in people), "Two households have the same rank.")
    return Problem(households=households_in(people), homes=homes)


def read_homes(dwellings: bytes) -> dict[str, Integers]:
    """Read the file of dwellings as columns, homes by id."""
    homes = sorted(lines_of(dwellings, "dwellings", DWELLING_NUMBERS, ()), key=lambda line: line["id"])
    reject_twice((line["id"] for line in homes), "The file of dwellings has an id twice.")
    return {name: np.array([line[name] for line in homes], dtype=np.int64) for name in DWELLING_NUMBERS}


def households_in(lines: list[dict[str, Any]]) -> tuple[Household, ...]:
    """Give the households of some lines, in their order."""
    return tuple(
        Household(
            rank=rank,
            group=line["group"],
            wishes=line["zones"],
            zones=_zones(line["zones"]),
            **{name: line[name] for name in HOUSEHOLD_NUMBERS if name != "tie_rank"},
        )
        for rank, line in enumerate(lines)
    )


def lines_of(content: bytes, name: str, numbers: Iterable[str], texts: Iterable[str]) -> list[dict[str, Any]]:
    """Read the lines of a file: these columns as whole numbers, those as written."""
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        lines = list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise ResultRejected(f"The file of {name} is not a CSV file in UTF-8.") from None
    return [
        {column: _number(line.get(column), column, name) for column in numbers}
        | {column: _text(line.get(column), column, name) for column in texts}
        for line in lines
    ]


def _number(text: str | None, column: str, name: str) -> int:
    is_number = isinstance(text, str) and NUMBER.fullmatch(text) and -(2**63) <= int(text) < 2**63
    reject_unless(is_number, f"The file of {name} has no whole number where {column} is expected.")
    return int(text or 0)


def _text(text: str | None, column: str, name: str) -> str:
    reject_unless(isinstance(text, str), f"The file of {name} has nothing where {column} is expected.")
    return text or ""


def _zones(text: str) -> tuple[int, ...]:
    return tuple(_number(zone, "zones", "households") for zone in text.split("|")) if text else ()


def reject_twice(values: Iterable[object], reason: str) -> None:
    """Reject the result if a value comes twice."""
    listed = list(values)
    reject_unless(len(set(listed)) == len(listed), reason)
