"""Look inside a zipped workbook before any reader of spreadsheets opens it: stdlib only, nothing kept in memory."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from chezsoi.files.readers import limits
from chezsoi.files.readers.refusals import Refusal, UnreadableFile

_CHUNK_BYTES = 1 << 18
_OVERLAP_BYTES = 32
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OTHER_OFFICE = ("word/", "ppt/", "visio/")


def inspect_archive(path: Path) -> None:
    """
    Check a workbook's archive: entries, real unpacked size, ratio, passwords, macros, document types.

    :raises UnreadableFile: if it is no plain .xlsx workbook within the limits.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_directory(entries, path.stat().st_size)
            _check_kind(archive, {entry.filename for entry in entries})
            _unpack_all(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise UnreadableFile(Refusal.DAMAGED) from None


def _check_directory(entries: list[zipfile.ZipInfo], packed_bytes: int) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableFile(Refusal.PASSWORD)
    total = sum(entry.file_size for entry in entries)
    if len(entries) > limits.MAX_ARCHIVE_ENTRIES or total > limits.MAX_UNPACKED_BYTES:
        raise UnreadableFile(Refusal.TOO_DEMANDING)
    if total > limits.RATIO_COUNTS_ABOVE_BYTES and total > limits.MAX_UNPACKED_RATIO * packed_bytes:
        raise UnreadableFile(Refusal.TOO_DEMANDING)


def _check_kind(archive: zipfile.ZipFile, names: set[str]) -> None:
    lowered = {name.lower() for name in names}
    if "mimetype" in names and b"opendocument" in archive.open("mimetype").read(200):
        raise UnreadableFile(Refusal.OTHER_SPREADSHEET)
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in lowered):
        raise UnreadableFile(Refusal.MACROS)
    if "xl/workbook.bin" in lowered:
        raise UnreadableFile(Refusal.OTHER_SPREADSHEET)
    if "[content_types].xml" not in lowered:
        raise UnreadableFile(Refusal.ARCHIVE if names else Refusal.DAMAGED)
    if any(name.startswith(_OTHER_OFFICE) for name in lowered):
        raise UnreadableFile(Refusal.DOCUMENT)


def _unpack_all(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Unpack every entry to nowhere, counting: declared sizes may lie."""
    unpacked = 0
    for entry in entries:
        tail = b""
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                unpacked += len(chunk)
                if unpacked > limits.MAX_UNPACKED_BYTES:
                    raise UnreadableFile(Refusal.TOO_DEMANDING)
                seen = tail + chunk.replace(b"\0", b"")
                if entry.filename.endswith((".xml", ".rels")) and _DECLARATION.search(seen):
                    raise UnreadableFile(Refusal.ENTITIES)
                tail = seen[-_OVERLAP_BYTES:]
