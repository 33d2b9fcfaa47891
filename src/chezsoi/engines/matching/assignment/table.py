"""A CSV file read strictly: its columns, whole numbers, ids said once; or one sentence that says what is wrong."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NUMBER = re.compile(r"-?[0-9]{1,19}", re.ASCII)


class UnusableTable(ValueError):
    """A file cannot be used, with the reason in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """The columns of a file: whole numbers as arrays, the rest as written."""

    numbers: dict[str, NDArray[np.int64]]
    texts: dict[str, list[str]]


def read_table(content: bytes, columns: Mapping[str, tuple[int, int] | None], *, name: str) -> Table:
    """
    Read a file whose columns are given with the smallest and the largest number each may hold (None: a text).

    Raises
    ------
    UnusableTable
        If the file is not of that form, or the column `id` holds a number twice.
    """
    lines = _lines(content, name)
    _refuse_columns(lines[0], columns, name)
    numbered = [(number, row) for number, row in enumerate(lines[1:], start=2) if row]
    if not numbered:
        raise UnusableTable(f"The file of {name} has no line under its heading.")
    _refuse_widths(lines, name)
    at = [number for number, _ in numbered]
    values = dict(zip(lines[0], map(list, zip(*(row for _, row in numbered), strict=True)), strict=True))
    table = Table(
        numbers={
            column: _numbers(values[column], limits, f"of the file of {name}: {column}", at)
            for column, limits in columns.items()
            if limits is not None
        },
        texts={column: values[column] for column, limits in columns.items() if limits is None},
    )
    if "id" in table.numbers:
        _refuse_twice(table.numbers["id"], name)
    return table


def _lines(content: bytes, name: str) -> list[list[str]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnusableTable(f"The file of {name} is written in UTF-16; save it as CSV in UTF-8.")
    try:
        text = content.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError:
        raise UnusableTable(f"The file of {name} is not text in UTF-8.") from None
    except csv.Error as fault:
        raise UnusableTable(f"The file of {name} is not a CSV file: {fault}.") from None
    if not any(lines):
        raise UnusableTable(f"The file of {name} is empty.")
    return lines


def _refuse_columns(heading: list[str], columns: Mapping[str, object], name: str) -> None:
    missing = [column for column in columns if column not in heading]
    unknown = [column for column in heading if column not in columns]
    if missing:
        raise UnusableTable(f"The file of {name} lacks the column {', '.join(missing)}.")
    if unknown:
        raise UnusableTable(f"The file of {name} has a column that means nothing here: {', '.join(unknown)[:60]}.")
    if len(set(heading)) < len(heading):
        raise UnusableTable(f"The file of {name} has a column twice.")


def _refuse_widths(lines: list[list[str]], name: str) -> None:
    width = len(lines[0])
    for number, row in enumerate(lines, start=1):
        if row and len(row) != width:
            raise UnusableTable(f"Row {number} of the file of {name} has {len(row)} values where {width} are expected.")


def _numbers(values: list[str], limits: tuple[int, int], what: str, at: list[int]) -> NDArray[np.int64]:
    low, high = limits
    if not all(map(NUMBER.fullmatch, values)) or not low <= min(found := list(map(int, values))) <= max(found) <= high:
        row, wrong = next(
            (row, text)
            for row, text in zip(at, values, strict=True)
            if NUMBER.fullmatch(text) is None or not low <= int(text) <= high
        )
        raise UnusableTable(f"Row {row} {what} must be a whole number from {low} to {high}, and reads {wrong[:40]!r}.")
    return np.array(found, dtype=np.int64)


def _refuse_twice(ids: NDArray[np.int64], name: str) -> None:
    found, times = np.unique(ids, return_counts=True)
    if found.size < ids.size:
        raise UnusableTable(f"The file of {name} has the id {found[times > 1][0]} twice.")
