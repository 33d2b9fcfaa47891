"""Periods of days: half-open, the end excluded, None for an open end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """
    The days from `start` (included) to `end` (excluded); `end` None never ends.

    >>> winter = DateRange(start=date(2025, 11, 1), end=date(2026, 4, 1))
    >>> date(2026, 3, 31) in winter, date(2026, 4, 1) in winter
    (True, False)
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a period cannot end before it starts: {self.start} to {self.end}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: DateRange) -> bool:
        """Tell whether the two periods share at least one day."""
        starts_before_other_ends = other.end is None or self.start < other.end
        ends_after_other_starts = self.end is None or other.start < self.end
        return starts_before_other_ends and ends_after_other_starts and not (self.is_empty or other.is_empty)

    @property
    def is_empty(self) -> bool:
        return self.end == self.start

    def nights_until(self, day: date) -> int:
        """
        Count the nights of the period up to a day: the night of a day is counted once it is over.

        >>> DateRange(start=date(2026, 1, 1)).nights_until(date(2026, 1, 15))
        14
        """
        last = day if self.end is None else min(self.end, day)
        return max(0, (last - self.start).days)
