"""How well something is known. "Unknown" is a value, never an empty string."""

from __future__ import annotations

from enum import StrEnum


class Quality(StrEnum):
    """The data-quality code carried by a fact."""

    KNOWN = "known"
    APPROXIMATE = "approximate"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
