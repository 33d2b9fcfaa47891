"""Households that wait and dwellings on offer, as columns of numbers; and how they are read from two CSV files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matching.assignment.table import Table, UnusableTable, read_table

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

AMOUNT = (0, 1_000_000_000)
ROOMS = (0, 1_000_000)
FLAG = (0, 1)
BITS = (0, 2**63 - 1)
NO_ZONE = -1
MOST_WISHES = 1_000

# Column: smallest and largest number; None for what is not a number.
HOUSEHOLD_COLUMNS = {
    "id": BITS,
    "group": None,
    "size": AMOUNT,
    "typ_min": ROOMS,
    "typ_max": ROOMS,
    "zones": None,
    "max_rent": AMOUNT,
    "wheelchair": FLAG,
    "needs_lift": FLAG,
    "contingents": BITS,
    "excluded_by": BITS,
    "support": AMOUNT,
    "points": (-1_000_000_000, 1_000_000_000),
    "tie_rank": (-1_000_000_000, 1_000_000_000),
}
DWELLING_COLUMNS = {
    "id": BITS,
    "typ": ROOMS,
    "zone": AMOUNT,
    "sector": AMOUNT,
    "rent": AMOUNT,
    "wheelchair": FLAG,
    "lift_or_ground": FLAG,
    "contingent": (0, 62),
    "landlord_excludes": (-1, 62),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Households:
    """
    Those who wait, in the published order: points, highest first, then `tie_rank`, lowest first.

    Every array has one row a household. `zones` are the wishes, best first, `wishes` the same as written, and `ranked`
    the same as an array, households × the longest list (at least one), filled with `NO_ZONE`.
    `contingents` and `excluded_by` are sets of bits.
    """

    id: Integers
    group: tuple[str, ...]
    size: Integers
    typ_min: Integers
    typ_max: Integers
    zones: tuple[tuple[int, ...], ...]
    wishes: tuple[str, ...]
    ranked: Integers
    max_rent: Integers
    wheelchair: Booleans
    needs_lift: Booleans
    contingents: Integers
    excluded_by: Integers
    support: Integers
    points: Integers
    tie_rank: Integers

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dwellings:
    """
    The homes on offer, by id. `contingent` and `landlord_excludes` are numbers of bits; -1 excludes nobody.

    Every array has one row a home. Rents are in the unit of the households' `max_rent`.
    """

    id: Integers
    typ: Integers
    zone: Integers
    sector: Integers
    rent: Integers
    wheelchair: Booleans
    lift_or_ground: Booleans
    contingent: Integers
    landlord_excludes: Integers

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Instance:
    """Who waits and what is offered. The order of the rows of the files leaves no trace in it."""

    households: Households
    dwellings: Dwellings


def read_instance(households: bytes, dwellings: bytes) -> Instance:
    r"""
    Read the content of `households.csv` and `dwellings.csv`.

    Parameters
    ----------
    households, dwellings : bytes
        UTF-8, comma-separated, one heading line, the columns of `HOUSEHOLD_COLUMNS` and `DWELLING_COLUMNS` in any
        order; a byte order mark is passed over.

    Returns
    -------
    Instance
        Households in the published order, dwellings by id.

    Raises
    ------
    UnusableTable
        In one sentence: a column missing or unknown, a number that is none or out of range, an id twice, two
        households that nothing separates in the order, no line at all.

    Examples
    --------
    >>> people, homes = (",".join(columns).encode() for columns in (HOUSEHOLD_COLUMNS, DWELLING_COLUMNS))
    >>> found = read_instance(people + b"\n7,A,1,1,2,4|6,500,0,0,1,0,0,80,1", homes + b"\n3,1,6,2,400,0,1,0,-1")
    >>> found.households.zones, found.dwellings.rent.tolist()
    (((4, 6),), [400])
    """
    return Instance(
        households=_households(read_table(households, HOUSEHOLD_COLUMNS, name="households")),
        dwellings=read_dwellings(dwellings),
    )


def read_dwellings(content: bytes) -> Dwellings:
    """Read the content of `dwellings.csv`; raises `UnusableTable` in one sentence."""
    table = read_table(content, DWELLING_COLUMNS, name="dwellings")
    order = np.argsort(table.numbers["id"])
    numbers = {column: values[order] for column, values in table.numbers.items()}
    return Dwellings(**_flags(numbers, "wheelchair", "lift_or_ground"))


def _households(table: Table) -> Households:
    order = np.lexsort((table.numbers["tie_rank"], -table.numbers["points"]))
    _refuse_equals(table, order)
    return households_in(table, order)


def households_in(table: Table, order: NDArray[np.intp]) -> Households:
    """Give the households of a file read, one row after the other in an order."""
    numbers = {column: values[order] for column, values in table.numbers.items()}
    wishes = [table.texts["zones"][row] for row in order]
    zones = tuple(_zones(text, household) for text, household in zip(wishes, numbers["id"].tolist(), strict=True))
    return Households(
        **_flags(numbers, "wheelchair", "needs_lift"),
        group=tuple(table.texts["group"][row] for row in order),
        zones=zones,
        wishes=tuple(wishes),
        ranked=_ranked(zones),
    )


def _flags(numbers: dict[str, Integers], *flags: str) -> dict[str, Any]:
    return {column: values.astype(bool) if column in flags else values for column, values in numbers.items()}


def _refuse_equals(table: Table, order: NDArray[np.intp]) -> None:
    points, ties, ids = (table.numbers[column][order] for column in ("points", "tie_rank", "id"))
    same = np.flatnonzero((points[1:] == points[:-1]) & (ties[1:] == ties[:-1]))
    if same.size:
        one, other = sorted(ids[same[0] : same[0] + 2].tolist())
        raise UnusableTable(
            f"Households {one} and {other} have the same points and the same tie_rank: nothing says which comes first."
        )


def _zones(text: str, household: int) -> tuple[int, ...]:
    """Read wishes written `4|6|1`; nothing written is no wish."""
    if not text:
        return ()
    wishes = text.split("|")
    if not all(wish.isascii() and wish.isdigit() and len(wish) < 10 for wish in wishes):
        raise UnusableTable(f"The zones of household {household} are not numbers written like 4|6|1: {text[:40]}.")
    zones = tuple(map(int, wishes))
    if len(zones) > MOST_WISHES:
        raise UnusableTable(f"Household {household} wishes for more than {MOST_WISHES} zones.")
    if len(set(zones)) < len(zones):
        raise UnusableTable(f"Household {household} wishes for one zone twice: {text[:40]}.")
    return zones


def _ranked(zones: tuple[tuple[int, ...], ...]) -> Integers:
    wide = max(1, *map(len, zones))
    return np.array([wishes + (NO_ZONE,) * (wide - len(wishes)) for wishes in zones], dtype=np.int64)
