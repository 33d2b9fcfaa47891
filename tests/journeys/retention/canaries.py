"""Fill an installation with two households whose every personal field holds a canary, and print the canaries."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from itertools import count

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.db import DataError, IntegrityError, connection, models, transaction  # noqa: E402

from chezsoi.fields import EncryptedJSONField, EncryptedTextField  # noqa: E402
from chezsoi.files import actions as files  # noqa: E402
from chezsoi.files.choices import SourceKind  # noqa: E402
from chezsoi.homes.models import Dwelling, Offer, Owner  # noqa: E402
from chezsoi.journeys.retention import records  # noqa: E402
from chezsoi.kernel.dates import PartialDate  # noqa: E402
from chezsoi.people.choices import MemberRole  # noqa: E402
from chezsoi.people.models import Household, HouseholdMember, Person  # noqa: E402
from chezsoi.support.choices import TeamKind  # noqa: E402
from chezsoi.territories.access import Can  # noqa: E402
from tests.factories import people, tenancies, territories  # noqa: E402

MET_ON = date(2026, 1, 15)
LATER = frozenset({"answer_due_on", "until_on", "due_on", "ends_at", "review_due_at"})
_numbers = count(1)


def canary() -> str:
    return f"Kanarie{next(_numbers):04}qzx"


def fill() -> set[str]:
    """Write one row at least in every table about people, with a canary in each of their texts."""
    first = people.household(people.member(canary(), canary(), situation=people.street(MET_ON)), on=MET_ON)
    people.household(people.member(canary(), canary()), on=MET_ON)
    _lease(first)
    _file_sent()
    person = people.lead(first)
    rows: dict[type[models.Model], models.Model] = {Household: first, Person: person}
    for model in reversed(records.deletion_order()):
        rows.setdefault(model, _row(model, rows))
    return {*_spread(), *_account(), *_homes()}


def _lease(household: Household) -> None:
    agent = territories.actor("social_landlord_agent")
    chosen = tenancies.candidacy(household, offer=tenancies.offer(agent=agent), state="lost", decided_on=MET_ON)
    household.leases.create(
        territory=household.territory, dwelling=chosen.offer.dwelling, offer=chosen.offer, candidacy=chosen,
        kind="direct", is_social=True, signed_on=MET_ON, starts_on=MET_ON, ended_on=MET_ON + timedelta(days=30),
    )  # fmt: skip


def _row(model: type[models.Model], rows: dict[type[models.Model], models.Model]) -> models.Model | None:
    """Give a row of a model, made with the plainest values when there is none."""
    known = model._base_manager.order_by("pk").first()
    if known is not None:
        return known
    values = {**_special(model, rows)}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.has_default() or field.null or field.name in values:
            continue
        values[field.name] = _plain(field, rows)
    return model._base_manager.create(**values)


def _special(model: type[models.Model], rows: dict[type[models.Model], models.Model]) -> dict[str, object]:
    """Give what the constraints of a few tables ask for."""
    person = rows[Person]
    other = Person.objects.exclude(pk=person.pk).order_by("pk").first()
    return {
        "people.Correction": {"person": person},
        "people.PossibleDuplicate": {"first": person, "second": other, "weight": 1.0},
        "support.Handover": {"from_team": TeamKind.STREET},
        "allocation.CompanyWish": {"other": Household.objects.exclude(pk=rows[Household].pk).first()},
        "support.MeetingCommitment": {"outcome": "not_done", "settled_on": MET_ON},
    }.get(model._meta.label, {})


def _plain(field: models.Field, rows: dict[type[models.Model], models.Model]) -> object:
    if isinstance(field, models.ForeignKey):
        return rows.get(field.related_model) or _row(field.related_model, rows)
    if field.blank and isinstance(field, models.CharField):
        return ""
    if field.choices:
        return field.choices[-1][0]
    if isinstance(field, EncryptedJSONField | models.JSONField):
        return []
    if isinstance(field, models.DateTimeField):
        return f"{MET_ON}T1{int(field.name in LATER)}:00:00Z"
    if isinstance(field, models.DateField):
        return MET_ON + timedelta(days=30 if field.name in LATER else 0)
    return "x" if isinstance(field, models.CharField | models.TextField) else 1


def _account() -> Iterator[str]:
    """Give an account that left with its role, and what is its alone."""
    name, address, subject = canary(), canary(), canary()
    user = territories.user(f"{address}@example.org", full_name=name)
    territories.assignment("lead_worker", user=user, starts_on=MET_ON - timedelta(days=1), ends_on=MET_ON)
    user.identities.create(issuer="https://provider.example", subject=subject, linked_at=f"{MET_ON}T10:00:00Z")
    yield from (name, address, subject)


def _homes() -> Iterator[str]:
    """Give an owner nobody heard of again, with a home; and say where every other home stands."""
    name = canary()
    owner = Owner.objects.create(territory=territories.territory(), name=name, kind="person", recorded_on=MET_ON)
    Dwelling.objects.create(territory=owner.territory, reference="L-silent", owner=owner, stock="private")
    yield name
    Offer.objects.update(state="withdrawn", blocked_on=None, blocked_by=None)
    for dwelling in Dwelling.objects.order_by("pk"):
        dwelling.address = canary()
        dwelling.recorded_on = MET_ON
        dwelling.save()
        yield dwelling.address


def _file_sent() -> None:
    actor = territories.program()
    source = files.ensure_source(
        actor=actor, can=Can.IMPORT_PEOPLE, territory=territories.territory(), organisation=territories.organisation(),
        kind=SourceKind.PEOPLE, key="siao",
    )  # fmt: skip
    content = BytesIO(canary().encode())
    files.open_batch(
        actor=actor, can=Can.IMPORT_PEOPLE, source=source, content=content, file_name="list.csv", as_of_on=MET_ON
    )


def _spread() -> Iterator[str]:
    """Put a canary in each text of each row about somebody, and give it as the files of the database hold it."""
    for model in {*records.deletion_order(), apps.get_model("files.ImportBatch")}:
        declared = getattr(model, "privacy", None)
        personal = {*declared.identifying, *declared.sensitive} if declared else set()
        for row in model._base_manager.order_by("pk"):
            given = {field.attname: _canary(field, personal) for field in model._meta.concrete_fields}
            written = {name: value for name, value in given.items() if value and _accepts(model, row.pk, name, value)}
            yield from _as_stored(model, row.pk, written)


def _accepts(model: type[models.Model], pk: object, name: str, value: object) -> bool:
    """Write one value; some are only allowed beside others, in another state of the row."""
    try:
        with transaction.atomic():
            return bool(model._base_manager.filter(pk=pk).update(**{name: value}))
    except (IntegrityError, DataError):
        return False


def _canary(field: models.Field, personal: set[str]) -> object:
    if field.name not in personal or field.choices or isinstance(field, models.ForeignKey):
        return None
    if isinstance(field, EncryptedJSONField):
        return [canary()]
    if isinstance(field, models.JSONField):
        return [canary()]
    if type(field).__name__ == "PartialDateField":
        return PartialDate(1970, 3, next(_numbers) % 27 + 1)
    if isinstance(field, EncryptedTextField | models.TextField | models.CharField):
        return canary()
    return None


def _as_stored(model: type[models.Model], pk: object, written: dict[str, object]) -> Iterator[str]:
    names = [name for name, value in written.items() if not isinstance(value, PartialDate)]
    for name in names:
        column, table = model._meta.get_field(name).column, model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE id = %s', [pk])  # noqa: S608  names of our models
            (stored,) = cursor.fetchone()
        value = written[name]
        yield stored if str(stored).startswith("1:") else value[0] if isinstance(value, list) else str(value)


if __name__ == "__main__":
    found = fill()
    Household.objects.update(created_on=MET_ON, last_contact_on=MET_ON)
    HouseholdMember.objects.filter(role=MemberRole.LEAD).update(starts_on=MET_ON)
    print(json.dumps(sorted(found)))
