"""From dated observations to the stretches of time they tell of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise

from chezsoi.people.choices import FAMILIES, Situation
from chezsoi.people.models.situations import ResidentialSituation


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time without change of situation; `ends_on` is excluded, None while it lasts."""

    situation: Situation
    starts_on: date
    ends_on: date | None = None
    is_start_known: bool = True

    @property
    def family(self) -> str:
        return FAMILIES[self.situation]

    def nights_until(self, day: date) -> int:
        """Count the nights up to a day; the night of that day is not over yet."""
        return max(0, ((self.ends_on or day) - self.starts_on).days)


def stretches(rows: Iterable[ResidentialSituation], *, until: date) -> tuple[Stretch, ...]:
    """
    Turn observations into a partition of time, from the first known day onwards.

    Observations of one situation in a row are one stretch, from the earliest "since" among them, but never before the
    day when something else was last seen. Of two observations that began the same day, the one given last holds.
    """
    ordered = sorted((row for row in rows if row.observed_on <= until), key=lambda row: row.observed_on)
    found: list[Stretch] = []
    seen_until = date.min
    for situation, group in groupby(ordered, key=lambda row: row.situation):
        same = list(group)
        told_on = min(row.since or row.observed_on for row in same)
        starts_on = max(told_on, seen_until)
        is_known = starts_on == told_on and any(row.since == told_on for row in same)
        _append(found, Stretch(situation=Situation(situation), starts_on=starts_on, is_start_known=is_known))
        seen_until = same[-1].observed_on
    closed = [replace(before, ends_on=after.starts_on) for before, after in pairwise(found)]
    return (*closed, *found[-1:])


def _append(found: list[Stretch], after: Stretch) -> None:
    if found and found[-1].starts_on == after.starts_on:
        found.pop()
    if not found or found[-1].situation != after.situation:
        found.append(after)
