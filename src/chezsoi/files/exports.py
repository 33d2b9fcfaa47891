"""Write tables that a spreadsheet opens as texts, and hand them over: nothing in them is ever taken for a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from itertools import chain
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import capfirst

MOST_LINES = 10_000
"""The most that a list takes away at once."""

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_FORMULA_START = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"-\d+(?:[.,]\d+)?")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_CHARACTERS = 32_000


def as_text(value: Any) -> str:
    """
    Write a value so that no spreadsheet computes it; a negative number keeps its sign.

    >>> [as_text(value) for value in ("=1+1", "+33 6 12 34 56 78", " @SUM(A1)", -5, "0612345678", None)]
    ["'=1+1", "'+33 6 12 34 56 78", "' @SUM(A1)", '-5', '0612345678', '']
    """
    text = "" if value is None else _UNWRITABLE.sub("", str(value))
    if _FORMULA_START.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the lines of a CSV that French spreadsheets open at once: semicolons, CRLF, marked as UTF-8."""
    line = StringIO()
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    mark = "\ufeff"
    for row in chain([columns], rows):
        writer.writerow([as_text(value) for value in row])
        yield mark + line.getvalue()
        mark = ""
        line.seek(0)
        line.truncate()


def workbook(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str) -> bytes:
    """Write a workbook of one sheet of texts: telephones keep their zero, long numbers their digits."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "1")
    for row in chain([columns], rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, as_text(value)[:_MOST_CHARACTERS])
            cell.number_format = "@"
            cells.append(cell)
        sheet.append(cells)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def taken_away(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, name: str, written_as: str, on: date
) -> HttpResponse:
    """Answer with a table to keep, a CSV or a workbook, named and dated; nothing on the way holds a copy of it."""
    if written_as == "xlsx":
        content: bytes | str = workbook(columns, rows, title=capfirst(name))
    else:
        content = "".join(csv_lines(columns, rows))
    answer = HttpResponse(content, content_type=TYPES[written_as])
    named = content_disposition_header(as_attachment=True, filename=f"{name}-{on.isoformat()}.{written_as}")
    answer["Content-Disposition"] = named or ""
    answer["Cache-Control"] = "no-store"
    return answer


def values_as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]], *, filename: str) -> HttpResponse:
    """Answer with figures for another program: commas, decimal points, codes and no words that somebody typed."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{filename}.csv"'
    writer = csv.writer(answer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return answer
