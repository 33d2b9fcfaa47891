"""What somebody was told of their file, what they object to. Nothing of it is ever asked in exchange for anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.circles import Circle
from chezsoi.people.actions.facts import InTheFuture
from chezsoi.people.actions.members import NotAMember
from chezsoi.people.actions.pen import Pen
from chezsoi.people.choices import InformationMeans, NoticeLanguage, ObjectionPurpose
from chezsoi.people.models import Household, InformationGiven, Objection, Person
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Organisation


class NamesNoService(Exception):
    """An objection to sharing says with which service."""


class AlreadyObjects(Exception):
    """The person objects to it already."""


class AlreadyWithdrawnObjection(Exception):
    """The objection was withdrawn before."""


@transaction.atomic
def record_information(
    *,
    actor: Actor,
    household: Household,
    people: Sequence[Person],
    given_on: date,
    language: NoticeLanguage | str,
    means: InformationMeans | str,
    on: date,
) -> list[InformationGiven]:
    """
    Record that some members of a household were told what is kept of them and what they may ask.

    :raises InTheFuture: if it was given after `on`.
    :raises NotAMember: if somebody does not live there.
    """
    authorize(actor, Can.RECORD_RIGHTS, household)
    if given_on > on:
        raise InTheFuture("given_on")
    _check_members(household, people, on)
    rows = [
        InformationGiven(
            person=person,
            given_on=given_on,
            language=language,
            means=means,
            organisation_id=actor.organisation_id,
            given_by=actor.user_id,
        )
        for person in people
    ]
    pen = Pen(actor=actor)
    for row in rows:
        pen.create(row)
    Circle(household=household, on=on).touch(actor)
    detail = {"persons": sorted(person.pk for person in people), "language": str(language), "means": str(means)}
    trail.record(actor, "people.information.given", household, detail=detail)
    return rows


@transaction.atomic
def record_objection(
    *,
    actor: Actor,
    household: Household,
    person: Person,
    purpose: ObjectionPurpose | str,
    made_on: date,
    on: date,
    organisation: Organisation | None = None,
    words: str = "",
) -> Objection:
    """
    Record what a person objects to; a service whose sharing they refuse leaves the circle the same day.

    :raises NamesNoService: if they object to sharing with nobody in particular.
    :raises AlreadyObjects: if the same objection holds.
    :raises InTheFuture: if it was made after `on`.
    :raises NotAMember: if they do not live there.
    """
    authorize(actor, Can.RECORD_RIGHTS, household)
    if made_on > on:
        raise InTheFuture("made_on")
    if purpose == ObjectionPurpose.SHARING and organisation is None:
        raise NamesNoService(household.pk)
    _check_members(household, [person], on)
    held = Objection.objects.in_force_on(on).filter(person=person, purpose=purpose, organisation=organisation)
    if purpose != ObjectionPurpose.OTHER and held.exists():
        raise AlreadyObjects(person.pk)
    row = Pen(actor=actor).create(
        Objection(
            person=person,
            purpose=purpose,
            organisation=organisation,
            words=words,
            made_on=made_on,
            recorded_by=actor.user_id,
        )
    )
    detail = {"purpose": str(purpose), "organisation": organisation.pk if organisation else None}
    trail.record(actor, "people.objection.recorded", household, detail={**detail, "objection": row.pk})
    Circle(household=household, on=on).touch(actor)
    if purpose == ObjectionPurpose.SHARING and organisation is not None:
        _close_the_circle_of(actor, household, organisation, on)
    return row


@transaction.atomic
def withdraw_objection(*, actor: Actor, household: Household, objection: Objection, on: date) -> Objection:
    """
    Record that a person changed their mind; no circle opens by itself.

    :raises AlreadyWithdrawnObjection: if they had before.
    :raises NotAMember: if they do not live there.
    """
    authorize(actor, Can.RECORD_RIGHTS, household)
    _check_members(household, [objection.person], on)
    if objection.withdrawn_on is not None:
        raise AlreadyWithdrawnObjection(objection.pk)
    Pen(actor=actor).change(objection, withdrawn_on=max(on, objection.made_on))
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.objection.withdrawn", household, detail={"objection": objection.pk})
    return objection


def _check_members(household: Household, people: Sequence[Person], on: date) -> None:
    living_there = set(household.members_on(on).values_list("person_id", flat=True))
    for person in people:
        if person.pk not in living_there:
            raise NotAMember(person.pk)


def _close_the_circle_of(actor: Actor, household: Household, organisation: Organisation, on: date) -> None:
    """Take the service out of the circle: what the objection asks for, done at once."""
    pen = Pen(actor=actor)
    for membership in Circle(household=household, on=on).memberships().filter(organisation=organisation):
        pen.change(membership, ends_on=max(on, membership.starts_on), is_closed_at_their_wish=True)
        detail = {"organisation": organisation.pk, "household": household.pk, "asked_by_person": True}
        trail.record(actor, "people.circle.closed", membership, detail=detail, territory_id=household.territory_id)
