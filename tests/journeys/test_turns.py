"""The pass that notes last days: one waits at a time, it comes back after midnight as clocks read it, runs once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from chezsoi.allocation.models import Turn
from chezsoi.journeys import turns
from tests.factories import allocation
from tests.factories import reservations as made

pytestmark = pytest.mark.django_db


def waiting():
    return DBTaskResult.objects.filter(task_path=turns.lapse.module_path, status=TaskResultStatus.READY)


class TestLapse:
    def test_comes_back_once_and_turns_over_once(self):
        landlord = made.landlord()
        made.agreement(landlord, made.holder())
        town = made.holder("municipality")
        made.agreement(landlord, town, 70, kind="municipality")
        offer = allocation.offer(landlord=landlord)
        given = made.turn(offer)
        Turn.objects.update(
            turned_on=timezone.localdate() - timedelta(days=9), due_on=timezone.localdate() - timedelta(days=1)
        )
        turns.keep_lapsing()
        waiting().update(status=TaskResultStatus.RUNNING)

        for _twice in range(2):
            turns.lapse.func()
        turns.keep_lapsing()

        assert waiting().count() == 1
        assert sorted(Turn.objects.values_list("state", flat=True)) == ["lapsed", "running"]
        assert Turn.objects.get(state="lapsed") == given

    @pytest.mark.parametrize(
        ("now", "comes_back"),
        [
            (datetime(2026, 7, 14, 21, 30, tzinfo=UTC), datetime(2026, 7, 14, 22, 10, tzinfo=UTC)),
            (datetime(2026, 7, 14, 22, 30, tzinfo=UTC), datetime(2026, 7, 15, 22, 10, tzinfo=UTC)),
            (datetime(2026, 12, 14, 22, 30, tzinfo=UTC), datetime(2026, 12, 14, 23, 10, tzinfo=UTC)),
            (datetime(2026, 10, 24, 22, 5, tzinfo=UTC), datetime(2026, 10, 25, 23, 10, tzinfo=UTC)),
        ],
    )
    def test_waits_for_midnight_here_in_summer_and_in_winter(self, now, comes_back):
        assert turns.soon_after_midnight(now) == comes_back
