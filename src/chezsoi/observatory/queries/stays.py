"""From dated observations to stays, and to the last stable one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chezsoi.kernel.ranges import DateRange
from chezsoi.people.choices import ACCOMMODATED, ROUGH

ROUGH_FAMILY = "rough"
ACCOMMODATED_FAMILY = "accommodated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Where somebody was on a day, and since when as far as is known."""

    situation: str
    observed_on: date
    since: date | None = None

    @property
    def family(self) -> str:
        """Name the family whose neighbouring stays are added together."""
        if self.situation in ROUGH:
            return ROUGH_FAMILY
        return ACCOMMODATED_FAMILY if self.situation in ACCOMMODATED else self.situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Nights spent in one family of situations without a break."""

    family: str
    period: DateRange


@dataclass(frozen=True, slots=True)
class History:
    """
    What was seen of one person; of two observations of one day, the last given holds.

    A stay starts on its `since`, but never before the day an earlier observation saw something else. Neighbouring stays
    of one family (rough; accommodated; else the same situation) are one.
    """

    observations: tuple[Observation, ...]

    def stays(self, *, until: date) -> tuple[Stay, ...]:
        """Give the consecutive stays up to a day (excluded)."""
        starts: list[tuple[date, str]] = []
        seen_until = date.min
        for seen in sorted(self.observations, key=lambda row: row.observed_on):
            starts_on = max(seen.since or seen.observed_on, seen_until)
            seen_until = seen.observed_on
            if starts_on < until:
                _extend(starts, starts_on, seen.family)
        ends = [*(start for start, _family in starts), until][1:]
        return tuple(
            Stay(family=family, period=DateRange(start=start, end=end))
            for (start, family), end in zip(starts, ends, strict=True)
        )

    def last_stable(self, *, until: date, nights: int) -> Stay | None:
        """Give the last stay of more than a number of nights before a day; None when there was none."""
        newest_first = reversed(self.stays(until=until))
        return next((stay for stay in newest_first if stay.period.nights_until(until) > nights), None)


def _extend(starts: list[tuple[date, str]], starts_on: date, family: str) -> None:
    """Begin a stay, unless the one that runs is of the same family; one that began no earlier never was."""
    while starts and starts[-1][1] != family and starts[-1][0] >= starts_on:
        starts.pop()
    if not starts or starts[-1][1] != family:
        starts.append((starts_on, family))
