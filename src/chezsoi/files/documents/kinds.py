"""What a document is, by its bytes from the first to the last: its name must agree, and nothing may hide in it."""

from __future__ import annotations

import struct
from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePath

from chezsoi.files.documents.office import check_docx, check_odt, check_xlsx
from chezsoi.files.documents.refusals import Unfit, UnfitDocument

MAX_BYTES = 25_000_000
_ARCHIVE_END = b"PK\x05\x06"
_TAIL = 66_000
_ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
_PNG = b"\x89PNG\r\n\x1a\n"


class Format(StrEnum):
    """The formats that are kept, by their media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


EXTENSIONS = {
    ".pdf": Format.PDF,
    ".jpg": Format.JPEG,
    ".jpeg": Format.JPEG,
    ".png": Format.PNG,
    ".webp": Format.WEBP,
    ".docx": Format.DOCX,
    ".odt": Format.ODT,
    ".xlsx": Format.XLSX,
}


def check(content: bytes, *, name: str) -> Format:
    """
    Tell the format of a document whose name and bytes agree.

    :raises UnfitDocument: if it is empty, too big, of another format, not what its name says, or hides something.
    """
    if not content:
        raise UnfitDocument(Unfit.EMPTY)
    if len(content) > MAX_BYTES:
        raise UnfitDocument(Unfit.TOO_BIG)
    said = EXTENSIONS.get(PurePath(name).suffix.lower())
    if said is None:
        raise UnfitDocument(Unfit.FORMAT)
    if not content.startswith(_STARTS[said]):
        raise UnfitDocument(Unfit.NOT_WHAT_IT_SAYS)
    _CHECKS[said](content)
    return said


def _check_pdf(content: bytes) -> None:
    tail = content[-_TAIL:]
    if b"%%EOF" not in content[-1024:]:
        raise UnfitDocument(Unfit.DAMAGED)
    if _ARCHIVE_END in tail:
        raise UnfitDocument(Unfit.TWO_FILES_IN_ONE)
    if b"/Encrypt" in content:
        raise UnfitDocument(Unfit.PASSWORD)
    if any(mark in content for mark in _ACTIVE):
        raise UnfitDocument(Unfit.PROGRAM)


def _check_jpeg(content: bytes) -> None:
    end = content.rfind(b"\xff\xd9")
    if end < 0:
        raise UnfitDocument(Unfit.DAMAGED)
    _check_end(content[end + 2 :])


def _check_png(content: bytes) -> None:
    at = len(_PNG)
    while at + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, at)
        kind = content[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND" and at <= len(content):
            _check_end(content[at:])
            return
    raise UnfitDocument(Unfit.DAMAGED)


def _check_webp(content: bytes) -> None:
    if content[8:12] != b"WEBP":
        raise UnfitDocument(Unfit.NOT_WHAT_IT_SAYS)
    (length,) = struct.unpack_from("<I", content, 4)
    if length + 8 > len(content):
        raise UnfitDocument(Unfit.DAMAGED)
    _check_end(content[length + 8 :])


def _check_end(after: bytes) -> None:
    """Refuse what follows the end of an image, except the padding that some cameras leave."""
    if after.strip(b"\0\r\n \xff"):
        raise UnfitDocument(Unfit.TWO_FILES_IN_ONE)


_STARTS = {
    Format.PDF: b"%PDF-",
    Format.JPEG: b"\xff\xd8\xff",
    Format.PNG: _PNG,
    Format.WEBP: b"RIFF",
    Format.DOCX: b"PK\x03\x04",
    Format.ODT: b"PK\x03\x04",
    Format.XLSX: b"PK\x03\x04",
}
_CHECKS: dict[Format, Callable[[bytes], None]] = {
    Format.PDF: _check_pdf,
    Format.JPEG: _check_jpeg,
    Format.PNG: _check_png,
    Format.WEBP: _check_webp,
    Format.DOCX: check_docx,
    Format.ODT: check_odt,
    Format.XLSX: check_xlsx,
}
