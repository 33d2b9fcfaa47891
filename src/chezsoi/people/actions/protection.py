"""Protect a household: outside its circle it does not exist, for anybody."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.circles import Circle
from chezsoi.people.actions.pen import Pen
from chezsoi.people.choices import CircleBasis
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import User


class AlreadyProtected(Exception):
    """The household is protected already."""


class NotProtected(Exception):
    """The household is not protected."""


class NeedsACircle(Exception):
    """Nobody would see the household any more: open a circle first."""


@transaction.atomic
def protect_household(
    *,
    actor: Actor,
    household: Household,
    on: date,
    reviewer: User | None = None,
    version: int | None = None,
) -> Household:
    """
    Protect a household's file from a day on.

    `reviewer`, else the actor, is named in the circle: possible duplicates of the household go to them alone.

    :raises AlreadyProtected: if it is.
    :raises NeedsACircle: if it would exist for nobody.
    :raises ChangedMeanwhile: if the file has another version by now.
    """
    authorize(actor, Can.FLAG_VIOLENCE, household)
    if household.is_protected:
        raise AlreadyProtected(household.pk)
    pen = Pen(actor=actor)
    reviewer_id = reviewer.pk if reviewer is not None else actor.user_id
    _name_in_the_circle(pen, household, reviewer_id, on)
    if not Circle(household=household, on=on).memberships().exists():
        raise NeedsACircle(household.pk)
    pen.edit(household, version=version, is_protected=True)
    trail.record(actor, "people.household.protected", household)
    return household


@transaction.atomic
def lift_protection(
    *, actor: Actor, household: Household, on: date, reason: str, version: int | None = None
) -> Household:
    """
    Open a protected file to its territory again.

    :raises NotProtected: if it was not protected.
    :raises ChangedMeanwhile: if the file has another version by now.
    """
    authorize(actor, Can.FLAG_VIOLENCE, household)
    if not household.is_protected:
        raise NotProtected(household.pk)
    Pen(actor=actor).edit(household, version=version, is_protected=False)
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.household.opened", household, reason=reason)
    return household


def _name_in_the_circle(pen: Pen, household: Household, user_id: int | None, on: date) -> None:
    if user_id is None or Circle(household=household, on=on).memberships().filter(user=user_id).exists():
        return
    user = User.objects.get(pk=user_id)
    held = user.roles.in_force_on(on).filter(territory=household.territory_id).order_by("pk")
    preferred = held.filter(organisation=pen.actor.organisation_id).first() or held.first()
    if preferred is not None:
        Circle(household=household, on=on).write(
            pen, preferred.organisation_id, basis=CircleBasis.AGREEMENT, purpose="protection", user=user, lasts=True
        )
