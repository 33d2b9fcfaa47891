"""The page of one's day: what waits, by how much it presses, each thing one press away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from chezsoi.kernel.actor import Actor
from chezsoi.portal import waiting
from chezsoi.portal.dues import Due
from chezsoi.portal.waiting import Kind
from chezsoi.ui.shapes import Entry, Link, Tag
from chezsoi.ui.shapes import Kind as Look
from chezsoi.ui.typography import number

SHOWN = 12
"""Of each kind, as many are written out; the room shows the others."""

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Things that press alike, the first due first."""

    title: str
    note: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The bands of a day that hold something, how many things wait in all, and where those not written out are."""

    bands: tuple[Band, ...]
    things: int
    others: tuple[Link, ...]


def day(*, actor: Actor, on: date, counts: Mapping[str, int]) -> Day:
    """Compose the day of an actor; `counts` are those of the rail, so that both say the same."""
    found = [(kind, list(_dues(kind, actor, on, counts))) for kind in waiting.kinds_of(actor)]
    bands = tuple(band for band in _bands(found, on) if band.entries)
    return Day(bands=bands, things=sum(counts.values()), others=tuple(_others(found, counts)))


def _dues(kind: Kind, actor: Actor, on: date, counts: Mapping[str, int]) -> Iterator[Due]:
    """Write out the first of a kind; those that are read as a list take one line, with their number."""
    rows = kind.rows(actor, on)[: 1 if kind.is_one_line else SHOWN]
    for row in rows:
        due = kind.due(row)
        yield replace(due, lead=number(counts[kind.room])) if kind.is_one_line else due


def _bands(found: Iterable[tuple[Kind, list[Due]]], on: date) -> Iterator[Band]:
    dues = [due for _kind, each in found for due in each]
    timed = sorted((due for due in dues if due.on is not None), key=lambda due: due.on or on)
    late = [due for due in timed if due.on is not None and due.on < on]
    today = [due for due in timed if due.on == on]
    soon = [due for due in timed if due.on is not None and on < due.on <= on + SOON]
    later = [due for due in timed if due.on is not None and due.on > on + SOON]
    yield _band(_("Waiting for a while"), _("Nothing is lost. Do it, or say why not."), late, Look.WAIT)
    yield _band(_("Today"), "", today)
    yield _band(_("As soon as there is a moment"), _("No date, but somebody waits."), [d for d in dues if d.on is None])
    yield _band(_("In the next seven days"), "", soon)
    yield _band(_("Later"), "", later)


def _band(title: str, note: str, dues: Iterable[Due], look: str = "") -> Band:
    tag = Tag(label=_("overdue"), kind=look) if look else None
    return Band(
        title=title,
        note=note,
        entries=[
            Entry(when=due.on or due.when, title=due.title, lead=due.lead, detail=due.detail, url=due.url, tag=tag)
            for due in dues
        ],
    )


def _others(found: Iterable[tuple[Kind, list[Due]]], counts: Mapping[str, int]) -> Iterator[Link]:
    """Lead to the rooms that hold more than is written out."""
    for kind, dues in found:
        if len(dues) == SHOWN < counts[kind.room]:
            yield Link(label=_("%(kind)s: see them all") % {"kind": kind.title}, url=reverse(kind.room))
