"""When the background worker estimates what homes proposed would cost: in passes, and as soon as a page wants it."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from chezsoi.allocation import actions
from chezsoi.allocation.tasks import estimate_here
from chezsoi.journeys.retention import queries
from chezsoi.territories.access import Operator, operator

EVERY = timedelta(minutes=5)


@task()
def estimate() -> None:
    """Estimate what changed since the last pass, and come back; what fails is in the log, and never stops the next."""
    keep_estimating(after=EVERY)
    forget_finished()
    territories = queries.every_territory(actor=None)
    program = operator(Operator.JOURNEY, label="outlay estimates", territory_ids=territories)
    actions.estimate_outlays(actor=program, on=timezone.localdate(), now=timezone.now())


def forget_finished() -> None:
    """Forget what the worker finished: after two days what went well, after thirty what failed."""
    call_command("prune_db_task_results", min_age_days=2, failed_min_age_days=30, verbosity=0)


def keep_estimating(*, after: timedelta = timedelta()) -> None:
    """Have the pass run, unless it waits already."""
    waits = DBTaskResult.objects.filter(task_path=estimate.module_path, status=TaskResultStatus.READY)
    if not waits.exists():
        estimate.using(run_after=timezone.now() + after).enqueue()


def estimate_soon(territory_id: int) -> None:
    """Have what is missing in a territory estimated, unless the worker has it before it or in hand."""
    under_way = DBTaskResult.objects.filter(
        task_path=estimate_here.module_path,
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING),
        args_kwargs__args=[territory_id],
    )
    if not under_way.exists():
        estimate_here.enqueue(territory_id)
