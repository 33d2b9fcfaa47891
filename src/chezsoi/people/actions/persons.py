"""What is learned of a person after the first meeting: other names, telephones, corrections."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from chezsoi import trail
from chezsoi.files.models import Source
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries
from chezsoi.people.actions.circles import Circle
from chezsoi.people.actions.facts import InTheFuture
from chezsoi.people.actions.identity import Filing
from chezsoi.people.actions.pen import Pen, Recorder
from chezsoi.people.models import Alias, Correction, Household, Person, Phone
from chezsoi.people.models.persons import sort_name
from chezsoi.territories.access import Can

CORRIGIBLE = frozenset({"birth_name", "use_name", "given_names", "name_quality", "birth_date", "birth_quality", "sex"})
NAMES = frozenset({"birth_name", "use_name", "given_names"})


class HasNoHousehold(Exception):
    """The person never belonged to a household: nobody can say who may open their file."""


class NotCorrigible(Exception):
    """The value is not one that a person's file holds."""


@transaction.atomic
def correct_person(
    *,
    actor: Actor,
    person: Person,
    values: dict[str, Any],
    on: date,
    reason: str = "",
    version: int | None = None,
    source: Source | None = None,
    recorder: Recorder | None = None,
) -> Person:
    """
    Replace values of a person's file; the former ones are kept as corrections, a former name as an alias too.

    :raises NotCorrigible: if a value is not one of the person's file.
    :raises InTheFuture: if they would be born after that day.
    :raises ChangedMeanwhile: if the household's file has another version by now.
    """
    pen = Pen(actor=actor, source=source, recorder=recorder)
    household = _household(pen, person)
    if not values.keys() <= CORRIGIBLE:
        raise NotCorrigible(sorted(values.keys() - CORRIGIBLE))
    birth = values.get("birth_date", person.birth_date)
    if birth.earliest is not None and birth.earliest > on:
        raise InTheFuture("birth")
    changed = {name: value for name, value in values.items() if getattr(person, name) != value}
    if not changed:
        return person
    pen.edit(household, version=version)
    _keep(pen, person, changed, reason, on)
    family, given = _names(person, changed)
    aliases = sorted(alias.name for alias in person.aliases.all())
    pen.change(person, **changed, sort_name=sort_name(family, given, aliases))
    trail.record(actor, "people.person.corrected", person, detail={"fields": sorted(changed)}, reason=reason)
    _refile(pen, household, person, on)
    return person


@transaction.atomic
def add_alias(
    *,
    actor: Actor,
    person: Person,
    name: str,
    on: date,
    source: Source | None = None,
    recorder: Recorder | None = None,
) -> Alias:
    """Note another name a person goes by; one already noted is given back."""
    pen = Pen(actor=actor, source=source, recorder=recorder)
    household = _household(pen, person)
    known = person.aliases.filter(name=name).first()
    if known is not None:
        return known
    alias = pen.create(Alias.of(person, name, on=on))
    if not person.sort_name:
        pen.change(person, sort_name=sort_name("", "", [name]))
    trail.record(actor, "people.alias.added", person)
    _refile(pen, household, person, on)
    return alias


@transaction.atomic
def add_phone(
    *,
    actor: Actor,
    person: Person,
    number: str,
    on: date,
    source: Source | None = None,
    recorder: Recorder | None = None,
) -> Phone:
    """Note a telephone of a person, as `kernel.codes.parse_phone` writes it; one already noted is given back."""
    pen = Pen(actor=actor, source=source, recorder=recorder)
    household = _household(pen, person)
    phone = Phone.of(person, number, on=on)
    known = person.phones.filter(number_index=phone.number_index).first()
    if known is not None:
        return known
    pen.create(phone)
    trail.record(actor, "people.phone.added", person)
    _refile(pen, household, person, on)
    return phone


def _household(pen: Pen, person: Person) -> Household:
    household = queries.household_of(person, actor=pen.actor)
    if household is None:
        raise HasNoHousehold(person.pk)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    return household


def _keep(pen: Pen, person: Person, changed: dict[str, Any], reason: str, on: date) -> None:
    by = pen.actor.user_id
    pen.create_all(
        Correction,
        [
            Correction(person=person, field=name, old_value=str(getattr(person, name)), corrected_by=by, reason=reason)
            for name in sorted(changed)
        ],
    )
    former = " ".join(name for name in (person.given_names, person.family_name) if name)
    if NAMES & changed.keys() and former and not person.aliases.filter(name=former).exists():
        pen.create(Alias.of(person, former, on=on))


def _names(person: Person, changed: dict[str, Any]) -> tuple[str, str]:
    after = {name: changed.get(name, getattr(person, name)) for name in NAMES}
    return after["use_name"] or after["birth_name"], after["given_names"]


def _refile(pen: Pen, household: Household, person: Person, on: date) -> None:
    Circle(household=household, on=on).touch(pen.actor)
    filing = Filing(pen=pen, on=on)
    identities = filing.under_keys([person.pk])
    if pen.source is None:
        filing.lookalikes(identities, household.territory)
