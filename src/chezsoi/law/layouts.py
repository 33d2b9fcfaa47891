"""The sheets that the State's registers might take: their columns as data, each with its source and what is unsure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chezsoi.law.parameters import Status, read_yaml

ALWAYS, NEVER = "always", "never"

_FOLDER = Path(__file__).with_name("layouts")


class UnknownLayout(LookupError):
    """No file describes a sheet of that code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    One column: what it is called there, which fact fills it (None: not kept here), when it cannot stay empty.

    `required` is `always`, `never`, or the one kind of event that needs it; `codes` says what the system writes.
    """

    name: str
    field: str | None
    required: str
    reference: str
    link: str | None
    why_no_link: str
    status: Status
    to_confirm: str
    codes: Mapping[str, str] | None = None

    def needs(self, event: str) -> bool:
        """Tell whether a line of an event cannot be sent without it."""
        return self.required in {ALWAYS, event}

    def cell(self, facts: Mapping[str, str]) -> str:
        """Write the cell of a line; what the list of codes does not hold stays as it is."""
        value = facts.get(self.field, "") if self.field else ""
        return value if self.codes is None else self.codes.get(value, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A sheet: of which system, noted when, from what, how sure; its columns in order; of a pool, which lists it is."""

    code: str
    system: str
    noted_on: date
    source: str
    status: Status
    to_confirm: str
    columns: tuple[Column, ...]
    lists: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def not_kept(self) -> tuple[Column, ...]:
        """List the columns that nothing recorded here can fill."""
        return tuple(column for column in self.columns if column.field is None)

    def line(self, facts: Mapping[str, str]) -> tuple[str, ...]:
        """Write one line, cell by cell."""
        return tuple(column.cell(facts) for column in self.columns)

    def missing(self, facts: Mapping[str, str], *, event: str) -> tuple[Column, ...]:
        """
        List the columns that a line needs, that could be filled here, and that are empty.

        >>> [column.field for column in layout("sne").missing({"line": "L", "event": "requested"}, event="requested")]
        ['national_number', 'happened_on', 'requested_on']
        """
        return tuple(
            column
            for column in self.columns
            if column.field is not None and column.needs(event) and not facts.get(column.field)
        )


@cache
def layouts() -> tuple[str, ...]:
    """List the codes of the sheets, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


@cache
def layout(code: str) -> Layout:
    """
    Read the sheet of a system, once.

    Raises
    ------
    UnknownLayout
        If no file has that code.
    """
    if code not in layouts():
        raise UnknownLayout(code)
    content: dict[str, Any] = read_yaml(_FOLDER / f"{code}.yaml")
    columns = tuple(Column(**{**entry, "status": Status(entry["status"])}) for entry in content.pop("columns"))
    lists = tuple(content.pop("lists", ()))
    return Layout(code=code, columns=columns, lists=lists, **{**content, "status": Status(content["status"])})
