"""
Files that leave the installation, sealed under a passphrase: scrypt for the key, AES-256-GCM piece by piece.

The header is covered by every piece; pieces are counted and the last one is marked, so that none can be altered, moved,
repeated or cut off unseen.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

LEAST_CHARACTERS = 15
_MARK = b"chezsoi-sealed-1\n"
_SALT_BYTES = 16
_PIECE_BYTES = 1 << 20
_TAG_BYTES = 16
_COST, _BLOCK, _LANES = 1 << 16, 8, 1


class WrongPassphrase(Exception):
    """The file was sealed under another passphrase, or was altered or cut since."""


class NotSealed(Exception):
    """The file is not one that this program sealed."""


class Sealing(io.RawIOBase):
    """A stream that seals what is written to it; `finish` writes the last piece, without which nothing opens."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt = os.urandom(_SALT_BYTES)
        self._target, self._header, self._waiting, self._number = target, _MARK + salt, bytearray(), 0
        self._cipher = _cipher(passphrase, salt)
        target.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._waiting += piece
        while len(self._waiting) > _PIECE_BYTES:
            self._put(bytes(self._waiting[:_PIECE_BYTES]), is_last=False)
            del self._waiting[:_PIECE_BYTES]
        return len(piece)

    def finish(self) -> None:
        """Write the last piece; merely closed, as when an exception leaves it, the stream is never whole."""
        self._put(bytes(self._waiting), is_last=True)
        self.close()

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, is_last=is_last), piece, self._header))
        self._number += 1


@contextmanager
def sealed(target: BinaryIO, passphrase: str) -> Iterator[Sealing]:
    """Lend a stream that seals into `target`; left unfinished, hence unreadable, when the block fails."""
    stream = Sealing(target, passphrase)
    yield stream
    stream.finish()


def unseal(source: BinaryIO, target: BinaryIO, passphrase: str) -> None:
    """
    Write the clear content of a sealed file.

    :raises NotSealed: if it is no sealed file.
    :raises WrongPassphrase: if it does not open, wholly and to its end.
    """
    header = source.read(len(_MARK) + _SALT_BYTES)
    if not header.startswith(_MARK) or len(header) != len(_MARK) + _SALT_BYTES:
        raise NotSealed
    cipher = _cipher(passphrase, header[len(_MARK) :])
    piece, number = source.read(_PIECE_BYTES + _TAG_BYTES), 0
    while True:
        following = source.read(_PIECE_BYTES + _TAG_BYTES)
        try:
            target.write(cipher.decrypt(_nonce(number, is_last=not following), piece, header))
        except (InvalidTag, ValueError) as altered:
            raise WrongPassphrase from altered
        if not following:
            return
        piece, number = following, number + 1


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    key = Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=_LANES).derive(passphrase.encode())
    return AESGCM(key)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if is_last else b"\0")
