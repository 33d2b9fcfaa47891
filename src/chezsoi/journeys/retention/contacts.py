"""
The last contact with a household, derived from every dated record about it.

Every past day of every record counts, except those that say nothing of the household itself: terms, ends of access,
withdrawals. An app that adds a dated record is thereby heard without being named here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.db import models
from django.db.models import F, Max, Q

from chezsoi.journeys.retention.models import ArchiveJustification
from chezsoi.journeys.retention.records import Path, paths
from chezsoi.people.models import Household, Person

NOT_A_CONTACT = frozenset({
    "due_on", "answer_due_on", "until_on", "ends_on", "expires_on", "withdrawn_on", "cancelled_on", "since",
    "valid_until", "valid_from", "planned_on", "next_on",
})  # fmt: skip
SILENT = (ArchiveJustification,)


def last_contacts(households: Iterable[Household], *, on: date) -> dict[int, date]:
    """Give the latest day up to `on` on which anything was heard of, or done for, each household."""
    found = {row.pk: max(day for day in (row.created_on, row.last_contact_on) if day) for row in households}
    for path, name in _dated():
        for household, day in _latest(path, name, set(found), on):
            found[household] = max(found[household], day)
    return found


def _latest(path: Path, name: str, households: set[int], on: date) -> Iterable[tuple[int, date]]:
    rows = path.model._base_manager.filter(**{f"{name}__lte": on})
    if path.root is Household:
        to = path.lookup
        rows = rows.filter(**{f"{to}__in": households})
    else:
        to = f"{path.lookup}__memberships__household"
        since = Q(**{f"{path.lookup}__memberships__starts_on__lte": F(name)})
        until = Q(**{f"{path.lookup}__memberships__ends_on": None})
        until |= Q(**{f"{path.lookup}__memberships__ends_on__gt": F(name)})
        rows = rows.filter(since, until, **{f"{to}__in": households})
    latest = rows.order_by().values_list(to).annotate(latest=Max(name)).values_list(to, "latest")
    return [(household, day) for household, day in latest]


@cache
def _dated() -> tuple[tuple[Path, str], ...]:
    return tuple(
        (path, field.name)
        for path in paths()
        if path.model not in SILENT and not (path.root is Person and _is_about_a_household(path.model))
        for field in path.model._meta.concrete_fields
        if type(field) is models.DateField and field.name not in NOT_A_CONTACT
    )


def _is_about_a_household(model: type[models.Model]) -> bool:
    return any(path.model is model and path.root is Household for path in paths())
