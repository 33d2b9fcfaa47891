"""After how many days a home, or a search, that nobody moves is told: choices of this program, to be confirmed."""

from __future__ import annotations

from datetime import date

from chezsoi.law.parameters import parameter


def home_stalls_after(on: date) -> int:
    """
    Give the days an available home waits for a search before it is told.

    >>> home_stalls_after(date(2026, 3, 1))
    21
    """
    return int(parameter("stall.home_days", on=on).number)


def round_stalls_after(on: date) -> int:
    """
    Give the days a search waits for its next step before it is told.

    >>> round_stalls_after(date(2026, 3, 1))
    14
    """
    return int(parameter("stall.round_days", on=on).number)
