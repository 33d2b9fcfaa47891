"""What the background worker does at once: estimate what homes would cost, without waiting its hour."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from chezsoi.allocation import actions
from chezsoi.territories.access import Operator, operator


@task()
def estimate_here(territory_id: int) -> None:
    """Estimate what is missing in a territory; what is done is not done again."""
    program = operator(Operator.JOURNEY, label="outlay estimates", territory_ids=frozenset({territory_id}))
    actions.estimate_outlays(actor=program, on=timezone.localdate(), now=timezone.now())
