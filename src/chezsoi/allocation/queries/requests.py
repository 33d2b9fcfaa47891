"""What can be read of housing requests."""

from __future__ import annotations

from chezsoi.allocation.models import HousingRequest
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household


def request_of(household: Household, *, actor: Actor) -> HousingRequest | None:
    """Give the request of a household the actor may see, with its wishes and grounds of priority; None without one."""
    rows = HousingRequest.objects.filter(household__in=Household.objects.visible_to(actor), household=household)
    return rows.prefetch_related("wished_communes__commune", "labels").first()
