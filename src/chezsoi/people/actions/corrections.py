"""Keep what a household's file said before somebody changed it, wherever that is kept."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.pen import Pen, Recorder
from chezsoi.people.models import Correction, Household
from chezsoi.territories.access import Can, authorize


@transaction.atomic
def keep_former_values(
    *,
    actor: Actor,
    household: Household,
    values: Mapping[str, object],
    reason: str = "",
    recorder: Recorder | None = None,
) -> list[Correction]:
    """Keep, by the name of its field, each value of a request that is replaced; what nobody knew was never said."""
    authorize(actor, Can.RECORD_REQUEST, household)
    said = {name: str(value) for name, value in sorted(values.items()) if value not in {None, ""}}
    rows = [
        Correction(household=household, field=name, old_value=value, corrected_by=actor.user_id, reason=reason)
        for name, value in said.items()
    ]
    return Pen(actor=actor, recorder=recorder).create_all(Correction, rows)
