"""Erase the file of one household, whole, in one transaction: every app, every record, and what stays said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db import models, transaction

from chezsoi import trail
from chezsoi.allocation import actions as allocation
from chezsoi.files import storage
from chezsoi.journeys.retention import queries, records
from chezsoi.journeys.retention.models import Tombstone
from chezsoi.journeys.retention.records import Keys
from chezsoi.kernel.actor import Actor
from chezsoi.observatory import actions as observatory
from chezsoi.people import actions as people
from chezsoi.people import queries as people_queries
from chezsoi.people.models import Household, HouseholdReference, Person, PersonReference, ResidentialSituation
from chezsoi.territories.access import Can, authorize

_AT_ONCE = 500


class NotDue(Exception):
    """Somebody heard of the household meanwhile, or something keeps its file: nothing was erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What one erasure removed."""

    persons: int = 0
    rows: int = 0
    by_model: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def erase_household(*, actor: Actor, household: int, on: date, rounds: Mapping[str, frozenset[int]]) -> Erased:
    """
    Erase the file of a household whose time is over, and of its people who belong to no other.

    `rounds` says which rounds froze which file number. What it counts for in the figures is kept as a number; its file
    numbers as keyed digests.

    :raises NotDue: if it was heard of meanwhile, or something keeps it.
    """
    held = Household.objects.select_for_update(of=("self",)).select_related("territory").get(pk=household)
    authorize(actor, Can.PURGE_FILES, Tombstone(territory=held.territory))
    if not queries.is_due(held, on=on, actor=actor):
        raise NotDue(household)
    observatory.keep_counts(actor=actor, household=held)
    doomed = records.of({household})
    digests = _mark(actor, held, doomed, on)
    allocation.forget_facts(actor=actor, rounds=rounds.get(held.reference, frozenset()), on=on)
    _cut_loose(doomed)
    _discard_files(doomed)
    words = people_queries.words_borne(doomed.get(Person, ()), actor=actor)
    counted = _delete(doomed)
    people.forget_unborne_words(actor=actor, among=words)
    trail.record(
        actor,
        "retention.household.erased",
        detail={"marks": digests, "records": dict(sorted(counted.items()))},
        territory_id=held.territory_id,
    )
    persons = len(doomed.get(Person, ()))
    return Erased(persons=persons, rows=counted.total(), by_model=counted)


def _mark(actor: Actor, household: Household, doomed: Keys, on: date) -> list[str]:
    """Keep the digest of each number its file bore, so that an old list does not bring it back."""
    rows = HouseholdReference.objects.filter(pk__in=doomed.get(HouseholdReference, ())).order_by("pk")
    people = PersonReference.objects.filter(pk__in=doomed.get(PersonReference, ())).order_by("pk")
    numbers: set[tuple[int | None, str]] = {(None, household.reference)}
    numbers |= {*rows.values_list("source_id", "file_number"), *people.values_list("source_id", "file_number")}
    digests = sorted(queries.number_digest(source, number, actor=actor) for source, number in numbers)
    Tombstone.objects.bulk_create(
        [Tombstone(territory=household.territory, digest=digest, erased_on=on) for digest in digests],
        update_conflicts=True,
        unique_fields=["territory", "digest"],
        update_fields=["erased_on"],
    )
    return digests


def _cut_loose(doomed: Keys) -> None:
    """Let what stays no longer refer to what goes: an observation derived from one that goes stands by itself."""
    going = list(doomed.get(ResidentialSituation, ()))
    staying = ResidentialSituation.objects.filter(derived_from__in=going).exclude(pk__in=going)
    staying.update(derived_from=None, is_derived=False)
    for key in records.links():
        gone = doomed.get(key.related_model, set())
        own = doomed.get(key.model, set())
        for chunk in records.chunks(gone):
            referring = key.model._base_manager.filter(**{f"{key.name}__in": chunk}).exclude(pk__in=own)
            referring.update(**{key.name: None})


def _discard_files(doomed: Keys) -> None:
    """Remove the kept copies that go with their records, once the records are gone."""
    for model, keys in doomed.items():
        if any(column.name == "stored_name" for column in model._meta.concrete_fields):
            rows = model._base_manager.filter(pk__in=keys).order_by()
            for name in rows.values_list("stored_name", flat=True):
                transaction.on_commit(partial(storage.discard, name))


def _delete(doomed: Keys) -> Counter[str]:
    counted: Counter[str] = Counter()
    for model in records.deletion_order():
        for chunk in records.chunks(doomed.get(model, set())):
            for label, count in _delete_rows(model, chunk).items():
                counted[label] += count
    return counted


def _delete_rows(model: type[models.Model], keys: list[Any]) -> dict[str, int]:
    _count, by_model = model._base_manager.filter(pk__in=keys).delete()
    return {label: count for label, count in by_model.items() if count}
