"""What an answer, a mail and the log say, as whoever receives them reads it: papers opened, spaces left out."""

import io
import logging
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdf
from django.core import mail

from chezsoi.config.settings import LOGGING
from tests.matrix.canaries import squeezed
from tests.matrix.world import Secret

Sighting = tuple[str, str, str]
PLAIN = logging.Formatter(LOGGING["formatters"]["plain"]["format"])


def sightings(said: str, secrets: tuple[Secret, ...]) -> Iterator[Sighting]:
    """Give the secrets read in what was said: whose file, the category, the word."""
    for secret in secrets:
        for category, words in secret.words.items():
            yield from ((secret.kind, category, word) for word in words if word in said)


def told(response: Any) -> str:
    """Give the headers and the body; a paper's as its reader sees it, with what it hides."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{name}{value}" for name, value in response.items())
    return squeezed(headers + opened(body))


def opened(body: bytes) -> str:
    """Give the words of a file: of a PDF and what it carries, of every part of an archive, a workbook included."""
    if body.startswith(b"%PDF"):
        return _read_pdf(body)
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "".join(name + opened(archive.read(name)) for name in archive.namelist())
    return body.decode("utf-8", errors="replace")


def _read_pdf(body: bytes) -> str:
    """Give the words of a PDF; one attached by a test, too bare for a reader, is looked at as it is."""
    try:
        paper = pypdf.PdfReader(io.BytesIO(body))
        carried = "".join(opened(each) for files in paper.attachments.values() for each in files)
        return "".join(sheet.extract_text() for sheet in paper.pages) + str(paper.metadata) + carried
    except pypdf.errors.PdfReadError:
        return body.decode("utf-8", errors="replace")


def mailed() -> str:
    """Give what the mails sent since say, headers included, and forget them."""
    sent = getattr(mail, "outbox", [])
    words = "".join(squeezed(f"{message.message()}{message.body}") for message in sent)
    sent.clear()
    return words


class Log(logging.Handler):
    """Keeps the lines of the log as the house writes them, with the stack of what broke."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(PLAIN)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def said(self) -> str:
        """Give what was written since, and forget it."""
        words = squeezed("".join(self.lines))
        self.lines.clear()
        return words


@contextmanager
def overheard() -> Iterator[Log]:
    """Be the only one who keeps the log: thousands of refusals are read here, and shown to nobody."""
    root, heard, level = logging.getLogger(), Log(), logging.getLogger().level
    kept, root.handlers = root.handlers, [heard]
    disabled = logging.root.manager.disable
    logging.disable(logging.NOTSET)
    root.setLevel(logging.INFO)
    try:
        yield heard
    finally:
        root.handlers = kept
        root.setLevel(level)
        logging.disable(disabled)
