"""What the room looks at, chosen by the secretary."""

from __future__ import annotations

from django.db import transaction

from chezsoi import trail
from chezsoi.allocation.actions.decisions import SittingNotOpen
from chezsoi.allocation.choices import SittingState
from chezsoi.allocation.models import Sitting, SittingItem
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize


@transaction.atomic
def take_up(*, actor: Actor, item: SittingItem) -> Sitting:
    """
    Put a home before the room: the projector shows it.

    :raises SittingNotOpen: if the sitting is not under way.
    """
    authorize(actor, Can.RECORD_DECISION, item)
    sitting = item.sitting
    if sitting.state != SittingState.OPEN:
        raise SittingNotOpen
    sitting.current_item = item
    sitting.save(update_fields=["current_item"])
    trail.record(actor, "allocation.item.taken_up", item)
    return sitting
