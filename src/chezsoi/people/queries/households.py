"""One household that exists for an actor."""

from __future__ import annotations

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by


def household(pk: int, *, actor: Actor) -> Household:
    """
    Find a household.

    :raises Household.DoesNotExist: also when it does not exist for the actor.
    """
    return households_seen_by(actor).select_related("territory").get(pk=pk)
