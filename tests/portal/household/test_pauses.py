"""A pause in the history of a household: asked, running until its day, over by itself or earlier, or taken back."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from chezsoi.allocation import actions
from chezsoi.allocation.models import Pause
from chezsoi.portal.household.pauses import ending, told
from chezsoi.territories.access import ANONYMOUS
from tests.factories import allocation, people, territories

ASKED, UNTIL = date(2026, 9, 7), date(2026, 11, 2)


def pause(**traits):
    return Pause(household_id=1, asked_on=ASKED, until_on=UNTIL, **traits)


class TestTold:
    @pytest.mark.parametrize(
        ("traits", "on", "days"),
        [
            ({}, UNTIL - timedelta(days=1), [ASKED]),
            ({}, UNTIL, [UNTIL, ASKED]),
            ({"ended_on": date(2026, 10, 1)}, UNTIL, [date(2026, 10, 1), ASKED]),
            ({"ended_on": ASKED}, ASKED, [ASKED, ASKED]),
            ({"cancelled_on": ASKED}, UNTIL, []),
        ],
    )
    def test_says_when_it_was_asked_and_when_it_was_over(self, traits, on, days):
        assert [entry.when for entry in told([pause(**traits)], on=on)] == days

    def test_says_until_when_and_whether_it_ended_earlier(self):
        by_itself, asked = told([pause()], on=UNTIL)
        earlier, _asked = told([pause(ended_on=ASKED + timedelta(days=3))], on=UNTIL)

        assert "2 novembre 2026" in asked.detail
        assert "de lui-même" in by_itself.detail
        assert "plus tôt" in earlier.detail


class TestEnding:
    @pytest.mark.parametrize(
        ("traits", "on", "days"),
        [
            ({}, ASKED, [UNTIL]),
            ({}, UNTIL, []),
            ({"ended_on": ASKED + timedelta(days=1)}, ASKED + timedelta(days=1), []),
            ({"cancelled_on": ASKED}, ASKED, []),
        ],
    )
    def test_is_to_come_while_it_runs(self, traits, on, days):
        assert [entry.when for entry in ending([pause(**traits)], on=on, actor=ANONYMOUS)] == days

    def test_leads_to_the_pause_only_who_writes_requests(self):
        (told_,) = ending([pause()], on=ASKED, actor=ANONYMOUS)
        (led,) = ending([pause()], on=ASKED, actor=SimpleNamespace(may=lambda right: right == "record_request"))

        assert not told_.url
        assert led.url == reverse("allocation:pause", args=[1])


@pytest.mark.django_db
class TestThePage:
    def test_tells_a_pause_without_a_request_to_who_opens_the_file(self, client):
        worker = territories.actor("lead_worker")
        household = people.household(people.member(), actor=worker)
        today = allocation.today()
        until = today + timedelta(days=30)
        asked = actions.ask_pause(actor=worker, household=household, on=today, until_on=until, is_their_wish=True)
        client.force_login(territories.account_of(worker))

        def page():
            return BeautifulSoup(client.get(reverse("people:household", args=[household.pk])).content, "html.parser")

        running = page()
        assert "Pause demandée" in running.select_one("#story").text
        assert "Fin de la pause" in running.main.text
        assert "Fin de la pause" not in running.select_one("#story").text

        actions.end_pause(actor=worker, pause=asked, on=today)
        assert "Fin de la pause" in page().select_one("#story").text
