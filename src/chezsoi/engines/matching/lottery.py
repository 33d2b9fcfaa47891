"""A lottery anyone can check: the seed is committed before, public chance comes after, the tickets follow."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

MIN_SEED_BYTES = 16


class SeedTooShort(ValueError):
    """A seed under sixteen bytes could be found by trying them all against its published commitment."""


class SeedDoesNotOpenCommitment(ValueError):
    """The seed is not the one whose commitment was published."""


class CommittedTooLate(ValueError):
    """The commitment does not precede the closing of the list of candidates."""


class DrawnTooEarly(ValueError):
    """The public randomness does not follow the closing of the list of candidates."""


class InstantWithoutTimeZone(ValueError):
    """An instant without its time zone cannot be put before or after another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRandomness:
    """A value nobody in the territory can choose, as published: the text exactly, who published it, and when."""

    value: str
    source: str
    drawn_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lottery:
    """
    A seed with the proof that nobody could steer it.

    Raises
    ------
    SeedTooShort, SeedDoesNotOpenCommitment, CommittedTooLate, DrawnTooEarly, InstantWithoutTimeZone
        If the order "commit, close the list, draw" was not kept, or cannot be shown to have been.
    """

    commitment: str
    committed_at: datetime
    snapshot_closed_at: datetime
    public_randomness: PublicRandomness
    seed: bytes

    def __post_init__(self) -> None:
        instants = (self.committed_at, self.snapshot_closed_at, self.public_randomness.drawn_at)
        if any(instant.utcoffset() is None for instant in instants):
            raise InstantWithoutTimeZone(str(instants))
        if not opens(self.commitment, self.seed):
            raise SeedDoesNotOpenCommitment(self.commitment)
        if self.committed_at >= self.snapshot_closed_at:
            raise CommittedTooLate(self.committed_at.isoformat())
        if self.public_randomness.drawn_at <= self.snapshot_closed_at:
            raise DrawnTooEarly(self.public_randomness.drawn_at.isoformat())

    def ticket_of(self, ref: str) -> bytes:
        """Draw the ticket of a household; the lowest comes first."""
        return ticket(self.seed, self.public_randomness.value, ref)


def commit(seed: bytes) -> str:
    """
    Give the commitment to publish: the SHA-256 of the seed, in hexadecimal.

    Raises
    ------
    SeedTooShort
        If the seed has fewer than sixteen bytes.

    Examples
    --------
    >>> commit(bytes(32))
    '66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925'
    """
    if len(seed) < MIN_SEED_BYTES:
        raise SeedTooShort(f"{len(seed)} bytes")
    return hashlib.sha256(seed).hexdigest()


def opens(commitment: str, seed: bytes) -> bool:
    """
    Tell whether a seed is the one that was committed; the case of the hexadecimal digits does not matter.

    >>> opens(commit(bytes(32)), bytes(32)), opens(commit(bytes(32)), bytes(31) + b"1")
    (True, False)
    """
    return hmac.compare_digest(commitment.lower().encode(), commit(seed).encode())


def ticket(seed: bytes, public_randomness: str, ref: str) -> bytes:
    """
    Draw one household's ticket.

    The key is the SHA-256 of the seed followed by the public randomness; the ticket is the HMAC-SHA256 of the
    household's reference under it (RFC 2104), texts in UTF-8. Lower tickets come first.

    >>> ticket(bytes(32), "12 24 31 40 49 7", "M57-0001").hex()[:16]
    '082e3b9f31137789'
    """
    key = hashlib.sha256(seed + public_randomness.encode()).digest()
    return hmac.digest(key, ref.encode(), "sha256")
