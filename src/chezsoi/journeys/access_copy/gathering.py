"""Read everything that is kept of one person, others masked: members by role and initial, workers by their service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Max, Min, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from chezsoi.allocation.choices import OF_VIOLENCE
from chezsoi.files.models import BatchChange
from chezsoi.journeys.access_copy.holding import Holding, Part
from chezsoi.journeys.access_copy.holdings import HOLDINGS
from chezsoi.journeys.access_copy.values import Value, file_change, values_of
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import AccessRequest, Household, HouseholdMember, Person
from chezsoi.people.queries.sight import READS
from chezsoi.territories.access import Can, authorize, roles
from chezsoi.territories.models import Organisation
from chezsoi.trail.models import Entry

LOOKS = ("people.household.read", "people.emergency.started")
READABLE = READS | {"own", "flag"}


class PartNotReadByRole(Exception):
    """A part of the file is not read by the role of whoever makes the copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row: which table, which row, its words."""

    part: Part
    model: str
    pk: int
    title: str
    category: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Everything that is kept of one person, part by part."""

    name: str
    made_on: date
    records: tuple[Record, ...]

    def of(self, part: Part) -> tuple[Record, ...]:
        return tuple(each for each in self.records if each.part is part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """The time a person lived in a household; `since` is None when nobody lived there before them."""

    household: Household
    since: date | None
    until: date | None
    names: tuple[str, ...] = field(default=())


def gather(request: AccessRequest, *, on: date, actor: Actor) -> Copy:
    """
    Gather the copy that was asked for.

    Raises
    ------
    NotAllowed
        If the role gives no copy, or the household does not exist for the actor.
    PartNotReadByRole
        If the file holds something that the role does not read: another gives the copy, whole.
    """
    authorize(actor, Can.GIVE_COPY, request)
    person = request.person
    stays = tuple(_stays(person))
    records = [record for holding in HOLDINGS for record in _records(holding, person, stays)]
    for each in records:
        if not _is_read(each, actor):
            raise PartNotReadByRole(each.category)
    records += [*_others(person, stays, on), *_readers(stays), *_changes(records)]
    order = list(Part)
    records.sort(key=lambda record: order.index(record.part))
    return Copy(name=person.full_name, made_on=on, records=tuple(records))


def names_of_others(request: AccessRequest, *, on: date, actor: Actor) -> frozenset[str]:
    """List the names of whoever lived with the person, to point at the passages that may speak of them."""
    authorize(actor, Can.GIVE_COPY, request)
    households = [stay.household for stay in _stays(request.person)]
    others = HouseholdMember.objects.filter(household__in=households).exclude(person=request.person)
    people = [row.person for row in others.select_related("person").order_by("pk")]
    words = [word for each in people for word in (each.given_names, each.birth_name, each.use_name)]
    own = {request.person.given_names, request.person.birth_name, request.person.use_name}
    return frozenset(word for text in words for word in text.replace(",", " ").split() if text not in own)


def _stays(person: Person) -> Iterator[Stay]:
    for row in person.memberships.select_related("household").order_by("starts_on", "pk"):
        if row.ends_on is not None and row.ends_on <= row.starts_on:
            continue  # a membership that ended the day it began was a mistake
        first = row.household.members.aggregate(first=Min("starts_on"))["first"]
        yield Stay(household=row.household, since=None if first == row.starts_on else row.starts_on, until=row.ends_on)


def _records(holding: Holding, person: Person, stays: Iterable[Stay]) -> Iterator[Record]:
    model = apps.get_model(holding.model)
    if holding.is_of_the_person:
        rows: Iterable[Model] = model._default_manager.filter(**{holding.path or "pk": person.pk}).order_by("pk")
        yield from (_record(holding, row, person) for row in rows)
        return
    for stay in stays:
        rows = _rows_of(holding, model._default_manager.all(), stay)
        yield from (_record(holding, row, person) for row in rows)


def _rows_of(holding: Holding, rows: QuerySet[Any], stay: Stay) -> QuerySet[Any]:
    found = rows.filter(**{holding.path: stay.household.pk}).order_by("pk")
    if not holding.day:
        return found if stay.until is None else found.none()
    kept = Q()
    if stay.since is not None:
        kept &= _from(holding, stay.since)
    if stay.until is not None:
        kept &= Q(**{f"{holding.day}__lt": _same_kind(holding, stay.until)})
    return found.filter(kept)


def _from(holding: Holding, day: date) -> Q:
    begun = Q(**{f"{holding.day}__gte": _same_kind(holding, day)})
    if not holding.until:
        return begun
    return begun | Q(**{holding.until: None}) | Q(**{f"{holding.until}__gt": day})


def _same_kind(holding: Holding, day: date) -> date | datetime:
    if not holding.day.endswith("_at"):
        return day
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _record(holding: Holding, row: Model, person: Person) -> Record:
    return Record(
        part=holding.part,
        model=holding.model,
        pk=row.pk,
        title=str(row._meta.verbose_name),
        category=_category(holding, row),
        values=values_of(row, holding, person),
    )


def _category(holding: Holding, row: Model) -> str:
    is_violence = holding.model == "allocation.PriorityLabel" and getattr(row, "label", "") in OF_VIOLENCE
    return "C8_violence_justice" if is_violence else getattr(row, "category", holding.category)


def _is_read(record: Record, actor: Actor) -> bool:
    if record.category == "C8_violence_justice":
        return actor.may(Can.SEE_VIOLENCE)
    role = roles().get(actor.role)
    return role is not None and role.categories[record.category] in READABLE


def _others(person: Person, stays: Iterable[Stay], on: date) -> Iterator[Record]:
    """Name those who lived with the person by their place and an initial."""
    for stay in stays:
        held = Q(ends_on=None) | Q(ends_on__gt=stay.since) if stay.since else Q()
        before = Q(starts_on__lt=stay.until) if stay.until else Q()
        rows = stay.household.members.exclude(person=person).filter(held, before).select_related("person")
        for row in rows.order_by("pk"):
            initial = (row.person.given_names or row.person.family_name or "–")[0]
            said = f"{row.get_role_display()} {initial}."
            yield Record(
                part=Part.HOUSEHOLD,
                model="people.HouseholdMember",
                pk=row.pk,
                title=_("lives or lived with you"),
                category="C2_household",
                values=(Value(key="who", label=_("who"), value=said, text=said),),
            )


def _readers(stays: Iterable[Stay]) -> Iterator[Record]:
    """Count by service how often the file was opened, and when last."""
    for stay in stays:
        looks = Entry.objects.filter(
            object_type="people.household", object_id=str(stay.household.pk), verb__in=LOOKS
        ).exclude(organisation_id=None)
        if stay.since:
            looks = looks.filter(at__date__gte=stay.since)
        if stay.until:
            looks = looks.filter(at__date__lt=stay.until)
        found = {
            row["organisation_id"]: row
            for row in looks.order_by().values("organisation_id").annotate(first=Min("at"), last=Max("at"))
        }
        for service in Organisation.objects.filter(pk__in=[pk for pk in found if pk is not None]).order_by("name"):
            yield _reader(service, found[service.pk]["first"], found[service.pk]["last"])


def _reader(service: Organisation, first: datetime, last: datetime) -> Record:
    days = [timezone.localdate(first), timezone.localdate(last)]
    return Record(
        part=Part.READERS,
        model="trail.Entry",
        pk=service.pk,
        title=_("opened your file"),
        category="C2_household",
        values=(
            Value(key="organisation", label=_("service"), value=service.name, text=service.name),
            Value.of_day("first", _("first on"), days[0]),
            Value.of_day("last", _("last on"), days[1]),
        ),
    )


def _changes(records: Iterable[Record]) -> Iterator[Record]:
    """Give what files replaced in the rows of the copy."""
    kept = {(each.model, str(each.pk)) for each in records}
    labels = {label for label, _pk in kept}
    rows = BatchChange.objects.filter(model_label__in=labels, object_id__in={pk for _label, pk in kept})
    for row in rows.select_related("batch__source").order_by("pk"):
        if (row.model_label, row.object_id) in kept:
            yield Record(
                part=Part.FILES,
                model="files.BatchChange",
                pk=row.pk,
                title=str(row._meta.verbose_name),
                category="C1_identity",
                values=file_change(row),
            )
