"""What can be read of housing requests."""

from __future__ import annotations

from datetime import date

from chezsoi.allocation.models import HousingRequest
from chezsoi.allocation.models.requests import NUMBER_PURPOSE
from chezsoi.fields import blind_index
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.codes import UnreadableRequestNumber, parse_request_number
from chezsoi.people import queries as people
from chezsoi.people.models import Household


def request_of(household: Household, *, actor: Actor) -> HousingRequest | None:
    """Give the request of a household the actor may see, with its wishes and grounds of priority; None without one."""
    rows = HousingRequest.objects.filter(household__in=Household.objects.visible_to(actor), household=household)
    return rows.prefetch_related("wished_communes__commune", "labels").first()


def household_numbered(text: str, *, actor: Actor, on: date) -> Household | None:
    """Find the household whose national request number was typed, for a role that reads identities; else None."""
    try:
        number = parse_request_number(text)
    except UnreadableRequestNumber:
        return None
    if number is None or not people.sight(actor=actor).identity:
        return None
    held = HousingRequest.objects.filter(number_index=blind_index(number, purpose=NUMBER_PURPOSE))
    return Household.objects.visible_to(actor, on=on).filter(pk__in=held.values("household")).order_by("pk").first()
