"""What a household asks for: kept in its order, never overwritten by older news, never erased."""

from datetime import date, timedelta

import pytest

from chezsoi.allocation import actions, queries
from chezsoi.allocation.actions import RequestFacts, requests
from chezsoi.allocation.models import HousingRequest, WishedCommune
from chezsoi.kernel.codes import UnreadableRequestNumber
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, homes, people, territories
from tests.homes.test_offers import Noted

NUMBER = "057147868979965898"
EARLIER = date(2026, 3, 12)


def record(household, *, heard_on=None, actor=None, recorder=None, **facts):
    return actions.record_request(
        actor=actor or territories.program(),
        household=household,
        facts=RequestFacts(**facts),
        heard_on=heard_on or allocation.today(),
        recorder=recorder,
    )


class TestRecordRequest:
    def test_keeps_the_number_sealed_and_findable(self):
        made = record(people.household(), number="057 147868979965898")

        assert made.number == NUMBER
        assert len(made.number_index) == 64
        stored = HousingRequest.objects.filter(pk=made.pk).extra(select={"raw": "number"}).values_list("raw")
        assert NUMBER not in str(list(stored))

    def test_takes_a_household_that_says_nothing(self):
        made = record(people.household())

        assert (made.requested_on, made.rooms_min, made.number_index) == (None, None, "")

    def test_lets_newer_news_replace_older(self):
        household, noted = people.household(), Noted()
        record(household, rooms_max=2, recorder=noted)

        record(household, rooms_max=3, recorder=noted)

        assert HousingRequest.objects.get().rooms_max == 3
        assert [row[0] for row in noted.rows] == ["created", "created", "updated"]
        assert "correction" in noted.rows[1][1]
        assert noted.rows[2][2]["rooms_max"] == 2

    def test_never_lets_older_news_replace_newer(self):
        household = people.household()
        record(household, rooms_max=3)

        record(household, rooms_max=1, heard_on=allocation.today() - timedelta(days=1))

        assert HousingRequest.objects.get().rooms_max == 3

    def test_refuses_fewest_above_most(self):
        with pytest.raises(requests.RoomsOutOfOrder):
            record(people.household(), rooms_min=3, rooms_max=2)

    def test_refuses_a_number_that_is_not_one(self):
        with pytest.raises(UnreadableRequestNumber):
            record(people.household(), number="123")

    def test_refuses_who_does_not_follow_the_household(self):
        with pytest.raises(NotAllowed):
            record(people.household(), actor=territories.actor("outreach_worker"))


class TestLabels:
    def test_are_noted_once(self):
        request = record(people.household())
        for labels in (["dalo"], ["dalo", "violence"]):
            actions.record_labels(
                actor=territories.program(), request=request, labels=labels, noted_on=allocation.today()
            )

        assert sorted(request.labels.values_list("label", flat=True)) == ["dalo", "violence"]

    def test_stay_readable_when_withdrawn_and_may_come_back(self):
        request = record(people.household())
        actions.record_labels(actor=territories.program(), request=request, labels=["dalo"], noted_on=date(2026, 1, 1))
        actions.withdraw_label(actor=territories.program(), request=request, label="dalo", on=date(2026, 6, 1))

        actions.record_labels(actor=territories.program(), request=request, labels=["dalo"], noted_on=date(2026, 7, 1))

        assert request.labels.count() == 2

    def test_refuse_a_word_of_no_list_and_add_nothing(self):
        request = record(people.household())

        with pytest.raises(requests.UnknownLabel):
            actions.record_labels(
                actor=territories.program(),
                request=request,
                labels=["dalo", "deserving"],
                noted_on=allocation.today(),
            )

        assert not request.labels.exists()


class TestWishedCommunes:
    def test_keep_their_order_and_what_was_wished_before(self):
        request, noted = record(people.household()), Noted()
        metz, woippy = homes.commune("57463"), homes.commune("57751")
        self._wish(request, [metz, woippy, metz], noted)

        self._wish(request, [woippy], noted)
        self._wish(request, [woippy], noted)

        held = WishedCommune.objects.filter(withdrawn_on=None).values_list("commune", "rank")
        assert list(held) == [("57751", 1)]
        assert WishedCommune.objects.exclude(withdrawn_on=None).count() == 2
        assert [row[0] for row in noted.rows] == ["created", "created", "updated", "updated", "created"]

    def test_keep_the_day_each_was_named_or_moved_in_the_order(self):
        request, noted = record(people.household()), Noted()
        metz, woippy, thionville = (homes.commune(code) for code in ("57463", "57751", "57672"))
        self._wish(request, [metz, woippy], noted)
        WishedCommune.objects.update(stated_on=EARLIER)

        self._wish(request, [metz, thionville, woippy], noted)

        held = WishedCommune.objects.filter(withdrawn_on=None).order_by("rank")
        today = allocation.today()
        expected = [("57463", EARLIER), ("57672", today), ("57751", today)]
        assert list(held.values_list("commune", "stated_on")) == expected

    def _wish(self, request, communes, recorder):
        return actions.wish_communes(
            actor=territories.program(),
            request=request,
            communes=communes,
            on=allocation.today(),
            recorder=recorder,
        )


class TestRequestOf:
    def test_is_read_by_who_follows_the_household_alone(self):
        worker = territories.actor("lead_worker")
        household = allocation.household(actor=worker)

        assert queries.request_of(household, actor=worker).household == household
        assert queries.request_of(household, actor=territories.actor("lead_worker")) is None
        assert queries.request_of(household, actor=territories.actor("coordinator")) is not None
