"""An instance under side constraints: two small files more, read strictly, and the market they make."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from chezsoi.engines.matching.assignment.feasibility import pairs_of
from chezsoi.engines.matching.assignment.instance import AMOUNT, Instance
from chezsoi.engines.matching.assignment.pairs import unpacked
from chezsoi.engines.matching.assignment.table import UnusableTable, read_table
from chezsoi.engines.matching.constrained.market import FREE, Caseload, Floor, Market

CASELOAD_COLUMNS = {"sector": AMOUNT, "intensity": AMOUNT, "capacity": AMOUNT}
FLOOR_COLUMNS = {"group": None, "minimum": AMOUNT}


def read_caseloads(content: bytes) -> tuple[Caseload, ...]:
    r"""
    Read what support teams can take: `sector,intensity,capacity`.

    Raises
    ------
    UnusableTable
        In one sentence: a column missing or unknown, a number that is none, an intensity of 0 (no support is needed,
        no team limits it), a sector and intensity twice.

    Examples
    --------
    >>> read_caseloads(b"sector,intensity,capacity\n0,2,4")
    (Caseload(sector=0, intensity=2, capacity=4),)
    """
    numbers = read_table(content, CASELOAD_COLUMNS, name="support capacities").numbers
    lines = sorted(zip(*(numbers[column].tolist() for column in CASELOAD_COLUMNS), strict=True))
    if any(intensity == 0 for _, intensity, _ in lines):
        raise UnusableTable("The file of support capacities limits intensity 0, which needs no support.")
    for (sector, intensity, _), after in pairwise(lines):
        if (sector, intensity) == after[:2]:
            raise UnusableTable(f"The file of support capacities names sector {sector}, intensity {intensity} twice.")
    return tuple(Caseload(sector=line[0], intensity=line[1], capacity=line[2]) for line in lines)


def read_floors(content: bytes, instance: Instance) -> tuple[Floor, ...]:
    """
    Read the least number of households to house of each group: `group,minimum`.

    Raises
    ------
    UnusableTable
        In one sentence; a group that no household is of is one of the reasons.
    """
    table = read_table(content, FLOOR_COLUMNS, name="group floors")
    floors = tuple(
        Floor(group=group, minimum=minimum)
        for group, minimum in zip(table.texts["group"], table.numbers["minimum"].tolist(), strict=True)
    )
    names = [floor.group for floor in floors]
    if len(set(names)) < len(names):
        raise UnusableTable("The file of group floors names a group twice.")
    for name in names:
        if name not in instance.households.group:
            raise UnusableTable(f"The file of group floors names group {name[:40]}, which no household is of.")
    return floors


def market_of_instance(instance: Instance, caseloads: tuple[Caseload, ...], floors: tuple[Floor, ...]) -> Market:
    """Write an instance as the market of its feasible pairs, under limits."""
    pairs = pairs_of(instance)
    household, home = np.nonzero(unpacked(pairs.bitmap, pairs.homes))
    number = {floor.group: index for index, floor in enumerate(floors)}
    return Market(
        start=np.searchsorted(household, np.arange(pairs.households + 1)).astype(np.int64),
        home=home.astype(np.int64),
        mismatch=pairs.mismatch(household, home),
        sector=instance.dwellings.sector,
        intensity=instance.households.support,
        group=np.array([number.get(group, FREE) for group in instance.households.group], dtype=np.int64),
        caseloads=caseloads,
        floors=floors,
    )
