"""Look inside a zipped document without opening it: sizes before unpacking, no macro, no hidden prefix or tail."""

from __future__ import annotations

import io
import zipfile
import zlib

from chezsoi.files.documents.refusals import Unfit, UnfitDocument
from chezsoi.files.readers import limits

_CHUNK = 1 << 18
_END = b"PK\x05\x06"
_END_BYTES = 22
_PROGRAMS = ("vbaproject.bin", "vbadata.xml", "macrosheets/", "activex/", "basic/", "scripts/")
_MOST_ENTRIES = 2_000


def check_docx(content: bytes) -> None:
    """Refuse what is no plain text document of Word."""
    _check(content, must_hold="word/document.xml")


def check_xlsx(content: bytes) -> None:
    """Refuse what is no plain workbook of Excel."""
    _check(content, must_hold="xl/workbook.xml")


def check_odt(content: bytes) -> None:
    """Refuse what is no plain OpenDocument text."""
    _check(content, must_hold="content.xml", declares=b"application/vnd.oasis.opendocument.text")


def _check(content: bytes, *, must_hold: str, declares: bytes = b"") -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(entries, len(content))
            _check_bounds(content, archive, entries)
            _check_names({entry.filename for entry in entries}, must_hold)
            if declares and archive.read("mimetype") != declares:
                raise UnfitDocument(Unfit.NOT_WHAT_IT_SAYS)
            _unpack_all(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, KeyError, ValueError):
        raise UnfitDocument(Unfit.DAMAGED) from None


def _check_directory(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnfitDocument(Unfit.PASSWORD)
    total = sum(entry.file_size for entry in entries)
    is_dense = total > limits.RATIO_COUNTS_ABOVE_BYTES and total > limits.MAX_UNPACKED_RATIO * packed
    if len(entries) > _MOST_ENTRIES or total > limits.MAX_UNPACKED_BYTES or is_dense:
        raise UnfitDocument(Unfit.TOO_DEMANDING)


def _check_bounds(content: bytes, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse bytes before the first entry or after the directory: another file could be read there."""
    end = content.rfind(_END)
    is_tail_clean = end + _END_BYTES + len(archive.comment) == len(content) and not archive.comment
    if min((entry.header_offset for entry in entries), default=0) != 0 or not is_tail_clean:
        raise UnfitDocument(Unfit.TWO_FILES_IN_ONE)


def _check_names(names: set[str], must_hold: str) -> None:
    lowered = {name.lower() for name in names}
    if any(program in name for name in lowered for program in _PROGRAMS):
        raise UnfitDocument(Unfit.PROGRAM)
    if must_hold not in names:
        raise UnfitDocument(Unfit.NOT_WHAT_IT_SAYS)


def _unpack_all(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Unpack every entry to nowhere, counting: declared sizes may lie."""
    unpacked = 0
    for entry in entries:
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > limits.MAX_UNPACKED_BYTES:
                    raise UnfitDocument(Unfit.TOO_DEMANDING)
