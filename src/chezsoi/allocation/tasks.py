"""What the background worker does for a round: estimate at once what its homes would cost, without waiting its hour."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from chezsoi.allocation import actions
from chezsoi.territories.access import Operator, operator


@task()
def estimate_here(territory_id: int) -> None:
    """Estimate what is missing in a territory where a round was just drawn; what is done is not done again."""
    program = operator(Operator.JOURNEY, label="outlay estimates", territory_ids=frozenset({territory_id}))
    actions.estimate_outlays(actor=program, on=timezone.localdate(), now=timezone.now())
