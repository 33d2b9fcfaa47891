"""A file of homes: from rows to homes on offer, and the rows left out with their reasons. No database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chezsoi.files.columns import ColumnPlan
from chezsoi.files.readers import Row, Table
from chezsoi.journeys.imports import vocabulary
from chezsoi.journeys.imports.cells import NOT_A_NUMBER, Cells, RowFault, UnknownCode, of_row, shown
from chezsoi.journeys.imports.people.file import SAME_AS
from chezsoi.journeys.imports.vocabulary import says_unknown

LONGEST_ADDRESS = 200
LARGEST_M2 = Decimal(9999)
_FLOOR = re.compile(r"(?P<floor>-?\d{1,2})\s*(?:er|e|è|ème|eme|nd|d)?(?:\s*étage)?", re.IGNORECASE)
_GROUND = frozenset({"rdc", "rez-de-chaussée", "rez de chaussée", "0"})
_ENERGY = {letter.casefold(): letter for letter in "ABCDEFG"}

NAMES_NO_HOME = _("This row names no home, so it was left out: write its number or its address.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHome:
    """One row: a home and the terms it is offered on; None, or an empty text, is unknown."""

    line: int = field(compare=False, repr=False)
    key: str
    owner: str
    stock: str
    commune: str
    address: str
    rooms: int | None
    surface_m2: Decimal | None
    floor: int | None
    has_lift: bool | None
    is_wheelchair_accessible: bool | None
    rent_per_month: Decimal | None
    charges_per_month: Decimal | None
    energy_class: str
    reservation_holder: str
    available_on: date | None
    funding: str
    tenure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomesFile:
    """What a file says: homes, rows left out, words no list knows."""

    homes: tuple[FileHome, ...]
    errors: tuple[RowFault, ...]
    unknown: tuple[UnknownCode, ...]
    headers: Mapping[str, str]


def read_homes(table: Table, plan: ColumnPlan, *, today: date) -> HomesFile:
    """Read the rows of a table; a row is left out whole, with one error a faulty cell."""
    errors = [RowFault(line=each.line, column=each.column, message=each.message) for each in table.problems]
    unknown: list[UnknownCode] = []
    homes: dict[str, FileHome] = {}
    for row in table.rows:
        cells = of_row(row, plan, table.columns, today)
        home = _home(cells, row)
        first = homes.get(home.key)
        if first is not None:
            cells.errors.append(
                RowFault(line=row.line, column=cells.header("number"), message=format_lazy(SAME_AS, line=first.line))
            )
        if cells.errors:
            errors += cells.errors
        else:
            homes[home.key] = home
            unknown += cells.unknown
    headers = {key: table.columns[index] for key, index in plan.matched.items()}
    errors.sort(key=lambda error: error.line or 0)
    return HomesFile(homes=tuple(homes.values()), errors=tuple(errors), unknown=tuple(unknown), headers=headers)


def _home(cells: Cells, row: Row) -> FileHome:
    number, address = cells.text("number"), cells.name("address", LONGEST_ADDRESS)
    if not (number or address):
        cells.refuse("number", NAMES_NO_HOME)
    owner = cells.name("owner")
    return FileHome(
        line=row.line,
        key=number or f"row|{owner}|{address}|{cells.text('commune')}|{cells.text('rooms')}".casefold(),
        owner=owner,
        stock=cells.code("stock", vocabulary.STOCKS, "private"),
        commune=cells.text("commune"),
        address=address,
        rooms=cells.rooms("rooms"),
        surface_m2=_surface(cells),
        floor=_floor(cells),
        has_lift=cells.yes_no("lift"),
        is_wheelchair_accessible=cells.yes_no("wheelchair"),
        rent_per_month=cells.amount("rent"),
        charges_per_month=cells.amount("charges"),
        energy_class=cells.code("energy_class", _ENERGY, ""),
        reservation_holder=_holder(cells),
        available_on=cells.day("available_on").latest,
        funding=cells.code("funding", vocabulary.FUNDINGS),
        tenure=cells.code("tenure", vocabulary.TENURES),
    )


def _holder(cells: Cells) -> str:
    blank = "" if not cells.text("reservation_holder") else "unknown"
    return cells.code("reservation_holder", vocabulary.HOLDERS, blank)


def _surface(cells: Cells) -> Decimal | None:
    text = re.sub(r"\s*m(?:2|²)?$", "", cells.text("surface"), flags=re.IGNORECASE).replace(",", ".")
    if says_unknown(text):
        return None
    if re.fullmatch(r"\d{1,4}(?:\.\d{1,6})?", text) and 0 < Decimal(text) <= LARGEST_M2:
        return Decimal(text).quantize(Decimal("0.01"))
    cells.refuse("surface", NOT_A_NUMBER, text=shown(cells.text("surface")))
    return None


def _floor(cells: Cells) -> int | None:
    text = cells.text("floor")
    if says_unknown(text):
        return None
    if text.casefold() in _GROUND:
        return 0
    if match := _FLOOR.fullmatch(text):
        return int(match["floor"])
    cells.refuse("floor", NOT_A_NUMBER, text=shown(text))
    return None
