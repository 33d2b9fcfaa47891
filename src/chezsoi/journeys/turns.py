"""The pass of the background worker that turns vacancies over once a holder's last day has passed, each new day."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from chezsoi.allocation import actions
from chezsoi.journeys.retention import queries
from chezsoi.territories.access import Operator, operator

AFTER_MIDNIGHT = time(0, 10)


@task()
def lapse() -> None:
    """Note the turns whose last day has passed, and come back tomorrow; what fails is in the log."""
    keep_lapsing(run_after=soon_after_midnight(timezone.now()))
    territories = queries.every_territory(actor=None)
    program = operator(Operator.JOURNEY, label="turns of vacancies", territory_ids=territories)
    actions.lapse_turns(actor=program, on=timezone.localdate())


def keep_lapsing(*, run_after: datetime | None = None) -> None:
    """Have the pass run, unless it waits already; the first one at once, for the days the worker was stopped."""
    waits = DBTaskResult.objects.filter(task_path=lapse.module_path, status=TaskResultStatus.READY)
    if not waits.exists():
        lapse.using(run_after=run_after or timezone.now()).enqueue()


def soon_after_midnight(now: datetime) -> datetime:
    """Give the first minutes of the next day as clocks read it here: a last day ends at midnight, all year."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, AFTER_MIDNIGHT))
