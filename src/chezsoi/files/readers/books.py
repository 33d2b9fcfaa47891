"""Open a workbook, choose its sheet, and say what it holds; only ever in the child process."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from chezsoi.files.readers import limits
from chezsoi.files.readers.grid import HEAD_ROWS, count_expected
from chezsoi.files.readers.merges import Merges, read_merges
from chezsoi.files.readers.refusals import Refusal, UnreadableFile
from chezsoi.files.readers.sheets import Book, read_rows


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A visible sheet: what its tab says, and where it is in the archive."""

    title: str
    path: str


def messages(path: Path, expected: frozenset[str]) -> Iterator[list[Any]]:
    """Yield the title of the sheet that holds the table, then its rows, then the end; the archive was inspected."""
    book, sheets = _open(path)
    with zipfile.ZipFile(path) as archive:
        sheet = _choose(archive, sheets, book, expected)
        yield ["sheet", sheet.title]
        yield from _rows(archive, sheet, book, read_merges(path, sheet.path))
    yield ["end"]


def _open(path: Path) -> tuple[Book, list[_Sheet]]:
    """Let the library find the visible sheets, the shared texts and the styles that are dates."""
    # Its only use is a size that is not trusted, and a sheet that declares none would be parsed whole to find it.
    setattr(ReadOnlyWorksheet, "_get_size", lambda sheet: None)  # noqa: B010  private, hence unknown to its types
    warnings.simplefilter("ignore")
    # The library judges a path by its name; a file that is already open, by what it holds.
    with path.open("rb") as file, closing(load_workbook(file, read_only=True, keep_links=False)) as opened:
        sheets: list[Any] = [sheet for sheet in opened.worksheets if sheet.sheet_state == "visible"]
        styles: Any = opened
        book = Book(
            texts=sheets[0]._shared_strings if sheets else (),
            date_styles=frozenset(styles._date_formats),
            duration_styles=frozenset(styles._timedelta_formats),
            epoch=styles.epoch,
        )
        return book, [_Sheet(sheet.title, sheet._worksheet_path) for sheet in sheets]


def _choose(archive: zipfile.ZipFile, sheets: list[_Sheet], book: Book, expected: frozenset[str]) -> _Sheet:
    """Choose the sheet with most expected names, else the first that is more than a note, else the first used."""
    ranked = []
    for sheet in sheets:
        with archive.open(sheet.path) as stream:
            head = [row.cells for row in islice(read_rows(stream, book), HEAD_ROWS)]
        width = max(map(len, head), default=0)
        hits = max((count_expected(cells, expected) for cells in head), default=0)
        if width:
            ranked.append(((hits if hits >= 2 else 0, min(width, 2)), sheet))
    if not ranked:
        raise UnreadableFile(Refusal.EMPTY)
    return max(ranked, key=lambda each: each[0])[1]


def _rows(archive: zipfile.ZipFile, sheet: _Sheet, book: Book, merges: Merges) -> Iterator[list[Any]]:
    characters = 0
    with archive.open(sheet.path) as stream:
        for number, row in enumerate(read_rows(stream, book)):
            merges.fill(row.line, row.cells)
            characters += sum(map(len, row.cells))
            if characters > limits.MAX_TABLE_CHARACTERS:
                raise UnreadableFile(Refusal.TOO_DEMANDING)
            if number > limits.MAX_ROWS + HEAD_ROWS:
                raise UnreadableFile(Refusal.TOO_MANY_ROWS)
            yield ["row", row.line, row.cells, row.faults]
