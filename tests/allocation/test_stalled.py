"""What nobody moves stands in "my day" after its days, and no longer once somebody moves it."""

from datetime import timedelta

import pytest

from chezsoi.allocation import actions, queries
from chezsoi.allocation.models import HouseholdAnswer, Round, Sitting
from chezsoi.allocation.refusal_reasons import RefusalReason
from chezsoi.law.stalls import home_stalls_after, round_stalls_after
from chezsoi.portal import waiting
from tests.factories import allocation, territories

TODAY = allocation.today()
DAY = timedelta(days=1)


@pytest.fixture
def officer(db):
    return territories.actor("siao_officer")


@pytest.fixture
def secretary(db):
    return territories.actor("coordinator")


def told(kind, actor, on=TODAY):
    return waiting.of_each_kind(actor=actor, on=on)[kind]


def due(key, row):
    (kind,) = [each for each in waiting.KINDS if each.key == key]
    return kind.due(row)


class TestHomes:
    def test_are_told_after_their_days_until_a_search_runs(self, officer):
        late = TODAY - home_stalls_after(TODAY) * DAY
        offer = allocation.offer(available_on=late)
        allocation.offer(available_on=late + DAY)
        allocation.offer(available_on=None)

        assert told("idle_home", officer) == 1
        (row,) = queries.homes_stalled(actor=officer, on=TODAY)
        assert row == offer
        assert str(offer.dwelling_id) in due("idle_home", row).url

        allocation.households(1)
        allocation.drawn(offer)
        assert told("idle_home", officer) == 0

    def test_off_the_list_are_not_told(self, officer, secretary):
        allocation.households(1)
        offer = allocation.offer(available_on=TODAY - 300 * DAY)
        candidacy = allocation.drawn(offer).candidacies.get()
        refusal = actions.note_refusal(actor=officer, candidacy=candidacy, reason=RefusalReason.HOME_WORKS, on=TODAY)
        Round.objects.update(state="cancelled")
        assert told("idle_home", officer) == 1

        actions.look_again(actor=secretary, refusal=refusal, counts=True, on=TODAY, words="a leak")

        assert told("idle_home", officer) == 0


class TestRounds:
    def test_drawn_are_told_after_their_days_until_on_a_table(self, officer):
        allocation.households(3)
        drawn = allocation.drawn(allocation.offer())
        late = TODAY + round_stalls_after(TODAY) * DAY
        assert told("stalled", officer, late - DAY) == 0

        assert told("stalled", officer, late) == 1
        (row,) = queries.rounds_stalled(actor=officer, on=late)
        assert row == drawn
        assert str(drawn.pk) in due("stalled", row).url
        drawn.candidacies.update(state="withdrawn")
        assert told("stalled", officer, late) == 0

    def test_decided_are_told_until_offered_and_again_after_a_no(self, officer):
        item = allocation.decided()
        late = TODAY + round_stalls_after(TODAY) * DAY
        Sitting.objects.update(state="closed")
        assert told("stalled", officer, late - DAY) == 0
        assert told("stalled", officer, late) == 1

        letter = allocation.letter(item)
        assert told("stalled", officer, late) == 0
        allocation.answer(letter, yes=False)
        HouseholdAnswer.objects.update(answered_on=TODAY + DAY)
        assert told("stalled", officer, late) == 0
        assert told("stalled", officer, late + DAY) == 1
