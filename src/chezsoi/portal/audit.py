"""The trail as its reader sees it: identifiers and codes, never content."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chezsoi.kernel.actor import Actor
from chezsoi.portal.navigation import role_label
from chezsoi.territories.access import Can, authorize
from chezsoi.trail.models import Entry
from chezsoi.ui.shapes import Cell, Column, Row, Table


def entries(*, actor: Actor) -> QuerySet[Entry]:
    """List the entries of the actor's territories and organisation, the newest first."""
    authorize(actor, Can.READ_TRAIL)
    mine = Q(territory_id__in=actor.territory_ids) | Q(organisation_id=actor.organisation_id)
    return Entry.objects.filter(mine).order_by("-id")


def table(rows: Iterable[Entry]) -> Table:
    """Lay entries out in a table."""
    return Table(
        caption=_("Trail"),
        hides_caption=True,
        columns=(
            Column(label=_("When")),
            Column(label=_("Who")),
            Column(label=_("Act")),
            Column(label=_("On what")),
            Column(label=_("Sealed"), is_numeric=True),
        ),
        rows=tuple(_row(entry) for entry in rows),
    )


def _row(entry: Entry) -> Row:
    return Row(
        cells=(
            Cell(text=date_format(timezone.localtime(entry.at), "SHORT_DATETIME_FORMAT")),
            Cell(text=entry.actor_label or _("anonymous"), detail=role_label(entry.role) or entry.role),
            Cell(text=entry.verb, detail=entry.reason),
            Cell(text=f"{entry.object_type} {entry.object_id}".strip()),
            Cell(text=str(entry.batch) if entry.batch else _("not yet")),
        )
    )
