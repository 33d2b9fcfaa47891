"""Note that a household was met, or that this was a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people import actions as people
from chezsoi.people.models import Household
from chezsoi.support.choices import ContactPlace, TeamKind
from chezsoi.support.models import Contact
from chezsoi.territories.access import Can, NotAllowed, authorize


class ContactToCome(Exception):
    """The meeting is dated in the future."""


class ContactAlreadyTakenBack(Exception):
    """The meeting was taken back before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """One meeting as it is told: which team, when, where, for how long, what about, what comes next."""

    team: TeamKind | str
    met_on: date
    place: ContactPlace | str
    minutes: int | None = None
    aim: str = ""
    next_step: str = ""


@transaction.atomic
def note_contact(*, actor: Actor, household: Household, told: NewContact, on: date) -> Contact:
    """
    Note a meeting of a household and the actor's organisation: its circle stays open for another 90 days.

    :raises ContactToCome: if the meeting is after `on`.
    :raises NotAllowed: if the actor works for no organisation.
    """
    authorize(actor, Can.RECORD_SUPPORT, household)
    if actor.organisation_id is None:
        raise NotAllowed("a meeting is an organisation's")
    if told.met_on > on:
        raise ContactToCome(told.met_on)
    contact = Contact.objects.create(
        household=household,
        organisation_id=actor.organisation_id,
        team=told.team,
        met_on=told.met_on,
        place=told.place,
        minutes=told.minutes,
        aim=told.aim,
        next_step=told.next_step,
        noted_by=actor.user_id,
    )
    people.note_contact(actor=actor, household=household, on=told.met_on)
    trail.record(actor, "support.contact.noted", contact)
    return contact


@transaction.atomic
def take_contact_back(*, actor: Actor, contact: Contact, on: date) -> Contact:
    """
    Take back a meeting noted by mistake; it stays readable as such, and counts no more.

    :raises ContactAlreadyTakenBack: if it was taken back before.
    """
    authorize(actor, Can.RECORD_SUPPORT, contact.household)
    if not Contact.objects.filter(pk=contact.pk, cancelled_on=None).update(cancelled_on=on):
        raise ContactAlreadyTakenBack
    trail.record(actor, "support.contact.taken_back", contact)
    contact.refresh_from_db()
    return contact
