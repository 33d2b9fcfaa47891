"""
One's days as a calendar that other programs read (RFC 5545): what must be done and when, never for whom.

Each day is a whole one (`VALUE=DATE`), so that no clock has to be told; `DTSTAMP` is in universal time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chezsoi.portal import waiting
from chezsoi.territories.access import actor_for, assignments_of
from chezsoi.territories.models import User

MOST = 300
"""Of each kind, the first due."""

OCTETS = 75
"""The longest line RFC 5545 (3.1) allows, its end excluded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A whole day: an identifier that never changes, words that name nobody, the page where it is dealt with."""

    uid: str
    on: date
    title: str
    url: str


def calendar_of(user: User, *, site: str, now: datetime) -> str:
    """Write the calendar of an account: what waits by a day, in each of the roles it holds."""
    with translation.override(user.language):
        events = {event.uid: event for event in _events(user, site, timezone.localdate(now))}
        return written(sorted(events.values(), key=lambda event: (event.on, event.uid)), name=_("My days"), now=now)


def written(events: list[Event], *, name: str, now: datetime) -> str:
    """Write a calendar in lines of 75 octets at most."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return "".join(
        f"{part}\r\n" for line in _lines(events, escaped(f"chezsoi – {name}"), stamp) for part in folded(line)
    )


def escaped(text: str) -> str:
    r"""
    Write a text value as RFC 5545 (3.3.11) asks.

    >>> escaped("Metz; rue A, 2\n\\")
    'Metz\\; rue A\\, 2\\n\\\\'
    """
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """Cut a line at 75 octets, never within a character; each line but the first begins with a space."""
    kept, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > OCTETS:
            yield kept
            kept, size = " ", 1
        kept, size = kept + letter, size + width
    yield kept


def _events(user: User, site: str, on: date) -> Iterator[Event]:
    host = site.partition("://")[2]
    for assignment in assignments_of(user, on=on):
        actor = actor_for(assignment, on=on, purpose="calendar")
        for kind, row, due in waiting.dated(actor, on=on, most=MOST):
            url = f"{site}{due.url if kind.key == 'sitting' else reverse('portal:day')}"
            if due.on is not None:
                yield Event(uid=f"{kind.key}-{row.pk}@{host}", on=due.on, title=str(kind.neutral), url=url)


def _lines(events: list[Event], name: str, stamp: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//chezsoi//chezsoi//FR", "CALSCALE:GREGORIAN")
    yield from (f"X-WR-CALNAME:{name}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H")
    for event in events:
        yield from ("BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{stamp}", f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}")
        yield from (f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}", f"SUMMARY:{escaped(event.title)}")
        yield from (f"URL:{event.url}", "TRANSP:TRANSPARENT", "CLASS:PRIVATE", "END:VEVENT")
    yield "END:VCALENDAR"
