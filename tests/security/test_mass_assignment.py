"""What a form does not ask for changes nothing, whoever sends it along."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from tests.matrix.world import ROLES
from tests.security.forms import Form
from tests.security.house import Visit

SAMPLE = "lead_worker"
HARM: dict[type[models.Field], str] = {
    models.BooleanField: "on", models.IntegerField: "4321", models.DateField: "1999-01-02",
    models.DateTimeField: "1999-01-02T03:04", models.DecimalField: "4321.00",
}  # fmt: skip
CHANCE = re.compile(r"[\w-]{30,}=*|[A-Z0-9]{3}-[A-Z0-9]{4}|/\S+:\w{6}:[\w-]+/")
VOLATILE = (models.AutoField, models.DateTimeField, models.UUIDField, models.BinaryField)
NOT_OURS = ("django_session", "trail_")

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="compares the numbers of new rows, which only SQLite gives back"
)


def stuffing() -> dict[str, Any]:
    """Give every field of every model, by both its names, with a value that would be seen."""
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    found = {field.name: _harm(field) for field in fields if not field.is_relation}
    pointing = {name: "1" for field in fields if field.is_relation for name in (field.name, field.attname)}
    return {**found, **pointing, "id": "1", "pk": "1"}


def _harm(field: models.Field) -> str:
    return next((value for kind, value in HARM.items() if isinstance(field, kind)), "stuffed")


def sent(visit: Visit, form: Form, fields: Mapping[str, Any]) -> tuple[int, dict[str, list[tuple]]]:
    """Send a form, and give the answer with the rows of the tables it wrote; then take everything back."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            response = visit.client.post(form.action, dict(fields))
        written = {
            table
            for query in queries
            if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
            for table in [query["sql"].split('"')[1]]
        }
        rows = {table: _rows(table) for table in sorted(written) if not table.startswith(NOT_OURS)}
        transaction.set_rollback(True)
    return response.status_code, rows


def _rows(table: str) -> list[tuple]:
    model = next(each for each in apps.get_models(include_auto_created=True) if each._meta.db_table == table)
    kept = [field.attname for field in model._meta.concrete_fields if not isinstance(field, VOLATILE)]
    rows = model._default_manager.order_by("pk").values_list(*kept)
    return sorted((tuple(_plain(value) for value in row) for row in rows), key=repr)


def _plain(value: Any) -> Any:
    """Leave out what differs each time: names and secrets drawn by chance."""
    return "…" if isinstance(value, UUID) or (isinstance(value, str) and CHANCE.fullmatch(value)) else value


def changed(visit: Visit) -> tuple[int, list[str]]:
    """Send each form bare, then stuffed: count those that wrote, name those that did not write the same."""
    stuffed, wrote, faults = stuffing(), 0, []
    for form in visit.forms:
        if form.method != "POST":
            continue
        more = {name: value for name, value in stuffed.items() if name not in form.fields}
        bare = sent(visit, form, form.fields)
        wrote += bool(bare[1])
        if sent(visit, form, {**more, **form.fields}) != bare:
            faults.append(f"{form.action} {dict(form.fields)} answers {bare[0]}")
    return wrote, faults


def test_asvs_15_3_3_what_no_form_asks_for_changes_nothing(visit):
    wrote, faults = changed(visit(SAMPLE))

    assert faults == []
    assert wrote > 5


def test_what_is_sent_along_names_every_field_of_the_house():
    stuffed = stuffing()

    assert len(stuffed) > 300
    assert (stuffed["territory"], stuffed["is_active"], stuffed["birth_name"]) == ("1", "on", "stuffed")


def test_a_change_is_seen(visit):
    entered = visit(SAMPLE)
    form = next(each for each in entered.forms if each.action == "/people/new/")

    assert sent(entered, form, form.fields) != sent(entered, form, {**form.fields, "wishes": "a garden"})


@pytest.mark.drill
def test_no_form_of_any_role_takes_what_it_does_not_ask_for(visit, record_result):
    wrote, faults, forms = 0, [], 0
    for role in ROLES:
        entered = visit(role)
        some, found = changed(entered)
        wrote, forms = wrote + some, forms + sum(form.method == "POST" for form in entered.forms)
        faults += [f"{role}: {fault}" for fault in found]

    assert not faults, "\n".join(faults)
    record_result("mass-assignment", roles=len(ROLES), forms=forms, wrote=wrote, changed=len(faults))
