"""The words of one row for the person it is about: what a machine reads, what a reader reads, nobody else's name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from django.db.models import Field, ForeignKey, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chezsoi.fields import MoneyField
from chezsoi.files.models import BatchChange
from chezsoi.journeys.access_copy.holding import Holding
from chezsoi.journeys.access_copy.passages import Passage, passages
from chezsoi.kernel.dates import PartialDate
from chezsoi.kernel.quality import Quality
from chezsoi.people.models import Person
from chezsoi.territories.models import Organisation, RoleAssignment, User
from chezsoi.ui import dates, typography

QUALITIES: dict[str, Promise] = {
    Quality.KNOWN: gettext_lazy("known"),
    Quality.APPROXIMATE: gettext_lazy("approximate"),
    Quality.UNKNOWN: gettext_lazy("not known"),
    Quality.REFUSED: gettext_lazy("does not wish to say"),
    Quality.NOT_ASKED: gettext_lazy("not asked"),
}
NAMES: dict[str, Callable[[Any], str]] = {
    "territories.Organisation": lambda row: row.name,
    "territories.Territory": lambda row: row.name,
    "territories.Commune": lambda row: row.name,
    "files.Source": lambda row: f"{row.name}, {row.organisation.name}",
    "people.Household": lambda row: row.reference,
    "homes.Dwelling": lambda row: row.address or row.reference,
    "homes.Offer": lambda row: row.dwelling.address or row.dwelling.reference,
    "allocation.Round": lambda row: f"{row.frozen_on}",
    "allocation.JointRound": lambda row: f"{row.frozen_on}",
    "allocation.Candidacy": lambda row: row.offer.dwelling.address or row.offer.dwelling.reference,
    "allocation.Sitting": lambda row: f"{row.held_on}, {row.commission.name}",
    "allocation.SittingItem": lambda row: f"{row.sitting.held_on}, {row.sitting.commission.name}",
    "allocation.Decision": lambda row: f"{row.decided_on}",
    "allocation.OfferLetter": lambda row: f"{row.sent_on}",
    "siao.SiaoTeam": lambda row: row.name,
    "siao.Orientation": lambda row: f"{row.decided_on}",
    "support.SupportMeasure": lambda row: str(row.get_scheme_display()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One column: its key, its label, its value for a machine, its text for a reader; free text comes as passages."""

    key: str
    label: str
    value: Any
    text: str
    passages: tuple[Passage, ...] = ()

    @classmethod
    def of_day(cls, key: str, label: str, day: date) -> Self:
        """Make a value of a day."""
        return cls(key=key, label=label, value=day.isoformat(), text=dates.full(day))


def values_of(row: Model, holding: Holding, person: Person) -> tuple[Value, ...]:
    """Give every column of a row but its own number, the way to the person, and what the holding omits."""
    way = holding.path.split("__", maxsplit=1)[0]
    columns = [column for column in row._meta.concrete_fields if column.name not in {"id", way, *holding.omits}]
    return tuple(_value(row, column, holding, person) for column in columns)


def file_change(row: BatchChange) -> tuple[Value, ...]:
    """Tell which file brought or changed a row, when, and what was there before."""
    source = row.batch.source
    day = timezone.localdate(row.batch.opened_at)
    before = json.dumps(row.before, ensure_ascii=False, sort_keys=True, default=str)
    return (
        Value(key="kind", label=_("what the file did"), value=row.kind, text=str(row.get_kind_display())),
        Value(key="source", label=_("source of files"), value=source.name, text=NAMES["files.Source"](source)),
        Value.of_day("sent", _("sent on"), day),
        Value(
            key="before",
            label=_("values before"),
            value=None,
            text="",
            passages=passages(before, of=f"files.BatchChange:{row.pk}:before") if row.before else (),
        ),
    )


def _value(row: Model, column: Field[Any, Any], holding: Holding, person: Person) -> Value:
    held = getattr(row, column.attname)
    label = str(column.verbose_name)
    if column.name in holding.free:
        source = f"{holding.model}:{row.pk}:{column.name}"
        return Value(key=column.name, label=label, value=None, text="", passages=passages(held or "", of=source))
    if isinstance(column, ForeignKey):
        value, text = _linked(row, column, person)
    elif column.name.endswith("_by") and isinstance(held, int):
        value = text = _service_of(held)
    elif column.choices and held not in {None, ""}:
        said = QUALITIES if "quality" in column.name else dict(column.flatchoices)
        value, text = held, str(said.get(held, held))
    else:
        value, text = _plain(held, column)
    return Value(key=column.name, label=label, value=value, text=text)


def _linked(row: Model, column: ForeignKey[Any, Any], person: Person) -> tuple[Any, str]:
    linked = getattr(row, column.name)
    if linked is None:
        return None, ""
    if isinstance(linked, User):
        named = _service_of(linked.pk)
        return named, named
    if isinstance(linked, Person):
        named = _("you") if linked.pk == person.pk else _("somebody else")
        return named, named
    named = NAMES[linked._meta.label](linked)
    return named, named


def _service_of(account: int) -> str:
    """Name a worker by the services they work for."""
    held = RoleAssignment.objects.filter(user_id=account).values("organisation")
    services = Organisation.objects.filter(pk__in=held).order_by("name").values_list("name", flat=True)
    return _("a worker of %(service)s") % {"service": ", ".join(services)} if services else _("a worker")


def _plain(held: Any, column: Field[Any, Any]) -> tuple[Any, str]:
    match held:
        case None | "":
            return None, ""
        case bool():
            return held, _("yes") if held else _("no")
        case PartialDate() | date():
            return _dated(held)
        case Decimal():
            return str(held), typography.euros(held) if isinstance(column, MoneyField) else str(held)
        case dict() | list():
            return held, json.dumps(held, ensure_ascii=False, sort_keys=True)
        case _:
            return held, str(held)


def _dated(held: PartialDate | date) -> tuple[str | None, str]:
    if isinstance(held, PartialDate):
        return (str(held), dates.partial(held)) if held.is_known else (None, "")
    if isinstance(held, datetime):
        return held.isoformat(), date_format(timezone.localtime(held), "SHORT_DATETIME_FORMAT")
    return held.isoformat(), dates.full(held)
