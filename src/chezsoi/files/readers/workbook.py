"""Read a workbook in a child process that may use little memory and little time, and knows nothing of the house."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from chezsoi.files.readers.grid import build_table
from chezsoi.files.readers.limits import CHILD_WALL_SECONDS
from chezsoi.files.readers.refusals import Refusal, Trouble, UnreadableFile
from chezsoi.files.readers.table import Fault, Record, Table

_SOURCE_ROOT = Path(__file__).resolve().parents[3]


def read_workbook(path: Path, *, expected: frozenset[str]) -> Table:
    """Read the sheet that holds the table: the visible one with most expected names, else the first used."""
    command = [sys.executable, "-m", "chezsoi.files.readers.workbook_child", str(path.resolve()), *sorted(expected)]
    with subprocess.Popen(  # noqa: S603  no shell, and nothing in the command comes from the file
        command,
        cwd=_SOURCE_ROOT,
        env={"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        clock = threading.Timer(CHILD_WALL_SECONDS, child.kill)
        clock.start()
        try:
            assert child.stdout is not None  # noqa: S101  a pipe was asked for
            sheet = _first(child.stdout)
            return build_table(_records(child.stdout), expected=expected, sheet=sheet, is_delimited=False)
        finally:
            clock.cancel()
            child.kill()


def _first(output: IO[bytes]) -> str:
    kind, *rest = _message(output.readline())
    if kind != "sheet":
        raise UnreadableFile(Refusal.DAMAGED)
    return str(rest[0])


def _records(output: IO[bytes]) -> Iterator[Record]:
    """Yield the child's rows; if it stops before saying it is done, none of them counts."""
    known: dict[str, str] = {}
    for line in output:
        kind, *rest = _message(line)
        if kind == "end":
            return
        number, cells, faults = rest
        yield Record(
            line=number,
            cells=tuple(known.setdefault(cell, cell) for cell in cells),
            faults=tuple(Fault(trouble=Trouble(name), column=column, values=values) for name, column, values in faults),
        )
    raise UnreadableFile(Refusal.TOO_DEMANDING)


def _message(line: bytes) -> list[Any]:
    """Decode one line of the child; a line that is missing or cut means that its limits stopped it."""
    try:
        message: list[Any] = json.loads(line)
    except ValueError:
        raise UnreadableFile(Refusal.TOO_DEMANDING) from None
    if message[0] == "refused":
        raise UnreadableFile(Refusal(message[1]))
    return message
