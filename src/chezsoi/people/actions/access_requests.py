"""The copy of a file that a person asks for: asked, read for what speaks of others, handed on within a month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.dates import add_months
from chezsoi.people.actions.circles import Circle
from chezsoi.people.actions.facts import InTheFuture
from chezsoi.people.actions.members import NotAMember
from chezsoi.people.actions.pen import Pen
from chezsoi.people.choices import HandingMeans
from chezsoi.people.models import AccessRequest, Household, Person
from chezsoi.territories.access import Can, authorize


class AlreadyAsked(Exception):
    """The person asked before and the copy is not handed yet."""


class AlreadyHanded(Exception):
    """The copy was handed."""


class NotReadYet(Exception):
    """Some passages have not been read for what speaks of others."""


@transaction.atomic
def request_copy(*, actor: Actor, household: Household, person: Person, asked_on: date, on: date) -> AccessRequest:
    """
    Record that a member of a household asks for a copy of what is kept of them; it is due in one month.

    :raises InTheFuture: if it was asked after `on`.
    :raises NotAMember: if they do not live there.
    :raises AlreadyAsked: if they wait for one already.
    """
    authorize(actor, Can.RECORD_RIGHTS, household)
    if asked_on > on:
        raise InTheFuture("asked_on")
    if not household.members_on(on).filter(person=person).exists():
        raise NotAMember(person.pk)
    if AccessRequest.objects.filter(person=person, handed_on=None).exists():
        raise AlreadyAsked(person.pk)
    row = Pen(actor=actor).create(
        AccessRequest(
            territory_id=household.territory_id,
            household=household,
            person=person,
            organisation_id=actor.organisation_id,
            asked_on=asked_on,
            due_on=add_months(asked_on, 1),
            recorded_by=actor.user_id,
        )
    )
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.copy.asked", row, detail={"household": household.pk, "due": str(row.due_on)})
    return row


@transaction.atomic
def read_passages(*, actor: Actor, request: AccessRequest, kept: Iterable[str], masked: Iterable[str]) -> AccessRequest:
    """
    Note which passages somebody read and kept, and which they masked because they speak of somebody else.

    :raises AlreadyHanded: if the copy is gone.
    """
    authorize(actor, Can.GIVE_COPY, request)
    if request.handed_on is not None:
        raise AlreadyHanded(request.pk)
    hidden = sorted(set(masked))
    Pen(actor=actor).change(
        request,
        kept=sorted(set(kept) - set(hidden)),
        masked=hidden,
        read_at=timezone.now(),
        read_by=actor.user_id,
    )
    detail = {"household": request.household_id, "kept": len(request.kept), "masked": len(request.masked)}
    trail.record(actor, "people.copy.read", request, detail=detail)
    return request


def note_copy_made(*, actor: Actor, request: AccessRequest, form: str) -> None:
    """Write down that the copy was made, and in which form."""
    authorize(actor, Can.GIVE_COPY, request)
    trail.record(actor, "people.copy.made", request, detail={"household": request.household_id, "form": form})


@transaction.atomic
def hand_copy(
    *, actor: Actor, request: AccessRequest, how: HandingMeans | str, handed_on: date, on: date
) -> AccessRequest:
    """
    Close the case: the person has their copy.

    :raises AlreadyHanded: if it was closed.
    :raises NotReadYet: if nobody read its passages.
    :raises InTheFuture: if it was handed after `on`.
    """
    authorize(actor, Can.GIVE_COPY, request)
    if request.handed_on is not None:
        raise AlreadyHanded(request.pk)
    if request.read_at is None:
        raise NotReadYet(request.pk)
    if not request.asked_on <= handed_on <= on:
        raise InTheFuture("handed_on")
    Pen(actor=actor).change(request, handed_on=handed_on, handed_how=str(how), handed_by=actor.user_id)
    Circle(household=request.household, on=on).touch(actor)
    trail.record(actor, "people.copy.handed", request, detail={"household": request.household_id, "how": str(how)})
    return request
