"""When a household parts in two: a file of their own for those who leave, or a place in another household."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.changes import Event, Page
from chezsoi.people.actions.circles import Circle
from chezsoi.people.actions.members import Members
from chezsoi.people.actions.pen import Pen, Recorder
from chezsoi.people.actions.registering import NeedsALead
from chezsoi.people.choices import Closing, LifeEvent, MemberRole
from chezsoi.people.models import Household, Person
from chezsoi.people.models.households import draw_reference
from chezsoi.territories.access import Can


class NobodyLeaves(Exception):
    """A household parts when some of its members leave and others stay."""


class SameHousehold(Exception):
    """They would leave a household for itself."""


class FileClosed(Exception):
    """The file of that household is closed: nobody moves into it."""


@transaction.atomic
def split_household(
    *,
    actor: Actor,
    household: Household,
    leaving: tuple[Person, ...],
    on: date,
    reason: str,
    new_lead: Person | None = None,
    protects: bool = False,
    recorder: Recorder | None = None,
) -> Household:
    """
    Give those who leave a file of their own, the first of them as lead; the circle there is the actor's service alone.

    With `protects`, or when the former file was protected, that file is protected from its first instant: the circle of
    the former one never sees it, and its own is the worker who opened it, alone.

    :raises NobodyLeaves: if nobody leaves, or everybody does.
    :raises NotAMember: if one of them does not live there on that day.
    :raises NeedsALead: if the lead leaves and nobody of those who stay is named to follow.
    """
    page = Page(recorder=recorder)
    pen = Pen(actor=actor, recorder=page.notes)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    hides = protects or household.is_protected
    if hides:
        pen.authorize(Can.FLAG_VIOLENCE, household)
    if not leaving or len(leaving) >= household.members_on(on).count():
        raise NobodyLeaves(household.pk)
    ended = Members(household=household, on=on).end(pen, leaving, new_lead)
    opened = pen.create(_opened(household, on, hides=hides))
    Members(household=opened, on=on).enter(pen, ended, lead=True)
    Circle(household=opened, on=on).open_to_own(pen)
    Circle(household=household, on=on).touch(actor)
    people = {"persons": [person.pk for person in leaving]}
    trail.record(actor, "people.household.split", household, detail=people, reason=reason)
    trail.record(actor, "people.household.registered", opened, detail=people, reason=reason)
    page.close(actor, household, Event(kind=LifeEvent.SPLIT, on=on, persons=leaving, reason=reason, other=opened))
    return opened


@transaction.atomic
def move_into(
    *,
    actor: Actor,
    household: Household,
    leaving: tuple[Person, ...],
    into: Household,
    on: date,
    reason: str,
    new_lead: Person | None = None,
    recorder: Recorder | None = None,
) -> Household:
    """
    Let some members, or all of them, live in another household from a day on.

    A file that nobody lives in any more is closed; its number and its history stay. If one of the two files was
    protected, the one they live in is; the services of the former one do not follow.

    :raises SameHousehold: if it is the same household.
    :raises FileClosed: if the other file is closed.
    :raises NobodyLeaves: if nobody is named.
    :raises NotAMember: if one of them does not live there on that day.
    :raises NeedsALead: if nobody leads the other household, or the lead leaves others behind and nobody follows.
    """
    page = Page(recorder=recorder)
    pen = Pen(actor=actor, recorder=page.notes)
    for file in (household, into):
        pen.authorize(Can.REGISTER_PEOPLE, file)
    _check_ways(household, into, leaving, on)
    ended = Members(household=household, on=on).end(pen, leaving, new_lead)
    Members(household=household, on=on).close_if_empty(pen, Closing.JOINED)
    Members(household=into, on=on).enter(pen, ended, lead=False)
    if household.is_protected and not into.is_protected:
        pen.authorize(Can.FLAG_VIOLENCE, into)
        Circle(household=into, on=on).name_worker(pen)
        pen.edit(into, version=None, is_protected=True)
    for file in (household, into):
        Circle(household=file, on=on).touch(actor)
    people = {"persons": [person.pk for person in leaving], "into": into.pk}
    trail.record(actor, "people.household.joined", household, detail=people, reason=reason)
    page.close(actor, household, Event(kind=LifeEvent.JOINED, on=on, persons=leaving, reason=reason, other=into))
    return into


def _opened(household: Household, on: date, *, hides: bool) -> Household:
    return Household(
        territory=household.territory,
        reference=draw_reference(),
        is_protected=hides,
        created_on=on,
        last_contact_on=on,
    )


def _check_ways(household: Household, into: Household, leaving: tuple[Person, ...], on: date) -> None:
    if household.pk == into.pk:
        raise SameHousehold(household.pk)
    if not into.is_open_on(on):
        raise FileClosed(into.pk)
    if not leaving:
        raise NobodyLeaves(household.pk)
    if not into.members.filter(ends_on=None, role=MemberRole.LEAD, starts_on__lte=on).exists():
        raise NeedsALead(into.pk)
