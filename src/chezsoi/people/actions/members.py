"""Who joins a household, and who leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from chezsoi import trail
from chezsoi.files.models import Source
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries
from chezsoi.people.actions.changes import Event, Page
from chezsoi.people.actions.circles import Circle
from chezsoi.people.actions.drafts import NewMember
from chezsoi.people.actions.facts import Facts
from chezsoi.people.actions.identity import Filing
from chezsoi.people.actions.pen import Pen, Recorder
from chezsoi.people.actions.registering import NeedsALead
from chezsoi.people.choices import Closing, LifeEvent, MemberRole
from chezsoi.people.models import Household, HouseholdMember, Person
from chezsoi.territories.access import Can


class NotAMember(Exception):
    """The person does not live in that household on that day."""


class AlreadyInAHousehold(Exception):
    """The person belongs to a household on that day: they leave it first."""


class HasDied(Exception):
    """The person has died."""


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    household: Household,
    member: NewMember,
    on: date,
    file_number: str = "",
    source: Source | None = None,
    recorder: Recorder | None = None,
    looks_for_duplicates: bool = True,
) -> HouseholdMember:
    """
    Add somebody who had no file; without a situation of their own, they share the lead's from that day.

    :raises NeedsALead: if the household has a lead already and the newcomer would be another.
    """
    pen = Pen(actor=actor, source=source, recorder=recorder)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    head = queries.lead(household, on=on, actor=actor)
    if (member.role == MemberRole.LEAD) == (head is not None):
        raise NeedsALead(member.role)
    facts = Facts(pen=pen, on=on)
    joined, seen = facts.member(household, member, file_number=file_number)
    if seen is None and head is not None:
        _share_the_leads(facts, head, joined)
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.member.added", household, detail={"person": joined.person_id})
    filing = Filing(pen=pen, on=on)
    identities = filing.under_keys([joined.person_id])
    if looks_for_duplicates:
        filing.lookalikes(identities, household.territory)
    return joined


@transaction.atomic
def rejoin(
    *,
    actor: Actor,
    household: Household,
    person: Person,
    role: str,
    on: date,
    reason: str = "",
    recorder: Recorder | None = None,
) -> HouseholdMember:
    """
    Add somebody who has a file and no household on that day nor since; a closed file opens again.

    :raises AlreadyInAHousehold: if they belong to one on that day, or later.
    :raises NeedsALead: if they would be a second lead, or the household would have none.
    :raises HasDied: if they have.
    """
    page = Page(recorder=recorder)
    pen = Pen(actor=actor, recorder=page.notes)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    former = queries.household_of(person, actor=actor)
    if former is not None:
        pen.authorize(Can.REGISTER_PEOPLE, former)
    held = HouseholdMember.objects.filter(person=person).filter(Q(ends_on=None) | Q(ends_on__gt=on))
    if person.died_on is not None:
        raise HasDied(person.pk)
    if held.exists():
        raise AlreadyInAHousehold(person.pk)
    head = queries.lead(household, on=on, actor=actor)
    if (role == MemberRole.LEAD) == (head is not None):
        raise NeedsALead(role)
    facts = Facts(pen=pen, on=on)
    joined = facts.membership(household, person, role)
    if head is not None:
        _share_the_leads(facts, head, joined)
    if household.closed_on is not None:
        pen.edit(household, version=None, closed_on=None, closed_because=Closing.OPEN)
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.member.added", household, detail={"person": person.pk}, reason=reason)
    page.close(actor, household, Event(kind=LifeEvent.RETURNED, on=on, persons=(person,), reason=reason))
    return joined


@transaction.atomic
def end_membership(
    *,
    actor: Actor,
    household: Household,
    person: Person,
    on: date,
    reason: str,
    new_lead: Person | None = None,
    recorder: Recorder | None = None,
) -> HouseholdMember:
    """
    Record that somebody no longer belongs to a household from a day on; their file stays.

    A household that nobody lives in any more is closed: it opens again when somebody comes back.

    :raises NotAMember: if they do not live there on that day.
    :raises NeedsALead: if the lead leaves others behind and nobody of them is named to follow.
    """
    page = Page(recorder=recorder)
    pen = Pen(actor=actor, recorder=page.notes)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    ended = Members(household=household, on=on).end(pen, (person,), new_lead)
    Members(household=household, on=on).close_if_empty(pen, Closing.GONE)
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.member.left", household, detail={"person": person.pk}, reason=reason)
    page.close(actor, household, Event(kind=LifeEvent.LEFT, on=on, persons=(person,), reason=reason))
    return ended[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Who belongs to a household on a day, for the acts that change it."""

    household: Household
    on: date

    def end(self, pen: Pen, leaving: tuple[Person, ...], new_lead: Person | None) -> list[HouseholdMember]:
        """
        End the membership of some from that day on, and name who follows a lead.

        :raises NotAMember: if one of them does not live there on that day, or has left since.
        :raises NeedsALead: if the lead leaves others behind and nobody of them is named to follow.
        """
        held = {row.person_id: row for row in self.household.members_on(self.on) if row.ends_on is None}
        gone = {person.pk for person in leaving}
        if not gone <= held.keys():
            raise NotAMember(sorted(gone - held.keys()))
        staying = [row for pk, row in held.items() if pk not in gone]
        ended = [held[person.pk] for person in leaving]
        if staying and any(row.role == MemberRole.LEAD for row in ended):
            self.follow(pen, staying, new_lead)
        for row in ended:
            pen.change(row, ends_on=self.on)
        if self.household.stated_size is not None:
            size = max(0, self.household.stated_size - len(ended))
            pen.edit(self.household, version=None, stated_size=size)
        return ended

    def enter(self, pen: Pen, former: list[HouseholdMember], *, lead: bool) -> None:
        """Give those who come from another household their place in this one, the first as its lead or not."""
        facts = Facts(pen=pen, on=self.on)
        for position, row in enumerate(former):
            leads = lead and position == 0
            facts.membership(self.household, row.person, MemberRole.LEAD if leads else _role_after(row))
        if self.household.stated_size is not None:
            size = self.household.stated_size + len(former)
            pen.edit(self.household, version=None, stated_size=size)

    def close_if_empty(self, pen: Pen, because: Closing) -> None:
        """Close the file of a household where nobody is left."""
        if not self.household.members.filter(ends_on=None).exists():
            pen.edit(self.household, version=None, closed_on=self.on, closed_because=because)

    def follow(self, pen: Pen, staying: list[HouseholdMember], new_lead: Person | None) -> None:
        """Make a member the lead from a day on: roles are dated, so one membership ends and another begins."""
        follows = next((row for row in staying if new_lead is not None and row.person_id == new_lead.pk), None)
        if follows is None:
            raise NeedsALead(self.household.pk)
        pen.change(follows, ends_on=self.on)
        Facts(pen=pen, on=self.on).membership(self.household, follows.person, MemberRole.LEAD)


def _role_after(former: HouseholdMember) -> str:
    """Give the place of somebody who comes from another household: a child stays a child, a lead leads no more."""
    return former.role if former.role in {MemberRole.CHILD, MemberRole.RELATIVE} else MemberRole.OTHER


def _share_the_leads(facts: Facts, head: HouseholdMember, joined: HouseholdMember) -> None:
    leads = queries.last_observation(head.person, on_or_before=facts.on, actor=facts.pen.actor)
    if leads is not None:
        facts.derive(leads, [joined], joined=True)
