"""The pass that estimates outlays: one waits at a time, it comes back."""

import pytest
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
