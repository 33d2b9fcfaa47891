"""The pass that estimates outlays: one waits at a time, it comes back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from chezsoi.journeys import affordability
from tests.factories import territories

PARIS = ZoneInfo("Europe/Paris")
pytestmark = pytest.mark.django_db


def waiting():
    return DBTaskResult.objects.filter(task_path=affordability.estimate.module_path, status=TaskResultStatus.READY)


class TestEstimate:
    def test_comes_back_once(self):
        territories.territory()
        affordability.begin()
        waiting().update(status=TaskResultStatus.RUNNING)

        affordability.estimate.func()
        affordability.keep_estimating(at=timezone.now() + timedelta(hours=1))

        assert timedelta(0) < waiting().get().run_after - timezone.now() <= affordability.EVERY

    def test_comes_at_once_when_a_worker_starts_or_many_households_changed(self):
        affordability.keep_estimating(at=timezone.now() + affordability.EVERY)

        affordability.begin()
        affordability.estimate_all_soon()

        at_once, later = waiting().order_by("run_after")
        assert at_once.run_after <= timezone.now() < later.run_after

    @pytest.mark.parametrize(
        ("now", "then"),
        [((11, 30, 23, 57), (12, 1, 0, 0)), ((11, 30, 12, 0), (11, 30, 12, 5))],
    )
    def test_comes_as_soon_as_the_law_of_another_day_applies(self, now, then):
        at, expected = (datetime(2026, *day, tzinfo=PARIS) for day in (now, then))

        assert affordability.next_pass(at) == expected

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


class TestBegin:
    def test_has_the_engine_loaded_before_anybody_waits_for_it_and_once(self, monkeypatch):
        loaded = []
        monkeypatch.setattr(affordability.benefits, "warm_up", lambda *, on: loaded.append(on))
        affordability.begin()
        affordability.begin()

        first = DBTaskResult.objects.ready().first()
        affordability.warm_up.func()

        assert DBTaskResult.objects.filter(task_path=affordability.warm_up.module_path).count() == 1
        assert first.task_path == affordability.warm_up.module_path
        assert loaded == [timezone.localdate()]
