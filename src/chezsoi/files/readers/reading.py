"""The one way to read a file somebody sent."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from chezsoi.files.columns import normalise
from chezsoi.files.readers.delimited import read_delimited
from chezsoi.files.readers.kinds import is_workbook
from chezsoi.files.readers.limits import MAX_BYTES
from chezsoi.files.readers.refusals import Refusal, UnreadableFile
from chezsoi.files.readers.table import Table
from chezsoi.files.readers.workbook import read_workbook


def read_table(path: Path, *, name: str = "", expected: Iterable[str] = ()) -> Table:
    """
    Read the table a file holds, CSV or XLSX, whatever its name says.

    Parameters
    ----------
    path : Path
        The file; it is only read, and no formula, macro or link in it is ever followed.
    name : str, optional
        The name its sender gave it; it only helps to name what cannot be read.
    expected : Iterable[str], optional
        Column names that the caller knows how to use (`columns.spellings`): they tell the header row from titles,
        and the sheet of the table from notices.

    Returns
    -------
    Table
        Every line under the header is blank, or among the rows, or among the problems with its reason.

    Raises
    ------
    UnreadableFile
        If the file gives no table; it carries the one sentence to show.
    """
    known = frozenset(normalise(text) for text in expected) - {""}
    content = _content(path)
    if is_workbook(content, name=name):
        del content
        return read_workbook(path, expected=known)
    return read_delimited(content, expected=known)


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UnreadableFile(Refusal.MISSING)
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(Refusal.TOO_BIG)
        content = path.read_bytes()
    except OSError:
        raise UnreadableFile(Refusal.MISSING) from None
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableFile(Refusal.EMPTY)
    return content
