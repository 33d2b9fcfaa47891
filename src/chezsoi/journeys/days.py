"""On which day each fact known of a household was said or seen, as a draw keeps it beside the fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from chezsoi.allocation.models.facts import Dated, by_day
from chezsoi.engines import matching

ASKED = ("rooms_min", "rooms_max", "max_outlay_per_month", "needs_wheelchair", "needs_lift_or_ground")
PERSONS = ("size", "adults", "children")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The days of the rows a household is known from; None where there is no such row, or it bears no day."""

    asked_on: date | None = None
    wished_on: date | None = None
    together_since: date | None = None
    seen_on: date | None = None
    shared_on: date | None = None
    labels: Mapping[str, date] = field(default_factory=dict)
    excluded_homes: Mapping[str, date] = field(default_factory=dict)


def dated(known: matching.Household, heard: Heard, *, on: date) -> tuple[Dated, ...]:
    """
    Give the day of each fact that is known and has one, the earliest first; never a day after `on`.

    What nobody knows has no day.

    >>> alone = matching.Household(ref="a", size=1, max_outlay_per_month=450, situation="street")
    >>> heard = Heard(asked_on=date(2026, 3, 12), seen_on=date(2026, 11, 2))
    >>> [(each.day.isoformat(), each.fields) for each in dated(alone, heard, on=date(2026, 11, 30))]
    [('2026-03-12', ('max_outlay_per_month',)), ('2026-11-02', ('situation',))]
    """
    return by_day(known.ref, _days(known, heard), on=on)


def _days(known: matching.Household, heard: Heard) -> Iterator[tuple[str, date | None]]:
    yield from ((name, heard.asked_on) for name in ASKED if getattr(known, name) is not None)
    yield from ((name, heard.together_since) for name in PERSONS if getattr(known, name) is not None)
    if known.wished_communes:
        yield "wished_communes", heard.wished_on
    if known.has_request_number:
        yield "has_request_number", heard.asked_on
    if known.situation != "unknown":
        yield "situation", heard.seen_on
    yield "sharing", heard.shared_on
    yield from ((f"labels.{label}", day) for label, day in sorted(heard.labels.items()))
    yield from ((f"excluded_homes.{ref}", day) for ref, day in sorted(heard.excluded_homes.items()))
