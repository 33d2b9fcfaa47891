"""Meet a household for the first time, and hear of it again."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.files.models import Source
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.circles import Circle
from chezsoi.people.actions.drafts import NewHousehold
from chezsoi.people.actions.facts import Facts, InTheFuture
from chezsoi.people.actions.identity import Filing
from chezsoi.people.actions.pen import Pen, Recorder
from chezsoi.people.choices import CircleBasis, MemberRole
from chezsoi.people.models import Household, HouseholdReference, Person, ResidentialSituation
from chezsoi.people.models.households import draw_reference
from chezsoi.territories.access import Can, NotAllowed, authorize
from chezsoi.territories.models import Territory


class NeedsALead(Exception):
    """A household has one applicant, no less and no more."""


@transaction.atomic
def register_household(
    *,
    actor: Actor,
    territory: Territory,
    household: NewHousehold,
    on: date,
    source: Source | None = None,
    recorder: Recorder | None = None,
    looks_for_duplicates: bool = True,
) -> Household:
    """
    Open the file of a household that services did not know, and its circle to the actor's service.

    Members of whom no situation is given inherit the lead's, marked derived. People on file who look alike are noted
    for a human; nobody is joined, nothing is refused. An import, which compares everybody at its end, looks for none.

    :raises NeedsALead: if not exactly one member is the lead.
    :raises InTheFuture: if a birth, an observation or a statement is later than `on`.
    :raises SeenBeforeItBegan: if a situation began after it was observed.
    """
    pen = Pen(actor=actor, source=source, recorder=recorder)
    pen.authorize(Can.REGISTER_PEOPLE, Person(territory=territory))
    if [member.role for member in household.members].count(MemberRole.LEAD) != 1:
        raise NeedsALead(len(household.members))
    if household.last_contact_on is not None and household.last_contact_on > on:
        raise InTheFuture("last_contact_on")
    opened = pen.create(_household(territory, household, on))
    people = _settle(Facts(pen=pen, on=on), opened, household)
    _remember_the_file(pen, opened, household, on)
    if actor.organisation_id is not None:
        _open_to_own_service(pen, opened, actor.organisation_id, on)
    trail.record(actor, "people.household.registered", opened, detail={"persons": people})
    filing = Filing(pen=pen, on=on)
    identities = filing.under_keys(people)
    if looks_for_duplicates:
        filing.lookalikes(identities, territory)
    return opened


@transaction.atomic
def hear_again(
    *,
    actor: Actor,
    reference: HouseholdReference,
    heard_on: date,
    digest: str,
    on: date,
    source: Source,
    recorder: Recorder | None = None,
) -> HouseholdReference:
    """
    Note that a source's file speaks of a household again, and open the circle of that service again if it had closed.

    A protected household stays closed, and one whose member objects to that service: by hand only, or not at all.

    :raises NotAllowed: if the source is another service's, or the household is protected and outside the circle.
    """
    authorize(actor, Can.IMPORT_PEOPLE, source)
    household = Household.objects.get(pk=reference.household_id)
    if reference.source_id != source.pk or (household.is_protected and not household.is_open_to(actor)):
        raise NotAllowed("this file does not open this household")
    pen = Pen(actor=actor, source=source, recorder=recorder)
    pen.change(reference, heard_on=heard_on, digest=digest)
    if household.last_contact_on is None or household.last_contact_on < heard_on:
        pen.change(household, last_contact_on=heard_on)
    circle = Circle(household=household, on=on)
    is_inside = circle.memberships().filter(organisation=source.organisation_id, user=None).exists()
    if not is_inside and not circle.is_refused_to(source.organisation_id):
        _open_to_own_service(pen, household, source.organisation_id, on)
    trail.record(actor, "people.household.heard_again", household)
    return reference


def _household(territory: Territory, draft: NewHousehold, on: date) -> Household:
    return Household(
        territory=territory,
        reference=draft.reference or draw_reference(),
        wishes=draft.wishes,
        wishes_quality=draft.wishes_quality,
        reach=draft.reach,
        reach_quality=draft.reach_quality,
        stated_size=draft.stated_size,
        size_quality=draft.size_quality,
        created_on=on,
        last_contact_on=draft.last_contact_on or on,
    )


def _settle(facts: Facts, household: Household, draft: NewHousehold) -> list[int]:
    members = []
    leads: ResidentialSituation | None = None
    for each in draft.members:
        member, seen = facts.member(household, each, file_number=draft.file_number)
        members.append(member)
        leads = seen if each.role == MemberRole.LEAD else leads
    if leads is not None:
        facts.derive(leads, members)
    return [member.person_id for member in members]


def _remember_the_file(pen: Pen, household: Household, draft: NewHousehold, on: date) -> None:
    if pen.source is not None and draft.file_number:
        pen.create(
            HouseholdReference(
                household=household,
                source=pen.source,
                file_number=draft.file_number,
                heard_on=draft.heard_on or on,
                digest=draft.digest,
            )
        )


def _open_to_own_service(pen: Pen, household: Household, organisation_id: int, on: date) -> None:
    basis = CircleBasis.INTAKE if pen.source is None else CircleBasis.IMPORT
    Circle(household=household, on=on).write(pen, organisation_id, basis=basis, purpose=str(basis))
