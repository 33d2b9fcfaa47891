"""Cells merged down a column: the value shown once holds for each of the rows."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')
_CHUNK_BYTES = 1 << 20
_OVERLAP_BYTES = 200
_MOST_MERGES = 100_000


class Merges:
    """The vertical merges of a sheet, applied while its rows go by in order."""

    def __init__(self, ranges: list[tuple[int, int, int]]) -> None:
        self._starting: dict[int, list[tuple[int, int]]] = {}
        for first, last, column in ranges:
            self._starting.setdefault(first, []).append((last, column))
        self._open: dict[int, tuple[int, str]] = {}

    def fill(self, line: int, cells: list[str]) -> None:
        """Repeat in a row the values of the merges that cover it."""
        for last, column in self._starting.pop(line, ()):
            if column < len(cells) and cells[column]:
                self._open[column] = (last, cells[column])
        for column, (last, value) in list(self._open.items()):
            if line > last:
                del self._open[column]
                continue
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = cells[column] or value


def read_merges(path: Path, sheet_path: str) -> Merges:
    """Find the merges of one column over several rows; wider ones are titles, and stay where they are."""
    ranges: set[tuple[int, int, int]] = set()
    tail = b""
    with zipfile.ZipFile(path) as archive, archive.open(sheet_path.lstrip("/")) as stream:
        while (chunk := stream.read(_CHUNK_BYTES)) and len(ranges) < _MOST_MERGES:
            seen = tail + chunk
            for left, top, right, bottom in _MERGE.findall(seen):
                if left == right and int(bottom) > int(top):
                    ranges.add((int(top), int(bottom), _column_index(left)))
            tail = seen[-_OVERLAP_BYTES:]
    return Merges(sorted(ranges))


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1
