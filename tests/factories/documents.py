"""Documents as people hand them over, sound and otherwise."""

import io
import struct
import zipfile
import zlib
from datetime import date

from chezsoi.files import storage
from chezsoi.people.models import Attachment, Household

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
WORD = "word/document.xml"


def png(after: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"") + after


def jpeg(after: bytes = b"") -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9" + after


def webp(after: bytes = b"") -> bytes:
    return b"RIFF" + struct.pack("<I", 14) + b"WEBPVP8 \x02\0\0\0\0\0" + after


def office(*more: str, main: str = WORD, mimetype: str = "", size: int = 10) -> bytes:
    """Zip a document of an office suite; `more` are other parts it holds."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(main, b"0" * size)
        for name in more:
            archive.writestr(name, "x")
    return target.getvalue()


def odt() -> bytes:
    return office(main="content.xml", mimetype="application/vnd.oasis.opendocument.text")


def kept(household: Household, *, kind: str = "housing", content: bytes = PDF) -> Attachment:
    """Attach a sound document, whoever may."""
    copy = storage.keep(io.BytesIO(content))
    return Attachment.objects.create(
        household=household, kind=kind, file_name="letter.pdf", media_type="application/pdf",
        stored_name=copy.stored_name, sha256=copy.sha256, size_bytes=copy.size_bytes, scan="not_scanned",
        attached_on=date(2026, 11, 1),
    )  # fmt: skip
