"""The files that were sent, kept encrypted, readable by this installation alone."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from chezsoi.files.readers.limits import MAX_BYTES
from chezsoi.files.readers.refusals import Refusal, UnreadableFile

_MARK = b"cz1\0"
_SALT_BYTES = 16
_PIECE_BYTES = 1 << 20
_TAG_BYTES = 16
_LAST, _NOT_LAST = b"last", b"more"


class NoLongerKept(Exception):
    """The copy of the file was removed, or cannot be opened with this installation's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file as kept."""

    stored_name: str
    sha256: str
    size_bytes: int


def keep(content: BinaryIO) -> Kept:
    """
    Keep a copy of a file, encrypted piece by piece, mode 0600.

    :raises UnreadableFile: if it is larger than a file may be; nothing is kept.
    """
    stored_name = secrets.token_hex(16)
    path = _path(stored_name)
    digest = hashlib.sha256()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as sealed:
            size = _seal(content, sealed, digest)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Kept(stored_name=stored_name, sha256=digest.hexdigest(), size_bytes=size)


@contextmanager
def opened(stored_name: str) -> Iterator[Path]:
    """
    Lend the path of a clear copy, mode 0600, removed on the way out.

    :raises NoLongerKept: if there is no copy left, or its bytes were altered.
    """
    path = _path(stored_name)
    if not stored_name or not path.is_file():
        raise NoLongerKept(stored_name)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="open-") as clear:
        with path.open("rb") as sealed:
            for piece in _unsealed(sealed):
                clear.write(piece)
        clear.flush()
        yield Path(clear.name)


def read(stored_name: str) -> bytes:
    """
    Give the content of a kept copy; nothing is written in clear.

    :raises NoLongerKept: if there is no copy left, or its bytes were altered.
    """
    path = _path(stored_name)
    if not stored_name or not path.is_file():
        raise NoLongerKept(stored_name)
    with path.open("rb") as sealed:
        return b"".join(_unsealed(sealed))


def discard(stored_name: str) -> None:
    """Remove a kept copy, if it is still there."""
    if stored_name:
        _path(stored_name).unlink(missing_ok=True)


def sweep(named: Collection[str], *, before: datetime) -> int:
    """Remove the files that are not among those named and were last written before an instant; count them."""
    removed = 0
    for path in _path("x").parent.iterdir():
        if path.is_file() and path.name not in named and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _path(stored_name: str) -> Path:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / Path(stored_name).name


def _seal(content: BinaryIO, sealed: BinaryIO, digest: hashlib._Hash) -> int:
    salt = os.urandom(_SALT_BYTES)
    cipher = _cipher(salt)
    sealed.write(_MARK + salt)
    size = number = 0
    piece = content.read(_PIECE_BYTES)
    while True:
        following = content.read(_PIECE_BYTES) if piece else b""
        size += len(piece)
        if size > MAX_BYTES:
            raise UnreadableFile(Refusal.TOO_BIG)
        digest.update(piece)
        sealed.write(cipher.encrypt(_nonce(number), piece, _NOT_LAST if following else _LAST))
        if not following:
            return size
        piece, number = following, number + 1


def _unsealed(sealed: BinaryIO) -> Iterator[bytes]:
    head = sealed.read(len(_MARK) + _SALT_BYTES)
    cipher = _cipher(head[len(_MARK) :])
    piece, number = sealed.read(_PIECE_BYTES + _TAG_BYTES), 0
    if not piece:
        raise NoLongerKept(sealed.name)
    while piece:
        following = sealed.read(_PIECE_BYTES + _TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(number), piece, _NOT_LAST if following else _LAST)
        except InvalidTag as altered:
            raise NoLongerKept(sealed.name) from altered
        piece, number = following, number + 1


def _nonce(number: int) -> bytes:
    """Count the pieces: each file has its own key, so a count never repeats under one key."""
    return number.to_bytes(12, "big")


def _cipher(salt: bytes) -> AESGCM:
    secret = settings.ENCRYPTION_KEY.encode()
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"upload").derive(secret))
