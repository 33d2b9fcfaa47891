"""
Read the rows of a sheet as they stream by, cell by cell, each as the text a person would type.

The library of workbooks tells the sheets, the shared texts and which styles are dates; cells are read here because it
drops a formula that has no stored result without a word, and takes three times as long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import IO, Any
from xml.parsers import expat

from openpyxl.utils.datetime import from_excel

from chezsoi.files.readers.grid import column_letters, tidy
from chezsoi.files.readers.limits import MAX_COLUMNS, MAX_SHEET_ROW
from chezsoi.files.readers.refusals import Refusal, Trouble, UnreadableFile

_CHUNK_BYTES = 1 << 17
_LARGEST_EXACT = 10**15
_MOST_DIGITS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What the cells of all sheets refer to."""

    texts: Sequence[str]
    date_styles: frozenset[int]
    duration_styles: frozenset[int]
    epoch: datetime


@dataclass(slots=True)
class SheetRow:
    """One row that holds something; each fault is a trouble, the index of its column, and what to say of it."""

    line: int
    cells: list[str]
    faults: list[tuple[Trouble, int, dict[str, str]]]


def read_rows(stream: IO[bytes], book: Book) -> Iterator[SheetRow]:
    """
    Yield the rows of a sheet that hold something.

    :raises UnreadableFile: if the sheet goes beyond the last row a sheet may have.
    """
    parser = expat.ParserCreate()
    sheet = _Sheet(book)
    parser.buffer_text = True
    parser.StartElementHandler = sheet.start
    parser.EndElementHandler = sheet.end
    parser.CharacterDataHandler = sheet.characters
    while chunk := stream.read(_CHUNK_BYTES):
        parser.Parse(chunk, False)
        yield from sheet.take()
    parser.Parse(b"", True)
    yield from sheet.take()


class _Sheet:
    """What the parser has seen of a sheet."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._rows: list[SheetRow] = []
        self._row = SheetRow(0, [], [])
        self._column = -1
        self._cell: Mapping[str, str] = {}
        self._texts: list[str] = []
        self._is_reading = self._is_formula = self._is_phonetic = False

    def take(self) -> list[SheetRow]:
        rows, self._rows = self._rows, []
        return rows

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._start_cell(attributes)
        elif tag in {"v", "t"}:
            self._is_reading = not self._is_phonetic
        elif tag == "f":
            self._is_formula = True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "rPh":
            self._is_phonetic = True

    def characters(self, text: str) -> None:
        if self._is_reading:
            self._texts.append(text)

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in {"v", "t"}:
            self._is_reading = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row" and (self._row.cells or self._row.faults):
            self._rows.append(self._row)
        elif tag == "rPh":
            self._is_phonetic = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        line = int(attributes.get("r", self._row.line + 1))
        if line > MAX_SHEET_ROW:
            raise UnreadableFile(Refusal.TOO_MANY_ROWS)
        self._row = SheetRow(line, [], [])
        self._column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = _column_of(reference.rstrip("0123456789")) if reference else self._column + 1
        self._cell = attributes
        self._texts = []
        self._is_formula = False

    def _end_cell(self) -> None:
        raw = "".join(self._texts)
        text, trouble = self._read(raw, self._cell.get("t", "n"))
        column = min(self._column, MAX_COLUMNS)
        if trouble:
            name = f"{column_letters(self._column)}{self._row.line}"
            self._row.faults.append((trouble, column, {"cell": name, "error": text}))
        if text:
            cells = self._row.cells
            if column >= len(cells):
                cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = text

    def _read(self, raw: str, kind: str) -> tuple[str, Trouble | None]:
        """Give the text of a cell, and what is wrong with it."""
        if kind in {"s", "str", "inlineStr", "d"}:
            return tidy(self._book.texts[int(raw)] if kind == "s" and raw else raw), None
        if not raw.strip():
            return "", Trouble.FORMULA if self._is_formula else None
        if kind == "e":
            return raw, Trouble.FORMULA_ERROR
        if kind == "b":
            return ("oui" if raw.strip() in {"1", "true"} else "non"), None
        return self._read_number(raw.strip(), int(self._cell.get("s", 0)))

    def _read_number(self, raw: str, style: int) -> tuple[str, Trouble | None]:
        if len(raw) > _MOST_DIGITS:
            return raw[:20], Trouble.ROUNDED_NUMBER
        if style in self._book.date_styles or style in self._book.duration_styles:
            moment = self._moment(raw, style)
            if moment is not None:
                return moment, None
        if raw.lstrip("-").isdecimal():
            return str(int(raw)), None
        value = float(raw)
        return plain_number(value), Trouble.ROUNDED_NUMBER if not abs(value) < _LARGEST_EXACT else None

    def _moment(self, raw: str, style: int) -> str | None:
        """Write a day or a duration; None when the number is no day at all, and shows as a number."""
        try:
            value = from_excel(float(raw), self._book.epoch, timedelta=style in self._book.duration_styles)
        except (ValueError, OverflowError):
            return None
        return write_moment(value)


def plain_number(value: float) -> str:
    """
    Write a number with the 15 digits a spreadsheet shows.

    >>> [plain_number(value) for value in (2.0, 343.93, 0.1 + 0.2, 1e-7, -0.0)]
    ['2', '343.93', '0.3', '0.0000001', '0']
    """
    text = format(Decimal(format(value, ".15g")), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def write_moment(value: Any) -> str:
    """
    Write a day, an hour or a duration.

    >>> [write_moment(value) for value in (date(2026, 10, 1), time(9, 30))]
    ['2026-10-01', '09:30']
    """
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    hours, seconds = divmod(int(value.total_seconds()), 3600)
    return f"{hours:02d}:{seconds // 60:02d}"


@lru_cache(maxsize=2048)
def _column_of(letters: str) -> int:
    """
    Count columns from 0; a name no sheet has is refused.

    >>> _column_of("A"), _column_of("AA"), _column_of("XFD")
    (0, 26, 16383)
    """
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isupper() and letters.isalpha()):
        raise UnreadableFile(Refusal.DAMAGED)
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
