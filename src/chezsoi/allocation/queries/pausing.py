"""What can be read of the pauses that households ask for."""

from __future__ import annotations

from django.db.models import QuerySet

from chezsoi.allocation.models import Pause
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by


def pauses(household: Household, *, actor: Actor) -> QuerySet[Pause]:
    """List the pauses a household asked for, the newest first."""
    rows = Pause.objects.filter(household__in=households_seen_by(actor), household=household)
    return rows.select_related("household").order_by("-asked_on", "-pk")


def pause(pk: int, *, household: Household, actor: Actor) -> Pause:
    """Give one pause of a household the actor may see."""
    return pauses(household, actor=actor).get(pk=pk)
