"""From the lines of a file to a table: where the header is, what the title says, which rows hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice

from chezsoi.files.columns import normalise
from chezsoi.files.readers.limits import MAX_COLUMNS, MAX_ROWS
from chezsoi.files.readers.refusals import Refusal, Trouble, UnreadableFile, say
from chezsoi.files.readers.table import Fault, Record, Row, RowProblem, Table

HEAD_ROWS = 30
_LONGEST_NAME = 200
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_DAY = re.compile(
    r"(?<!\d)(?:(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})|(?P<fd>\d{1,2})[/.\-](?P<fm>\d{1,2})[/.\-](?P<fy>\d{4})"
    rf"|(?P<wd>\d{{1,2}})(?:er)?\s+(?P<wm>{'|'.join(_MONTHS)})\s+(?P<wy>\d{{4}}))(?!\d)",
    re.IGNORECASE,
)
_WRITTEN_ON = re.compile(
    r"(?:extrait\w*|extraction|export\w*|édité\w*|édition|arrêté\w*|situation|à jour)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_FORMULA_STARTS = ("=", "+", "-", "@")


def build_table(
    records: Iterable[Record], *, expected: frozenset[str], sheet: str | None = None, is_delimited: bool
) -> Table:
    """
    Assemble a table from the lines of a file, in their order.

    In delimited text a line must have the header's number of cells, or something slid: it becomes a problem.
    In a sheet each cell has its place, so a short row only ends with blanks.
    """
    lines = _bounded(record for record in records if record.faults or any(record.cells))
    head = list(islice(lines, HEAD_ROWS))
    if not head:
        raise UnreadableFile(Refusal.EMPTY)
    position = find_header([record.cells for record in head], expected)
    header = head[position]
    if any(record.faults for record in head[: position + 1]):
        raise UnreadableFile(Refusal.UNREADABLE_HEADER)
    columns = _width(header, head[position + 1 :], is_delimited=is_delimited)
    if len(columns) > MAX_COLUMNS:
        raise UnreadableFile(Refusal.TOO_MANY_COLUMNS)
    rows, problems = _sort_out(chain(head[position + 1 :], lines), columns, is_delimited=is_delimited)
    if not rows and not problems:
        raise UnreadableFile(Refusal.NO_ROWS)
    return Table(
        columns=columns,
        header_line=header.line,
        rows=rows,
        problems=problems,
        dated_on=date_in(cell for record in head[:position] for cell in record.cells),
        sheet=sheet,
    )


def find_header(head: Sequence[tuple[str, ...]], expected: frozenset[str]) -> int:
    """Find the header among the first lines: the one with most expected names, else the first that looks like one."""
    hits = [count_expected(cells, expected) for cells in head]
    if max(hits) >= 2:
        return hits.index(max(hits))
    filled = [sum(1 for cell in cells if cell) for cells in head]
    enough = max(2, max(filled) / 2)
    return next((position for position, count in enumerate(filled) if count >= enough), 0)


def count_expected(cells: Iterable[str], expected: frozenset[str]) -> int:
    """Count the expected column names that a line holds."""
    return len({normalise(cell) for cell in cells if cell and len(cell) <= _LONGEST_NAME} & expected)


def date_in(texts: Iterable[str]) -> date | None:
    """
    Read the day a file was written from its title lines.

    >>> date_in(["Logements depuis le 01/01/2020 – extraction du 01/10/2026"]), date_in(["au 1er octobre 2026"])
    (datetime.date(2026, 10, 1), datetime.date(2026, 10, 1))
    """
    announced: list[date] = []
    others: list[date] = []
    for text in texts:
        for match in _DAY.finditer(text[:1000]):
            day = _calendar_day(match)
            if day is not None:
                (announced if _WRITTEN_ON.search(text[: match.start()]) else others).append(day)
    return max(announced or others, default=None)


def tidy(text: str) -> str:
    """Take a cell as it is meant: no blank around, no apostrophe that only kept a spreadsheet from seeing a formula."""
    text = text.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA_STARTS and len(text) > 1 else text


def _bounded(records: Iterator[Record]) -> Iterator[Record]:
    for count, record in enumerate(records):
        if count > MAX_ROWS + HEAD_ROWS:
            raise UnreadableFile(Refusal.TOO_MANY_ROWS)
        yield record


def _width(header: Record, following: Sequence[Record], *, is_delimited: bool) -> tuple[str, ...]:
    """Give the column names; a sheet may have cells in columns without a name, a text file may not."""
    used = max((i for i, cell in enumerate(header.cells, 1) if cell), default=1)
    if not is_delimited:
        used = max([used, *(i for record in following for i, cell in enumerate(record.cells, 1) if cell)])
    cells = header.cells[:used]
    return cells + ("",) * (used - len(cells))


def _sort_out(
    records: Iterable[Record], columns: tuple[str, ...], *, is_delimited: bool
) -> tuple[tuple[Row, ...], tuple[RowProblem, ...]]:
    rows: list[Row] = []
    problems: list[RowProblem] = []
    for record in records:
        fault = None if record.faults else _width_fault(record, columns, is_delimited=is_delimited)
        faults = (*record.faults, *((fault,) if fault else ()), *_damaged(record.cells))
        if faults:
            problems += [_problem(record.line, each, columns) for each in faults]
        else:
            rows.append(Row(record.line, _fitted(record.cells, len(columns))))
            if len(rows) > MAX_ROWS:
                raise UnreadableFile(Refusal.TOO_MANY_ROWS)
    return tuple(rows), tuple(problems)


def _width_fault(record: Record, columns: tuple[str, ...], *, is_delimited: bool) -> Fault | None:
    cells, width = record.cells, len(columns)
    counts = {"found": len(cells), "width": width}
    beyond = next((index for index, cell in enumerate(cells[width:], width) if cell), None)
    if beyond is not None and is_delimited:
        return Fault(trouble=Trouble.TOO_MANY_CELLS, values=counts)
    if beyond is not None:
        return Fault(trouble=Trouble.BEYOND_HEADERS, values={"cell": f"{column_letters(beyond)}{record.line}"})
    if is_delimited and len(cells) < width:
        return Fault(trouble=Trouble.TOO_FEW_CELLS, values=counts)
    return None


def column_letters(index: int) -> str:
    """
    Name a column as a spreadsheet does.

    >>> [column_letters(index) for index in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _damaged(cells: tuple[str, ...]) -> tuple[Fault, ...]:
    return tuple(
        Fault(trouble=Trouble.DAMAGED_TEXT, column=index, values={})
        for index, cell in enumerate(cells)
        if (not cell.isascii() and _is_damaged(cell)) or "\0" in cell
    )


def _is_damaged(cell: str) -> bool:
    return "\ufffd" in cell or any("\ud800" <= char <= "\udfff" for char in cell)


def _problem(line: int, fault: Fault, columns: tuple[str, ...]) -> RowProblem:
    named = fault.column is not None and fault.column < len(columns)
    column = columns[fault.column] or None if named and fault.column is not None else None
    return RowProblem(line=line, column=column, message=say(fault.trouble, **fault.values))


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells[:width] + ("",) * (width - len(cells))


def _calendar_day(match: re.Match[str]) -> date | None:
    found = match.groupdict()
    year = found["y"] or found["fy"] or found["wy"]
    month = found["m"] or found["fm"] or _MONTHS.index(found["wm"].lower()) + 1
    try:
        return date(int(year), int(month), int(found["d"] or found["fd"] or found["wd"]))
    except ValueError:
        return None
