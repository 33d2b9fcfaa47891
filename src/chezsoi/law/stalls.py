"""After how many days a home, a search, a decision or an orientation that nobody moves is told: to be confirmed."""

from __future__ import annotations

from datetime import date, timedelta

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


def decision_is_late_after(on: date) -> int:
    """
    Give the days after which a decision that gave a home and has no end yet is told.

    >>> decision_is_late_after(date(2026, 3, 1))
    30
    """
    return int(parameter("stall.decision_days", on=on).number)


def decisions_late_since(on: date) -> date:
    """
    Give the last day whose decisions, without an end, are late on a day.

    >>> decisions_late_since(date(2026, 3, 31))
    datetime.date(2026, 3, 1)
    """
    return on - timedelta(days=decision_is_late_after(on))


def orientation_stalls_after(on: date) -> int:
    """
    Give the days an orientation waits for what came of it before it is told.

    >>> orientation_stalls_after(date(2026, 3, 1))
    30
    """
    return int(parameter("stall.orientation_days", on=on).number)
