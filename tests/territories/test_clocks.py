"""What day it is depends on where: half past eleven at night in Paris is tomorrow in Mayotte."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from chezsoi import trail
from chezsoi.portal.command_line import context
from chezsoi.territories.middleware import ActorMiddleware
from chezsoi.territories.models import Territory
from tests.factories import territories

NIGHT = datetime(2026, 1, 15, 22, 30, tzinfo=UTC)
"""23:30 in Paris; 01:30 the next day in Mayotte."""


@pytest.fixture
def at(monkeypatch):
    """Set the world's clock."""

    def set_to(instant: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: instant)

    yield set_to
    timezone.deactivate()


def answered_in(key: str) -> tuple[date, str]:
    """Tell what day a request made by a worker of a territory finds, and what hour it writes for the instant."""
    found = {}

    def view(request) -> HttpResponse:
        found["day"] = timezone.localdate()
        found["hour"] = f"{timezone.localtime():%Y-%m-%d %H:%M}"
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user = territories.account_of(territories.actor("outreach_worker", territory=territories.territory(key)))
    request.session = {}
    ActorMiddleware(view)(request)
    return found["day"], found["hour"]


class TestTerritories:
    def test_each_has_a_clock_that_exists(self):
        assert {row.time_zone for row in Territory.objects.order_by("key")} <= available_timezones()

    def test_mayotte_has_its_own_and_the_others_that_of_paris(self):
        others = Territory.objects.exclude(key="cadema").order_by("key")
        assert territories.territory("cadema").time_zone == "Indian/Mayotte"
        assert {row.time_zone for row in others} == {"Europe/Paris"}


class TestRequests:
    def test_half_past_eleven_at_night_is_tomorrow_in_mayotte(self, at):
        at(NIGHT)

        assert answered_in("metz") == (date(2026, 1, 15), "2026-01-15 23:30")
        assert answered_in("cadema") == (date(2026, 1, 16), "2026-01-16 01:30")

    def test_leave_the_clock_as_they_found_it(self, at):
        at(NIGHT)
        answered_in("cadema")

        assert timezone.localdate() == date(2026, 1, 15)

    @pytest.mark.parametrize(
        ("instant", "paris", "mayotte"),
        [
            (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "2026-03-29 01:59", "2026-03-29 03:59"),
            (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "2026-03-29 03:00", "2026-03-29 04:00"),
            (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), "2026-03-29 00:30", "2026-03-29 02:30"),
            (datetime(2026, 7, 15, 21, 30, tzinfo=UTC), "2026-07-15 23:30", "2026-07-16 00:30"),
            (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25 02:30", "2026-10-25 03:30"),
            (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25 02:30", "2026-10-25 04:30"),
            (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), "2026-10-25 23:30", "2026-10-26 01:30"),
        ],
    )
    def test_the_days_the_clocks_change_in_paris(self, at, instant, paris, mayotte):
        at(instant)

        for key, said in (("metz", paris), ("cadema", mayotte)):
            day, hour = answered_in(key)
            assert hour == said
            assert day.isoformat() == said[:10]

    def test_a_role_that_ends_tonight_ended_already_in_mayotte(self, at):
        at(NIGHT)
        place = territories.territory("cadema")
        held = territories.assignment(
            "outreach_worker", territory=place, starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 16)
        )
        request = RequestFactory().get("/")
        request.user, request.session = held.user, {}

        ActorMiddleware(lambda _request: HttpResponse())(request)

        assert request.actor.role == "none"


class TestTheRest:
    def test_a_command_keeps_the_hours_of_its_territory(self, at):
        at(NIGHT)

        context.territory_named("cadema")

        assert timezone.localdate() == date(2026, 1, 16)

    def test_the_trail_keeps_the_instant_itself(self, at):
        at(NIGHT)
        with timezone.override(territories.territory("cadema").clock):
            entry = trail.record(territories.program(), "tests.done")

        entry.refresh_from_db()
        assert entry.at == NIGHT
        assert timezone.localtime(entry.at, territories.territory("cadema").clock).date() == date(2026, 1, 16)
        assert timezone.localtime(entry.at).date() == date(2026, 1, 16) - timedelta(days=1)
