"""Who joins a household, who leaves it, and when a household parts in two."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from chezsoi import trail
from chezsoi.files.models import Source
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries
from chezsoi.people.actions.circles import Circle
from chezsoi.people.actions.drafts import NewMember
from chezsoi.people.actions.facts import Facts
from chezsoi.people.actions.identity import Filing
from chezsoi.people.actions.pen import Pen, Recorder
from chezsoi.people.actions.registering import NeedsALead
from chezsoi.people.choices import CircleBasis, MemberRole
from chezsoi.people.models import Household, HouseholdMember, Person
from chezsoi.people.models.households import draw_reference
from chezsoi.territories.access import Can


class NotAMember(Exception):
    """The person does not live in that household on that day."""


class AlreadyInAHousehold(Exception):
    """The person belongs to a household on that day: they leave it first."""


class NobodyLeaves(Exception):
    """A household parts when some of its members leave and others stay."""


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
def rejoin(*, actor: Actor, household: Household, person: Person, role: str, on: date) -> HouseholdMember:
    """
    Add somebody who has a file and no household on that day nor since.

    :raises AlreadyInAHousehold: if they belong to one on that day, or later.
    :raises NeedsALead: if they would be a second lead, or the household would have none.
    """
    pen = Pen(actor=actor)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    former = queries.household_of(person, actor=actor)
    if former is not None:
        pen.authorize(Can.REGISTER_PEOPLE, former)
    held = HouseholdMember.objects.filter(person=person).filter(Q(ends_on=None) | Q(ends_on__gt=on))
    if held.exists():
        raise AlreadyInAHousehold(person.pk)
    head = queries.lead(household, on=on, actor=actor)
    if (role == MemberRole.LEAD) == (head is not None):
        raise NeedsALead(role)
    facts = Facts(pen=pen, on=on)
    joined = facts.membership(household, person, role)
    if head is not None:
        _share_the_leads(facts, head, joined)
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.member.added", household, detail={"person": person.pk})
    return joined


@transaction.atomic
def end_membership(
    *, actor: Actor, household: Household, person: Person, on: date, reason: str, new_lead: Person | None = None
) -> HouseholdMember:
    """
    Record that somebody no longer belongs to a household from a day on; their file stays.

    :raises NotAMember: if they do not live there on that day.
    :raises NeedsALead: if the lead leaves others behind and nobody of them is named to follow.
    """
    pen = Pen(actor=actor)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    ended = _end(pen, household, (person,), new_lead, on)
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.member.left", household, detail={"person": person.pk}, reason=reason)
    return ended[0]


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
) -> Household:
    """
    Give those who leave a file of their own, the first of them as lead; the circle there is the actor's service alone.

    With `protects`, that file is protected from its first instant: the circle of the former one never sees it.

    :raises NobodyLeaves: if nobody leaves, or everybody does.
    :raises NotAMember: if one of them does not live there on that day.
    :raises NeedsALead: if the lead leaves and nobody of those who stay is named to follow.
    """
    pen = Pen(actor=actor)
    pen.authorize(Can.REGISTER_PEOPLE, household)
    if protects:
        pen.authorize(Can.FLAG_VIOLENCE, household)
    if not leaving or len(leaving) >= household.members_on(on).count():
        raise NobodyLeaves(household.pk)
    ended = _end(pen, household, leaving, new_lead, on)
    opened = pen.create(
        Household(
            territory=household.territory,
            reference=draw_reference(),
            is_protected=protects,
            created_on=on,
            last_contact_on=on,
        )
    )
    facts = Facts(pen=pen, on=on)
    for position, former in enumerate(ended):
        role = MemberRole.LEAD if position == 0 else _role_after(former)
        facts.membership(opened, former.person, role)
    if actor.organisation_id is not None:
        Circle(household=opened, on=on).write(pen, actor.organisation_id, basis=CircleBasis.INTAKE, purpose="intake")
    Circle(household=household, on=on).touch(actor)
    people = {"persons": [person.pk for person in leaving]}
    trail.record(actor, "people.household.split", household, detail=people, reason=reason)
    trail.record(actor, "people.household.registered", opened, detail=people, reason=reason)
    return opened


def _end(
    pen: Pen, household: Household, leaving: tuple[Person, ...], new_lead: Person | None, on: date
) -> list[HouseholdMember]:
    held = {row.person_id: row for row in household.members_on(on)}
    gone = {person.pk for person in leaving}
    if not gone <= held.keys():
        raise NotAMember(sorted(gone - held.keys()))
    staying = [row for pk, row in held.items() if pk not in gone]
    ended = [held[person.pk] for person in leaving]
    if staying and any(row.role == MemberRole.LEAD for row in ended):
        _follow(pen, household, staying, new_lead, on)
    for row in ended:
        pen.change(row, ends_on=on)
    if household.stated_size is not None:
        pen.edit(household, version=None, stated_size=max(0, household.stated_size - len(ended)))
    return ended


def _follow(pen: Pen, household: Household, staying: list[HouseholdMember], new_lead: Person | None, on: date) -> None:
    """Make a member the lead from a day on: roles are dated, so one membership ends and another begins."""
    follows = next((row for row in staying if new_lead is not None and row.person_id == new_lead.pk), None)
    if follows is None:
        raise NeedsALead(household.pk)
    pen.change(follows, ends_on=on)
    Facts(pen=pen, on=on).membership(household, follows.person, MemberRole.LEAD)


def _role_after(former: HouseholdMember) -> str:
    return former.role if former.role in {MemberRole.CHILD, MemberRole.RELATIVE} else MemberRole.OTHER


def _share_the_leads(facts: Facts, head: HouseholdMember, joined: HouseholdMember) -> None:
    leads = queries.last_observation(head.person, on_or_before=facts.on, actor=facts.pen.actor)
    if leads is not None:
        facts.derive(leads, [joined], joined=True)
