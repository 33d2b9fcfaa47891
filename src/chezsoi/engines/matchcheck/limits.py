"""The two files of side constraints, read again, and what a result makes of them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import numpy as np

from chezsoi.engines.matchcheck.problem import NUMBER, Household, Integers, Problem
from chezsoi.engines.matchcheck.rejections import ResultRejected, reject_unless

NOT_LIMITED = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Capacities by sector and intensity, minima by group; a sector and intensity without a line is not limited."""

    caseloads: tuple[tuple[int, int, int], ...]
    floors: tuple[tuple[str, int], ...]

    def caseload_of(self, problem: Problem, one: Household) -> Integers:
        """Name, home by home, the caseload that a household would use there; -1 where none limits it."""
        found = np.full(len(problem.homes["id"]), NOT_LIMITED, dtype=np.int64)
        for number, (sector, intensity, _) in enumerate(self.caseloads):
            if intensity == one.support and intensity:
                found[problem.homes["sector"] == sector] = number
        return found

    def floor_of(self, one: Household) -> int:
        """Name the floor that counts a household, -1 for none."""
        return next((number for number, (group, _) in enumerate(self.floors) if group == one.group), NOT_LIMITED)


def read_limits(support_capacity: bytes | None, group_floor: bytes | None) -> Limits:
    """Read the content of the files given."""
    caseloads = _lines(support_capacity, "support capacities", ("sector", "intensity", "capacity"))
    floors = _lines(group_floor, "group floors", ("group", "minimum"))
    return Limits(
        caseloads=tuple(sorted((_whole(one), _whole(two), _whole(three)) for one, two, three in caseloads)),
        floors=tuple((group, _whole(minimum)) for group, minimum in floors),
    )


def _lines(content: bytes | None, name: str, columns: tuple[str, ...]) -> list[list[str]]:
    if content is None:
        return []
    try:
        lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise ResultRejected(f"The file of {name} is not a CSV file in UTF-8.") from None
    is_whole = all(isinstance(line.get(column), str) for line in lines for column in columns)
    reject_unless(is_whole, f"The file of {name} has nothing where {', '.join(columns)} are expected.")
    return [[line[column] for column in columns] for line in lines]


def _whole(text: str) -> int:
    reject_unless(NUMBER.fullmatch(text), "A file of side constraints has no whole number where one is expected.")
    return int(text)


def used_and_housed(problem: Problem, limits: Limits, home_of: dict[int, int]) -> tuple[list[int], list[int]]:
    """Count what a proposal makes of each caseload and each floor, and reject it where it breaks one."""
    used, housed = [0] * len(limits.caseloads), [0] * len(limits.floors)
    for one in problem.households:
        if one.id in home_of:
            caseload, floor = limits.caseload_of(problem, one)[home_of[one.id]], limits.floor_of(one)
            if caseload >= 0:
                used[caseload] += 1
            if floor >= 0:
                housed[floor] += 1
    for (sector, intensity, capacity), count in zip(limits.caseloads, used, strict=True):
        reject_unless(
            count <= capacity, f"Sector {sector}, intensity {intensity}: {count} households for {capacity} places."
        )
    for (group, minimum), count in zip(limits.floors, housed, strict=True):
        reject_unless(count >= minimum, f"Group {group} has {count} households housed, not {minimum}.")
    return used, housed
