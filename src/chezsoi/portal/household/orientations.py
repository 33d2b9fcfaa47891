"""Where the SIAO orients a household, on its page: the last ones, the lists it is on, the lines of its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.siao import queries, tables
from chezsoi.siao.models import Assessment, Orientation
from chezsoi.territories.access import Can
from chezsoi.ui.shapes import Entry

SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Orientations:
    """The last orientations that hold, the teams that follow, the page where they are written, the lines told."""

    last: tuple[Entry, ...]
    teams: str
    url: str
    told: tuple[Entry, ...]


def read(household: Household, *, on: date, actor: Actor) -> Orientations:
    """Compose what the SIAO decided for a household, within what the actor may read of it."""
    rows = list(queries.orientations_of(household, actor=actor))
    listed = queries.listed(household, actor=actor, on=on)
    held = [row for row in rows if row.withdrawn_at is None]
    return Orientations(
        last=tuple(_entry(row) for row in held[:SHOWN]),
        teams=", ".join(row.team.name for row in listed),
        url=reverse("siao:household", args=[household.pk]) if actor.may(Can.SEE_ORIENTATIONS) else "",
        told=(*_told(held), *_assessed(queries.assessments_of(household, actor=actor))),
    )


def _entry(row: Orientation) -> Entry:
    asked = _("asked for: %(asked)s") % {"asked": row.get_asked_display()}
    where = capfirst(str(row.get_destination_display()))
    return Entry(when=row.decided_on, title=where, detail=asked, tag=tables.state(row))


def _told(rows: Iterable[Orientation]) -> Iterator[Entry]:
    for row in rows:
        where = str(row.get_destination_display())
        asked = _("asked for: %(asked)s") % {"asked": row.get_asked_display()}
        yield Entry(when=row.decided_on, title=_("Oriented by the SIAO"), lead=where, detail=asked)
        for step in row.steps.all():
            if step.withdrawn_at is None:
                said = _("Orientation: %(what)s") % {"what": step.get_kind_display()}
                yield Entry(when=step.happened_on, title=said, lead=where)


def _assessed(rows: Iterable[Assessment]) -> Iterator[Entry]:
    for row in rows:
        if row.withdrawn_at is None:
            yield Entry(when=row.assessed_on, title=_("Assessed by the SIAO"), lead=row.person.full_name)
