"""The pass that estimates outlays: one waits at a time, it comes back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from chezsoi.journeys import affordability
from tests.factories import territories

pytestmark = pytest.mark.django_db


def waiting():
    return DBTaskResult.objects.filter(task_path=affordability.estimate.module_path, status=TaskResultStatus.READY)


class TestEstimate:
    def test_comes_back_once(self):
        territories.territory()
        affordability.keep_estimating()
        waiting().update(status=TaskResultStatus.RUNNING)

        affordability.estimate.func()
        affordability.keep_estimating()

        assert waiting().count() == 1

    def test_forgets_what_was_finished(self):
        territories.territory()
        now = timezone.now()
        for status, days in (("SUCCESSFUL", 1), ("SUCCESSFUL", 3), ("FAILED", 3), ("FAILED", 31)):
            affordability.estimate.enqueue()
            newest = DBTaskResult.objects.latest("enqueued_at")
            DBTaskResult.objects.filter(pk=newest.pk).update(status=status, finished_at=now - timedelta(days=days))

        affordability.estimate.func()

        kept = DBTaskResult.objects.exclude(status=TaskResultStatus.READY).values_list("status", "finished_at__date")
        today = timezone.localdate()
        assert sorted(kept) == [("FAILED", today - timedelta(days=3)), ("SUCCESSFUL", today - timedelta(days=1))]
