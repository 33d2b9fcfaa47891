"""The trail as its reader sees it: identifiers and codes, never content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chezsoi import trail
from chezsoi.fields.ordering import Orders
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.orders import Order
from chezsoi.people.models import Household
from chezsoi.portal.navigation import role_label
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Organisation
from chezsoi.trail.models import Entry
from chezsoi.ui.shapes import By, Cell, Column, Row, Table

LISTED = "people.households.listed"
READS = ("people.household.read", "people.emergency.started", LISTED)
ORDERS = Orders("-when", {"when": ()})
"""Entries are numbered as they are written: their number is their order, and their index."""
COLUMNS = ("at", "who", "role", "organisation", "purpose", "verb", "object_type", "object_id", "sealed_batch")
"""The columns of the export: no detail and no reason, which may hold words about somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader of the trail looks for; an empty part asks for nothing."""

    who: str = ""
    verb: str = ""
    household: str = ""
    first: date | None = None
    last: date | None = None


def entries(*, actor: Actor, asked: Asked | None = None, order: Order | None = None) -> QuerySet[Entry]:
    """
    List the entries of the actor's territories and organisation that answer, the newest first.

    An entry about no place (a list, a sign-in) is of the territories where its service works.
    """
    authorize(actor, Can.READ_TRAIL)
    at_work_here = Organisation.objects.filter(territories__in=actor.territory_ids).values("pk")
    placeless = Q(territory_id=None, organisation_id__in=at_work_here)
    mine = Q(territory_id__in=actor.territory_ids) | Q(organisation_id=actor.organisation_id) | placeless
    rows = Entry.objects.filter(mine)
    wanted = asked or Asked()
    if wanted.who:
        rows = rows.filter(actor_label__icontains=wanted.who.strip())
    if wanted.verb:
        rows = rows.filter(verb__startswith=wanted.verb)
    if wanted.first:
        rows = rows.filter(at__gte=_midnight(wanted.first))
    if wanted.last:
        rows = rows.filter(at__lt=_midnight(wanted.last + timedelta(days=1)))
    if wanted.household:
        rows = rows.filter(_about(_household(wanted.household, actor)))
    return ORDERS.put(rows, order)


def readers(reference: str, *, actor: Actor) -> Table:
    """Count who looked at a household's file, from its file number: how often, when last."""
    authorize(actor, Can.READ_TRAIL)
    rows = entries(actor=actor, asked=Asked(household=reference)).filter(verb__in=READS)
    counted = rows.order_by().values("actor_label", "role", "organisation_id")
    found = list(counted.annotate(times=Count("pk"), last=Max("at")).order_by("-last", "actor_label"))
    services = _services(row["organisation_id"] for row in found)
    return Table(
        caption=_("Who read this household"),
        hides_caption=True,
        columns=(
            Column(label=_("Who")),
            Column(label=_("Service")),
            Column(label=_("Times"), is_numeric=True),
            Column(label=_("Last time")),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=row["actor_label"], detail=role_label(row["role"]) or row["role"], is_strong=True),
                    Cell(text=services.get(row["organisation_id"] or 0, "–")),
                    Cell(text=str(row["times"])),
                    Cell(text=_moment(row["last"])),
                )
            )
            for row in found
        ),
    )


def table(rows: Iterable[Entry], *, order: Order | None = None) -> Table:
    """Lay entries out in a table."""
    listed = list(rows)
    services = _services(entry.organisation_id for entry in listed)
    return Table(
        caption=_("Trail"),
        hides_caption=True,
        columns=(
            Column(label=_("When"), sort="when", by=By.DAYS),
            Column(label=_("Who")),
            Column(label=_("Act"), is_code=True),
            Column(label=_("On what"), is_code=True),
            Column(label=_("Sealed"), is_numeric=True),
        ),
        rows=tuple(_row(entry, services) for entry in listed),
        order=order,
        part="trail-list",
    )


def exported(asked: Asked, *, actor: Actor, order: Order | None = None) -> Iterator[tuple[str, ...]]:
    """Give the lines of an export, and write down that it was made."""
    rows = entries(actor=actor, asked=asked, order=order)
    services = _services(rows.order_by().values_list("organisation_id", flat=True).distinct())
    used = [name for name in Asked.__dataclass_fields__ if getattr(asked, name)]
    trail.record(actor, "trail.exported", detail={"filters": sorted(used)})
    return (_exported(entry, services) for entry in rows.iterator(chunk_size=2000))


def _exported(entry: Entry, services: dict[int, str]) -> tuple[str, ...]:
    return (
        entry.at.isoformat(timespec="seconds"),
        entry.actor_label,
        entry.role,
        services.get(entry.organisation_id or 0, ""),
        entry.purpose,
        entry.verb,
        entry.object_type,
        entry.object_id,
        str(entry.batch or ""),
    )


def _row(entry: Entry, services: dict[int, str]) -> Row:
    who = " · ".join(
        part for part in (role_label(entry.role) or entry.role, services.get(entry.organisation_id or 0, "")) if part
    )
    return Row(
        cells=(
            Cell(text=_moment(entry.at)),
            Cell(text=entry.actor_label or _("anonymous"), detail=who),
            Cell(text=entry.verb, detail=entry.reason),
            Cell(text=f"{entry.object_type} {entry.object_id}".strip()),
            Cell(text=str(entry.batch) if entry.batch else _("not yet")),
        )
    )


def _household(reference: str, actor: Actor) -> int:
    """Find the household of a file number, or of the `#number` the trail bears; 0 when there is none."""
    asked = reference.strip()
    number = asked.removeprefix("#")
    named = Q(pk=int(number)) if asked.startswith("#") and number.isdecimal() else Q(reference__iexact=asked)
    rows = Household.objects.filter(named, territory_id__in=actor.territory_ids)
    return rows.order_by("pk").values_list("pk", flat=True).first() or 0


def _about(pk: int) -> Q:
    """Keep what was done to a household, to something of its file, and the lists that showed it."""
    itself = Q(object_type="people.household", object_id=str(pk))
    part = Q(detail__contains=f'"household":{pk},') | Q(detail__contains=f'"household":{pk}' + "}")
    shown = Q()
    for start in "[,":
        for end in ",]":
            shown |= Q(detail__contains=f"{start}{pk}{end}")
    return itself | part | (Q(verb=LISTED) & shown)


def _services(ids: Iterable[int | None]) -> dict[int, str]:
    return dict(Organisation.objects.filter(pk__in={pk for pk in ids if pk}).values_list("pk", "name"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _moment(instant: datetime) -> str:
    return date_format(timezone.localtime(instant), "SHORT_DATETIME_FORMAT")
