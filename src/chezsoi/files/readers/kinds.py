"""What a file is, by its first bytes: the name may say anything."""

from __future__ import annotations

from chezsoi.files.readers.refusals import Refusal, UnreadableFile

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_REFUSED = (
    ((b"%PDF", b"{\\rtf"), Refusal.DOCUMENT),
    (
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"\0\0\x01\0", b"OggS", b"ID3"),
        Refusal.IMAGE,
    ),
    ((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"), Refusal.ARCHIVE),
    ((b"\x09\x08", b"\x09\x04", b"\x09\x02"), Refusal.OLD_EXCEL),
)


def is_workbook(content: bytes, *, name: str = "") -> bool:
    """
    Tell whether the bytes are those of a zipped workbook; otherwise they are taken as text.

    :raises UnreadableFile: if they are plainly something else, naming it.
    """
    if content.startswith(_ZIP):
        return True
    if content.startswith(_OLE):
        raise UnreadableFile(_what_is_compound(content, name))
    for marks, refusal in _REFUSED:
        if content.startswith(marks):
            raise UnreadableFile(refusal)
    if _start_as_text(content).startswith("<"):
        raise UnreadableFile(Refusal.MARKUP)
    return False


def _what_is_compound(content: bytes, name: str) -> Refusal:
    if _ENCRYPTED_STREAM in content:
        return Refusal.PASSWORD
    return Refusal.DOCUMENT if name.lower().endswith((".doc", ".ppt", ".msg")) else Refusal.OLD_EXCEL


def _start_as_text(content: bytes) -> str:
    return content[:200].replace(b"\0", b"").decode("latin-1").lstrip("ÿþ\xef\xbb\xbf \t\r\n")
