"""A result is not to be believed."""

from __future__ import annotations


class ResultRejected(ValueError):
    """A result is wrong or cannot be read, with the first reason found, in one sentence."""


def reject_unless(holds: object, reason: str) -> None:
    """Reject the result unless something holds."""
    if not holds:
        raise ResultRejected(reason)
