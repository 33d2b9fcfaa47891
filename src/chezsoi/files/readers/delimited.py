"""Read text tables (CSV and its cousins), one physical line after another, so that one bad line spoils only itself."""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Iterator
from itertools import islice

from chezsoi.files.readers import limits
from chezsoi.files.readers.encodings import find_encoding
from chezsoi.files.readers.grid import build_table, count_expected, tidy
from chezsoi.files.readers.refusals import Refusal, Trouble, UnreadableFile
from chezsoi.files.readers.table import Fault, Record, Table

DELIMITERS = (";", "\t", "|", ",")
_SAMPLE_LINES = 300


def read_delimited(content: bytes, *, expected: frozenset[str]) -> Table:
    """Read a text table; the encoding and the separator are found from the text itself."""
    encoding = find_encoding(content)
    sample = list(islice(_lines(content, encoding), _SAMPLE_LINES))
    if not any(line.strip() for line in sample) and len(sample) < _SAMPLE_LINES:
        raise UnreadableFile(Refusal.EMPTY)
    delimiter, width = _find_delimiter(sample, expected)
    lines = _Lines(_lines(content, encoding))
    return build_table(_records(lines, delimiter, width), expected=expected, is_delimited=True)


class _Lines:
    """Physical lines that can be given back; `number` is that of the last one taken."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._returned: deque[str] = deque()
        self.number = 0

    def take(self) -> str | None:
        line = self._returned.popleft() if self._returned else next(self._source, None)
        self.number += line is not None
        return line

    def give_back(self, lines: list[str]) -> None:
        self._returned.extendleft(reversed(lines))
        self.number -= len(lines)


def _lines(content: bytes, encoding: str) -> Iterator[str]:
    """Yield lines with their ends; a line beyond the limit is cut just past it, and its rest dropped."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace", newline="")
    limit = limits.MAX_LINE_CHARACTERS + 1
    while line := text.readline(limit):
        yield line
        while len(line) == limit and not line.endswith(("\n", "\r")):
            line = text.readline(limit)


def _find_delimiter(sample: list[str], expected: frozenset[str]) -> tuple[str, int]:
    """Choose the separator that shows most expected names, else that cuts most lines into as many cells."""
    announced = sample[0].strip().strip('"') if sample else ""
    if announced[:4].lower() == "sep=" and len(announced) == 5:
        return announced[4], _usual_width(sample[1:], announced[4])[0]
    lines = [line for line in sample if line.strip() and len(line) <= limits.MAX_LINE_CHARACTERS]

    def evidence(delimiter: str) -> tuple[int, float]:
        hits = max((count_expected(_cells(line, delimiter), expected) for line in lines[:30]), default=0)
        width, share = _usual_width(lines, delimiter)
        return (hits if hits >= 2 else 0), share * (width - 1)

    best = max(DELIMITERS, key=evidence)
    return best, _usual_width(lines, best)[0]


def _usual_width(lines: list[str], delimiter: str) -> tuple[int, float]:
    widths = Counter(len(_cells(line, delimiter)) for line in lines[:_SAMPLE_LINES] if line.strip())
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return 1, 1.0
    width = max(several, key=lambda each: (several[each], each))
    return width, several[width] / widths.total()


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _records(lines: _Lines, delimiter: str, width: int) -> Iterator[Record]:
    known: dict[str, str] = {}
    while (line := lines.take()) is not None:
        start = lines.number
        if start == 1 and line[:5].strip('"').lower().startswith("sep="):
            continue
        if len(line) > limits.MAX_LINE_CHARACTERS:
            yield _faulty(start, Trouble.LONG_LINE)
            continue
        cells = _record(line, lines, delimiter, width)
        if isinstance(cells, Trouble):
            yield _faulty(start, cells)
        else:
            yield Record(line=start, cells=tuple(known.setdefault(cell, cell) for cell in map(tidy, cells)))


def _faulty(line: int, trouble: Trouble) -> Record:
    return Record(line=line, cells=(), faults=(Fault(trouble=trouble, values={}),))


def _record(line: str, lines: _Lines, delimiter: str, width: int) -> list[str] | Trouble:
    """
    Read the record that starts with a line, and its next lines if a quoted text runs over them.

    A quote that is never closed would swallow the rest of the file: unless the record closes within a few lines and has
    the usual width, only its first line is given up, and the next ones are read for themselves.
    """
    borrowed: list[str] = []

    def following() -> Iterator[str]:
        yield line
        while len(borrowed) < limits.MAX_ROWS_IN_A_RECORD and (more := lines.take()) is not None:
            borrowed.append(more)
            yield more

    try:
        cells = next(csv.reader(following(), delimiter=delimiter, strict=True), [])
    except csv.Error as refused:
        lines.give_back(borrowed)
        return Trouble.LONG_CELL if "field larger" in str(refused) else Trouble.QUOTES
    if borrowed and len(cells) != width:
        lines.give_back(borrowed)
        return Trouble.QUOTES
    return cells
