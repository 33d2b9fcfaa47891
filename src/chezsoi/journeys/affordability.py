"""When the background worker estimates what homes would cost: at each change, as soon as a page wants it, in passes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from chezsoi.allocation import actions
from chezsoi.allocation import queries as allocation
from chezsoi.allocation.tasks import BEFORE_OTHERS, estimate_household
from chezsoi.engines import benefits
from chezsoi.journeys.retention import queries
from chezsoi.territories.access import Operator, operator

EVERY = timedelta(minutes=5)
IN_HAND = timedelta(minutes=1)
"""A task begun longer ago than that is taken for lost: its worker was stopped in the middle."""
MOST_WAITING = 20
"""Households asked for one by one; from more on, one pass takes all of them together."""


@task()
def estimate() -> None:
    """Estimate what changed since the last pass, and come back; what fails is in the log, and never stops the next."""
    keep_estimating(at=next_pass(timezone.now()))
    forget_finished()
    territories = queries.every_territory(actor=None)
    program = operator(Operator.JOURNEY, label="outlay estimates", territory_ids=territories)
    actions.estimate_outlays(actor=program, on=timezone.localdate(), now=timezone.now())


@task(priority=BEFORE_OTHERS)
def warm_up() -> None:
    """Load what the first estimate of a process would wait for; it writes nothing."""
    benefits.warm_up(on=timezone.localdate())


def begin() -> None:
    """Have a worker that starts load the engine, then look at once at what another version or another month left."""
    if not _waiting(warm_up.module_path).exists():
        warm_up.enqueue()
    estimate_all_soon()


def next_pass(now: datetime) -> datetime:
    """Give the instant of the next pass: in five minutes, or as soon as another day's law may apply."""
    tomorrow = timezone.make_aware(datetime.combine(timezone.localdate(now) + timedelta(days=1), time()))
    return min(now + EVERY, tomorrow)


def forget_finished() -> None:
    """Forget what the worker finished: after two days what went well, after thirty what failed."""
    call_command("prune_db_task_results", min_age_days=2, failed_min_age_days=30, verbosity=0)


def keep_estimating(*, at: datetime) -> None:
    """Have the pass run at an instant, unless one waits for then or earlier; one that waits for later finds it done."""
    if not _waiting(estimate.module_path).filter(run_after__lte=at).exists():
        estimate.using(run_after=at).enqueue()


def estimate_all_soon() -> None:
    """Have the pass run as soon as the worker can: many households changed at once."""
    keep_estimating(at=timezone.now())


def estimate_soon(household_id: int, territory_id: int) -> None:
    """Have what is missing of a household estimated for a page open on it, unless the worker has it in hand."""
    in_hand = DBTaskResult.objects.filter(
        task_path=estimate_household.module_path,
        status=TaskResultStatus.RUNNING,
        started_at__gt=timezone.now() - IN_HAND,
        args_kwargs__args=[household_id, territory_id],
    )
    if not in_hand.exists():
        _ask(household_id, territory_id)


def estimate_changed(*, households: Iterable[int], people: Iterable[int]) -> None:
    """
    Have estimated anew those who hope for a home among households whose facts, or whose people's, have just changed.

    What the worker has in hand may have read the facts before: only a task that has not begun makes another needless.
    """
    waiting = _waiting(estimate_household.module_path)
    hoping = allocation.who_hopes(households=households, people=people, actor=None)
    if hoping and len(hoping) + waiting.count() > MOST_WAITING:
        estimate_all_soon()
        return
    for household_id, territory_id in hoping:
        _ask(household_id, territory_id)


def _ask(household_id: int, territory_id: int) -> None:
    """Ask for a household once, whatever was asked before and has not begun."""
    asked = _waiting(estimate_household.module_path)
    if not asked.filter(args_kwargs__args=[household_id, territory_id]).exists():
        estimate_household.enqueue(household_id, territory_id)


def _waiting(task_path: str) -> QuerySet[DBTaskResult[..., object]]:
    return DBTaskResult.objects.filter(task_path=task_path, status=TaskResultStatus.READY)
