"""The pass of the background worker that sends reminders, every quarter of an hour."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from chezsoi.portal import digests

EVERY = timedelta(minutes=15)


@task()
def remind() -> None:
    """Send what is due now, and come back; what fails is in the log, and never stops the next pass."""
    keep_reminding(after=EVERY)
    digests.send(now=timezone.now())


def keep_reminding(*, after: timedelta = timedelta()) -> None:
    """Have the pass run, unless it waits already."""
    waits = DBTaskResult.objects.filter(task_path=remind.module_path, status=TaskResultStatus.READY)
    if not waits.exists():
        remind.using(run_after=timezone.now() + after).enqueue()
