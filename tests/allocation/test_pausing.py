"""A household asks to be proposed nothing until a day: its own wish, its rank kept, over by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse

from chezsoi.allocation import actions
from chezsoi.allocation.actions import pausing
from chezsoi.allocation.models import Pause
from chezsoi.journeys import snapshots
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, territories

TODAY = allocation.today()
DAY = timedelta(days=1)
BACK = TODAY + 30 * DAY


@pytest.fixture
def waiters(db):
    return allocation.households(3)


def references(on=TODAY):
    return [row.ref for row in snapshots.waiting(territories.territory(), on=on, actor=territories.program())]


def end(pause, on=TODAY):
    return actions.end_pause(actor=territories.program(), pause=pause, on=on)


def take_back(pause, on=TODAY):
    return actions.take_pause_back(actor=territories.program(), pause=pause, on=on)


def ask(household, *, actor=None, until_on=BACK, is_their_wish=True):
    return actions.ask_pause(
        actor=actor or territories.program(), household=household, on=TODAY, until_on=until_on,
        is_their_wish=is_their_wish,
    )  # fmt: skip


class TestAskPause:
    def test_proposes_nothing_until_its_day_and_then_by_itself_at_the_same_place(self, waiters):
        before = snapshots.waiting(territories.territory(), on=BACK, actor=territories.program())

        pause = ask(waiters[0])

        assert waiters[0].reference not in references()
        assert waiters[0].reference not in references(BACK - DAY)
        assert snapshots.waiting(territories.territory(), on=BACK, actor=territories.program()) == before
        assert [pause.runs_on(day) for day in (TODAY - DAY, TODAY, BACK - DAY, BACK)] == [False, True, True, False]

    def test_costs_no_rank_in_the_round_after_alone_or_joint(self, waiters):
        ranks = {row.household_id: row.rank for row in allocation.drawn(allocation.offer()).candidacies.all()}
        pause = ask(waiters[0])
        without = allocation.drawn(allocation.offer())
        assert not without.candidacies.filter(household=waiters[0]).exists()

        end(pause)

        after = allocation.drawn(allocation.offer()).candidacies.all()
        joint = allocation.drawn_together([allocation.offer(), allocation.offer()])
        assert {row.household_id: row.rank for row in after} == ranks
        assert joint.answers.get(household=waiters[0]).place == ranks[waiters[0].pk]

    def test_leaves_what_was_proposed_before(self, waiters):
        candidacy = allocation.drawn(allocation.offer()).candidacies.get(household=waiters[0])
        ask(waiters[0])
        candidacy.refresh_from_db()
        assert candidacy.state == "proposed"

    def test_is_of_the_household_alone_forward_one_at_a_time_and_of_who_may(self, waiters):
        with pytest.raises(NotAllowed):
            ask(waiters[0], actor=territories.actor("coordinator"))
        with pytest.raises(pausing.NotTheirWish):
            ask(waiters[0], is_their_wish=False)
        with pytest.raises(pausing.PauseBackwards):
            ask(waiters[0], until_on=TODAY)
        ask(waiters[0])
        with pytest.raises(pausing.PausedAlready):
            ask(waiters[0])
        assert Pause.objects.count() == 1


class TestEndAndTakeBack:
    def test_come_back_earlier_then_undo_that_then_the_pause_itself(self, waiters):
        pause = ask(waiters[0])
        end(pause)
        assert waiters[0].reference in references()
        with pytest.raises(pausing.NotPaused):
            end(pause)

        assert take_back(pause).runs_on(TODAY)
        assert waiters[0].reference not in references()
        assert not take_back(pause).runs_on(TODAY)
        assert waiters[0].reference in references()
        with pytest.raises(pausing.NothingToUndo):
            take_back(pause)

    def test_is_not_undone_once_another_runs(self, waiters):
        pause = end(ask(waiters[0]))
        ask(waiters[0])
        with pytest.raises(pausing.PausedAlready):
            take_back(pause)


class TestPages:
    def test_ask_end_and_take_back_without_a_script(self, client, waiters):
        client.force_login(territories.account_of(territories.actor("siao_officer")))
        url = reverse("allocation:pause", args=[waiters[0].pk])
        assert url in client.get(reverse("people:household", args=[waiters[0].pk])).content.decode()
        assert client.post(url, {"until_on": BACK.isoformat()}).status_code == 422
        assert client.post(url, {"until_on": TODAY.isoformat(), "is_their_wish": "on"}).status_code == 422
        assert client.post(url, {"until_on": BACK.isoformat(), "is_their_wish": "on"}).status_code == 302
        pause = Pause.objects.get()
        ending = reverse("allocation:end-pause", args=[waiters[0].pk, pause.pk])
        assert ending in client.get(url).content.decode()
        client.post(ending)
        client.post(ending)
        assert waiters[0].reference in references()
        back = reverse("allocation:take-pause-back", args=[waiters[0].pk, pause.pk])
        for _time in range(3):
            client.post(back)
        pause.refresh_from_db()
        assert (pause.ended_on, pause.cancelled_on) == (None, TODAY)
