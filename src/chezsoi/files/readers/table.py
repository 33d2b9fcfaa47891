"""A table as read: texts, and where each line stands in the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from chezsoi.files.readers.refusals import Sentence, Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a line as it comes out of the file; `column` is an index, None for the whole line."""

    trouble: Trouble
    column: int | None = None
    values: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A line as it comes out of the file, before the header is known."""

    line: int
    cells: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: as many cells as the table has columns."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """A line left out of the rows, and why; `column` is the header as written, None when the whole line is at fault."""

    line: int
    column: str | None
    message: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    What a file says.

    `line` and `header_line` are 1-based physical lines of a text file (where the record starts), or rows of a sheet.
    Every line of the file under the header is blank, or in `rows`, or named in `problems`.
    """

    columns: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    problems: tuple[RowProblem, ...] = ()
    dated_on: date | None = None
    sheet: str | None = None
