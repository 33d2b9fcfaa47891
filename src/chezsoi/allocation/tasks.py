"""What the background worker does at once: estimate what homes would cost, without waiting its hour."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from chezsoi.allocation import actions
from chezsoi.territories.access import Operator, operator

BEFORE_OTHERS = 50
"""A task somebody waits for goes before passes, imports and purges that have not begun."""


@task()
def estimate_here(territory_id: int) -> None:
    """Estimate what is missing in a territory; what is done is not done again."""
    program = operator(Operator.JOURNEY, label="outlay estimates", territory_ids=frozenset({territory_id}))
    actions.estimate_outlays(actor=program, on=timezone.localdate(), now=timezone.now())


@task(priority=BEFORE_OTHERS)
def estimate_household(household_id: int, territory_id: int) -> None:
    """Estimate what is missing of one household: its file changed, or somebody has its page open."""
    program = operator(Operator.JOURNEY, label="outlay estimates", territory_ids=frozenset({territory_id}))
    actions.estimate_outlays(
        actor=program, on=timezone.localdate(), now=timezone.now(), household_ids=frozenset({household_id})
    )
