"""Who dies, who is lost from sight, who comes back, and after whom the file is named then."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.changes import Event, Page
from chezsoi.people.actions.circles import Circle
from chezsoi.people.actions.facts import Facts
from chezsoi.people.actions.members import HasDied, Members
from chezsoi.people.actions.pen import Pen, Recorder
from chezsoi.people.choices import Closing, LifeEvent, MemberRole
from chezsoi.people.models import Household, HouseholdMember, Person
from chezsoi.territories.access import Can


class AlreadyLost(Exception):
    """Nobody had news of them already."""


class NotLost(Exception):
    """They were not lost from sight."""


class AlreadyLeads(Exception):
    """The file is named after that person already."""


@transaction.atomic
def record_death(
    *,
    actor: Actor,
    household: Household,
    person: Person,
    on: date,
    new_lead: Person | None = None,
    reason: str = "",
    recorder: Recorder | None = None,
) -> Household:
    """
    Record that a member has died: they belong to the household until that day, and their file stays readable.

    Who leads the others is named; when nobody is left, the file is closed.

    :raises HasDied: if it was recorded before.
    :raises NotAMember: if they did not live there on that day.
    :raises NeedsALead: if they led others and nobody of them is named to follow.
    """
    page = Page(recorder=recorder)
    pen = Pen(actor=actor, recorder=page.notes)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    if person.died_on is not None:
        raise HasDied(person.pk)
    Members(household=household, on=on).end(pen, (person,), new_lead)
    pen.change(person, died_on=on)
    Members(household=household, on=on).close_if_empty(pen, Closing.DIED)
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.person.died", household, detail={"person": person.pk})
    page.close(actor, household, Event(kind=LifeEvent.DIED, on=on, persons=(person,), reason=reason))
    return household


@transaction.atomic
def lose_sight(*, actor: Actor, household: Household, on: date, reason: str = "") -> Household:
    """
    Note that nobody has had news of a household since a day; its place, its seniority and its candidacies stay.

    :raises AlreadyLost: if that was noted and nothing was heard since.
    """
    page = Page()
    pen = Pen(actor=actor, recorder=page.notes)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    if household.is_lost:
        raise AlreadyLost(household.pk)
    pen.edit(household, version=None, lost_since=max(on, household.last_contact_on or on))
    trail.record(actor, "people.household.lost", household, reason=reason)
    page.close(actor, household, Event(kind=LifeEvent.LOST, on=on, reason=reason))
    return household


@transaction.atomic
def hear_of(*, actor: Actor, household: Household, on: date, reason: str = "") -> Household:
    """
    Note that a household lost from sight is in touch again: it takes up its file where it was.

    :raises NotLost: if it was not lost from sight.
    """
    page = Page()
    pen = Pen(actor=actor, recorder=page.notes)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    if not household.is_lost:
        raise NotLost(household.pk)
    pen.edit(household, version=None, lost_since=None, last_contact_on=on)
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.household.found", household, reason=reason)
    page.close(actor, household, Event(kind=LifeEvent.FOUND, on=on, reason=reason))
    return household


@transaction.atomic
def change_lead(*, actor: Actor, household: Household, person: Person, on: date, reason: str = "") -> HouseholdMember:
    """
    Name the file after another member from a day on; who led it stays a member.

    :raises AlreadyLeads: if it is named after them.
    :raises NeedsALead: if they do not live there on that day.
    """
    page = Page()
    pen = Pen(actor=actor, recorder=page.notes)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    held = [row for row in household.members_on(on) if row.ends_on is None]
    head = next((row for row in held if row.role == MemberRole.LEAD), None)
    if head is not None and head.person_id == person.pk:
        raise AlreadyLeads(person.pk)
    members = Members(household=household, on=on)
    members.follow(pen, [row for row in held if row is not head], person)
    if head is not None:
        pen.change(head, ends_on=on)
        Facts(pen=pen, on=on).membership(household, head.person, MemberRole.OTHER)
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.household.led", household, detail={"person": person.pk}, reason=reason)
    page.close(actor, household, Event(kind=LifeEvent.LED, on=on, persons=(person,), reason=reason))
    return household.members_on(on).get(role=MemberRole.LEAD)
