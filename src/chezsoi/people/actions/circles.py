"""Who enters the circle of a household, and when they leave it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.pen import Pen
from chezsoi.people.choices import CircleBasis, ObjectionPurpose
from chezsoi.people.models import CircleMembership, Household, Objection
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Organisation, User

QUIET_DAYS = 90
"""A circle closes by itself this many days after the last act."""


class AlreadyInTheCircle(Exception):
    """The service, or the worker, is in the circle on that day."""


class NotInThisTerritory(Exception):
    """The service does not work in the household's territory."""


class ObjectsToSharing(Exception):
    """Somebody of the household objects to opening the file to that service."""


class CircleAlreadyClosed(Exception):
    """The membership ended before."""


@transaction.atomic
def open_circle(
    *,
    actor: Actor,
    household: Household,
    organisation: Organisation,
    basis: CircleBasis | str,
    purpose: str,
    on: date,
    user: User | None = None,
    lasts: bool = False,
) -> CircleMembership:
    """
    Let a service, or one of its workers, open a household's file; it ends 90 days after their last act.

    With `lasts`, it has no end of its own: who opened it closes it (a support measure, at its end).

    :raises NotInThisTerritory: if the service does not work there.
    :raises AlreadyInTheCircle: if it is in the circle on that day.
    :raises ObjectsToSharing: if a member objects to it: they withdraw their objection first, or it stays closed.
    """
    authorize(actor, Can.MANAGE_CIRCLE, household)
    if not organisation.territories.filter(pk=household.territory_id).exists():
        raise NotInThisTerritory(organisation.key)
    circle = Circle(household=household, on=on)
    if circle.memberships().filter(organisation=organisation, user=user).exists():
        raise AlreadyInTheCircle(organisation.key)
    if circle.is_refused_to(organisation.pk):
        raise ObjectsToSharing(organisation.key)
    pen = Pen(actor=actor)
    opened = circle.write(pen, organisation.pk, basis=basis, purpose=purpose, user=user, lasts=lasts)
    circle.touch(actor)
    return opened


@transaction.atomic
def close_circle(
    *, actor: Actor, membership: CircleMembership, on: date, reason: str, asked_by_person: bool = False
) -> CircleMembership:
    """
    Take a service, or a worker, out of the circle from a day on; the person may ask for it, and gives no reason then.

    :raises CircleAlreadyClosed: if it ended by then.
    """
    household = membership.household
    authorize(actor, Can.MANAGE_CIRCLE, household)
    if membership.ends_on is not None and membership.ends_on <= on:
        raise CircleAlreadyClosed(membership.pk)
    ends_on = max(on, membership.starts_on)
    Pen(actor=actor).change(membership, ends_on=ends_on, is_closed_at_their_wish=asked_by_person)
    detail = {
        "organisation": membership.organisation_id,
        "household": household.pk,
        "asked_by_person": asked_by_person,
    }
    trail.record(
        actor, "people.circle.closed", membership, detail=detail, reason=reason, territory_id=household.territory_id
    )
    return membership


@transaction.atomic
def touch_circle(*, actor: Actor, household: Household, on: date) -> None:
    """Move the end of the actor's service's circle to 90 days after an act."""
    authorize(actor, Can.SEE_HOUSEHOLD, household)
    Circle(household=household, on=on).touch(actor)


@transaction.atomic
def note_contact(*, actor: Actor, household: Household, on: date) -> None:
    """Note that the actor's service and a household were in touch on a day: its circle there stays open."""
    authorize(actor, Can.SEE_HOUSEHOLD, household)
    current = Household.objects.select_for_update().get(pk=household.pk)
    if current.last_contact_on is None or current.last_contact_on < on:
        Pen(actor=actor).change(current, last_contact_on=on)
    Circle(household=household, on=on).touch(actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """The circle of a household on a day, for the other acts of this app."""

    household: Household
    on: date

    def memberships(self) -> QuerySet[CircleMembership]:
        """List the memberships open that day."""
        rows = CircleMembership.objects.filter(household=self.household, starts_on__lte=self.on)
        return rows.filter(Q(ends_on=None) | Q(ends_on__gt=self.on))

    def is_refused_to(self, organisation_id: int) -> bool:
        """Tell whether a member objects, that day, to opening the file to a service."""
        refusals = Objection.objects.in_force_on(self.on).filter(
            purpose=ObjectionPurpose.SHARING, organisation_id=organisation_id
        )
        return refusals.filter(person__in=self.household.members_on(self.on).order_by().values("person")).exists()

    def touch(self, actor: Actor) -> None:
        """Keep the actor's circle open for another 90 days; not one without an end, nor an expired one."""
        if actor.organisation_id is None:
            return
        until = self.on + timedelta(days=QUIET_DAYS)
        mine = Q(user_id=None) | Q(user_id=actor.user_id)
        held = self.memberships().filter(mine, organisation_id=actor.organisation_id)
        held.filter(ends_on__lt=until).update(ends_on=until)

    def open_to_own(self, pen: Pen) -> None:
        """Open a new file to the service of who opens it; a protected one to that worker alone."""
        if self.household.is_protected:
            self.name_worker(pen)
        elif pen.actor.organisation_id is not None:
            self.write(pen, pen.actor.organisation_id, basis=CircleBasis.INTAKE, purpose="intake")

    def name_worker(self, pen: Pen) -> None:
        """Name the actor in the circle of a protected household, without an end: else nobody might see it any more."""
        if pen.actor.user_id is None or pen.actor.organisation_id is None:
            return
        if self.memberships().filter(user=pen.actor.user_id, ends_on=None).exists():
            return
        user = User.objects.get(pk=pen.actor.user_id)
        self.write(
            pen, pen.actor.organisation_id, basis=CircleBasis.AGREEMENT, purpose="protection", user=user, lasts=True
        )

    def write(
        self,
        pen: Pen,
        organisation_id: int,
        *,
        basis: CircleBasis | str,
        purpose: str,
        user: User | None = None,
        lasts: bool = False,
    ) -> CircleMembership:
        """Add a membership and its line of the trail."""
        row = pen.create(
            CircleMembership(
                household=self.household,
                organisation_id=organisation_id,
                user=user,
                basis=basis,
                purpose=purpose,
                starts_on=self.on,
                ends_on=None if lasts else self.on + timedelta(days=QUIET_DAYS),
            )
        )
        detail = {"organisation": organisation_id, "household": self.household.pk, "basis": str(basis)}
        trail.record(pen.actor, "people.circle.opened", row, detail=detail, territory_id=self.household.territory_id)
        return row
