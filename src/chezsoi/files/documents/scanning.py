"""Ask the virus scanner, when the installation has one: clamd, over its socket, by its command INSTREAM."""

from __future__ import annotations

import socket
import struct
from enum import StrEnum
from time import monotonic

from django.conf import settings

from chezsoi.files.documents.refusals import Unfit, UnfitDocument

_CHUNK = 1 << 16
_WITHIN_SECONDS = 30
_LONGEST_ANSWER = 4096


class Scan(StrEnum):
    """What is known of a document: found clean, or not scanned because no scanner is set."""

    CLEAN = "clean"
    NOT_SCANNED = "not_scanned"


def scan(content: bytes) -> Scan:
    """
    Have a document scanned.

    :raises UnfitDocument: if the scanner finds something, or is set and has not answered within 30 seconds, all told:
        then nothing is kept.
    """
    address: str = settings.SCANNER
    if not address:
        return Scan.NOT_SCANNED
    try:
        answer = _ask(address, content)
    except (OSError, ValueError):
        raise UnfitDocument(Unfit.NO_ANSWER) from None
    if answer.endswith("FOUND"):
        raise UnfitDocument(Unfit.INFECTED)
    if not answer.endswith("OK"):
        raise UnfitDocument(Unfit.NO_ANSWER)
    return Scan.CLEAN


def _ask(address: str, content: bytes) -> str:
    deadline = monotonic() + _WITHIN_SECONDS
    with _connected(address) as channel:
        channel.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK):
            piece = content[start : start + _CHUNK]
            _leave_until(deadline, channel)
            channel.sendall(struct.pack(">I", len(piece)) + piece)
        channel.sendall(struct.pack(">I", 0))
        return _answer(channel, deadline)


def _answer(channel: socket.socket, deadline: float) -> str:
    """Read up to the zero that ends the answer: a scanner may leave its end open."""
    answer = b""
    while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
        _leave_until(deadline, channel)
        piece = channel.recv(_LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _leave_until(deadline: float, channel: socket.socket) -> None:
    """Let the next step last until the deadline: each step its own delay would let a slow scanner last for hours."""
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    channel.settimeout(left)


def _connected(address: str) -> socket.socket:
    """Open `unix:/path/of/clamd.ctl` or `tcp:host:port`."""
    kind, _, where = address.partition(":")
    if kind == "unix":
        channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        channel.settimeout(_WITHIN_SECONDS)
        try:
            channel.connect(where)
        except OSError:
            channel.close()
            raise
        return channel
    host, _, port = where.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_WITHIN_SECONDS)
