"""Offers and answers: one household at a time, time to think, and a no that costs nothing."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.allocation import actions, queries
from chezsoi.allocation.actions import offers
from chezsoi.allocation.choices import HOLDING, CandidacyState, CommissionKind, ReasonCode, RequestState
from chezsoi.allocation.models import Candidacy, HouseholdAnswer, HousingRequest
from chezsoi.homes import actions as homes
from chezsoi.homes.choices import Stock
from chezsoi.journeys import snapshots
from chezsoi.law.commission import AnswerDelayTooShort
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, territories
from tests.harness.patience import ONE_FIXTURE_FOR_ALL

SEQUENCES = settings(max_examples=12, suppress_health_check=ONE_FIXTURE_FOR_ALL)


def send(candidacy, *, sent_on=None, due_on=None, actor=None):
    return actions.send_offer(
        actor=actor or territories.program(),
        candidacy=candidacy,
        sent_on=sent_on or allocation.today(),
        answer_due_on=due_on,
    )


class TestSendOffer:
    def test_leaves_the_ten_days_of_the_law(self):
        letter = allocation.letter()

        assert letter.answer_due_on == allocation.today() + timedelta(days=10)
        assert letter.decision.candidacy.rank == 1

    def test_leaves_a_local_commission_its_own_days(self):
        allocation.household()
        local = allocation.sitting(allocation.commission(CommissionKind.LOCAL, answer_days=3))
        round_ = allocation.drawn(allocation.offer(stock=Stock.PRIVATE))

        letter = allocation.letter(allocation.decided(allocation.item(round_, at=local)))

        assert letter.answer_due_on == allocation.today() + timedelta(days=3)

    def test_may_leave_more_and_never_less(self):
        item = allocation.decided()
        first = allocation.candidates(item)[0]

        with pytest.raises(AnswerDelayTooShort):
            send(first, due_on=allocation.today() + timedelta(days=9))
        assert send(first, due_on=allocation.today() + timedelta(days=20)).answer_due_on

    def test_refuses_who_comes_second(self):
        second = allocation.candidates(allocation.decided())[1]

        with pytest.raises(offers.NotNextInRank):
            send(second)

        second.refresh_from_db()
        assert second.state == CandidacyState.DECIDED

    def test_refuses_a_home_already_offered(self):
        item = allocation.decided()
        allocation.letter(item)

        for candidacy in allocation.candidates(item)[:2]:
            with pytest.raises(offers.HomeAlreadyTaken):
                send(candidacy)

    def test_refuses_who_was_not_allocated_it(self):
        refused = [allocation.ranked(1), *[allocation.refused(ReasonCode.SIZE)] * 3]
        item = allocation.decided(verdicts=refused)

        with pytest.raises(offers.NotAllocated):
            send(allocation.candidates(item)[1])

    def test_refuses_before_any_decision(self):
        with pytest.raises(offers.NotAllocated):
            send(allocation.candidates(allocation.item())[0])

    def test_refuses_while_the_sitting_goes_on(self):
        item = allocation.item()
        first = allocation.candidates(item)[0]
        actions.decide(
            actor=territories.program(),
            item=item,
            candidacy=first,
            verdict=allocation.ranked(1),
            on=allocation.today(),
        )

        with pytest.raises(offers.SittingStillOpen):
            send(first)

    def test_refuses_a_letter_dated_before_the_decision(self):
        first = allocation.candidates(allocation.decided())[0]

        with pytest.raises(offers.OfferBeforeDecision):
            send(first, sent_on=allocation.today() - timedelta(days=1))

    def test_refuses_a_home_no_longer_on_offer(self):
        first = allocation.candidates(allocation.decided())[0]
        homes.withdraw_offer(actor=territories.program(), offer=first.offer, reason="sold")

        with pytest.raises(offers.HomeNoLongerOnOffer):
            send(first)

    def test_refuses_a_household_that_said_no(self):
        item = allocation.decided()
        gone = allocation.answer(allocation.letter(item), yes=False)

        with pytest.raises(offers.AlreadyAnswered):
            send(gone)

    def test_refuses_who_takes_no_decision(self):
        first = allocation.candidates(allocation.decided())[0]

        with pytest.raises(NotAllowed):
            send(first, actor=territories.actor("siao_officer"))


class TestOfferNextRank:
    def test_comes_to_the_next_after_a_no_until_nobody_is_left(self):
        item = allocation.decided()
        offered = []
        for _ in range(4):
            letter = allocation.letter(item)
            offered.append(letter.decision.candidacy.rank)
            allocation.answer(letter, yes=False)

        assert offered == [1, 2, 3, 4]
        with pytest.raises(offers.NobodyNext):
            allocation.letter(item)


class TestRecordAnswer:
    def test_gives_the_home_to_the_household_that_accepts(self):
        taken = allocation.answer(allocation.letter(), yes=True)

        assert taken.state == CandidacyState.ACCEPTED

    def test_refuses_a_second_yes_in_the_same_words_as_another_households(self):
        letter = allocation.letter()
        allocation.answer(letter, yes=True)

        with pytest.raises(offers.HomeAlreadyTaken):
            allocation.answer(letter, yes=True)

    @pytest.mark.parametrize("yes", [True, False])
    def test_refuses_an_answer_after_a_no(self, yes):
        letter = allocation.letter()
        allocation.answer(letter, yes=False)

        with pytest.raises(offers.AlreadyAnswered):
            allocation.answer(letter, yes=yes)

    def test_refuses_an_answer_dated_before_the_letter(self):
        letter = allocation.letter()

        with pytest.raises(offers.AnswerBeforeOffer):
            actions.record_answer(
                actor=territories.program(),
                letter=letter,
                is_accepted=True,
                answered_on=letter.sent_on - timedelta(days=1),
            )

    def test_refuses_a_home_withdrawn_since_and_still_takes_a_no(self):
        letter = allocation.letter()
        homes.withdraw_offer(actor=territories.program(), offer=letter.decision.candidacy.offer, reason="sold")

        with pytest.raises(offers.HomeNoLongerOnOffer):
            allocation.answer(letter, yes=True)
        assert allocation.answer(letter, yes=False).state == CandidacyState.REFUSED

    def test_refuses_a_second_home_to_one_household(self):
        first = allocation.decided()
        second = allocation.decided(allocation.item(allocation.drawn()))
        letters = [allocation.letter(first), allocation.letter(second)]
        assert len({letter.decision.candidacy.household_id for letter in letters}) == 1
        allocation.answer(letters[0], yes=True)

        with pytest.raises(offers.AnotherHomeAccepted):
            allocation.answer(letters[1], yes=True)

    def test_refuses_who_may_not_record_it(self):
        letter = allocation.letter()

        with pytest.raises(NotAllowed):
            actions.record_answer(
                actor=territories.actor("outreach_worker"),
                letter=letter,
                is_accepted=True,
                answered_on=allocation.today(),
            )


class TestANo:
    def test_costs_nothing(self):
        item = allocation.decided()
        letter = allocation.letter(item)
        candidacy = letter.decision.candidacy
        points, rank = candidacy.points, candidacy.rank
        before = HousingRequest.objects.filter(household=candidacy.household).values().get()

        allocation.answer(letter, yes=False)

        after = Candidacy.objects.get(pk=candidacy.pk)
        assert (after.points, after.rank) == (points, rank)
        assert HousingRequest.objects.filter(household=candidacy.household).values().get() == before
        assert before["state"] == RequestState.ACTIVE
        elsewhere = allocation.drawn().candidacies.get(household=candidacy.household)
        assert (elsewhere.points, elsewhere.rank) == (points, rank)

    def test_keeps_that_very_home_from_being_proposed_again_and_silence_does_not(self):
        item = allocation.decided()
        refuser = allocation.answer(allocation.letter(item), yes=False)
        letter = allocation.letter(item)
        actions.lapse_silent(actor=territories.program(), on=letter.answer_due_on + timedelta(days=1))

        frozen = snapshots.waiting(
            territories.territory(), on=allocation.today() + timedelta(days=30), actor=territories.program()
        )

        excluded = {each.ref: each.excluded_homes for each in frozen}
        assert excluded[refuser.household.reference] == {refuser.offer.dwelling.reference}
        assert excluded[letter.decision.candidacy.household.reference] == frozenset()


class TestLapseSilent:
    def test_is_a_no_on_the_day_after_the_last(self):
        letter = allocation.letter()
        assert actions.lapse_silent(actor=territories.program(), on=letter.answer_due_on) == ()

        lapsed = actions.lapse_silent(actor=territories.program(), on=letter.answer_due_on + timedelta(days=1))

        assert lapsed == (letter,)
        answer = HouseholdAnswer.objects.get(letter=letter)
        assert (answer.is_silence, answer.is_accepted) == (True, False)
        assert Candidacy.objects.get(pk=letter.decision.candidacy_id).state == CandidacyState.SILENT
        assert allocation.next_in_line(letter.decision.item).rank == 2

    def test_leaves_other_territories_and_other_tables_alone(self):
        letter = allocation.letter()
        late = letter.answer_due_on + timedelta(days=1)

        assert actions.lapse_silent(actor=territories.program(territories.territory("lille")), on=late) == ()
        assert actions.lapse_silent(actor=territories.actor("commission_secretary"), on=late) == ()
        assert actions.lapse_silent(actor=territories.actor("siao_officer"), on=late) == (letter,)


class TestRecordHoused:
    def test_tells_the_others_and_meets_the_request(self):
        item = allocation.decided()
        housed = allocation.answer(allocation.letter(item), yes=True)

        actions.record_housed(actor=territories.program(), candidacy=housed)

        assert sorted(item.round.candidacies.values_list("rank", "state")) == [
            (1, "housed"), (2, "lost"), (3, "lost"), (4, "lost")
        ]  # fmt: skip
        assert HousingRequest.objects.get(household=housed.household).state == RequestState.HOUSED

    def test_can_be_undone(self):
        item = allocation.decided()
        housed = allocation.answer(allocation.letter(item), yes=True)
        actions.record_housed(actor=territories.program(), candidacy=housed)

        actions.undo_housed(actor=territories.program(), candidacy=housed)

        assert sorted(item.round.candidacies.values_list("rank", "state")) == [
            (1, "accepted"), (2, "decided"), (3, "decided"), (4, "decided")
        ]  # fmt: skip
        assert HousingRequest.objects.get(household=housed.household).state == RequestState.ACTIVE

    def test_refuses_what_was_not_accepted(self):
        letter = allocation.letter()

        with pytest.raises(offers.NotAccepted):
            actions.record_housed(actor=territories.program(), candidacy=letter.decision.candidacy)
        with pytest.raises(offers.NotHoused):
            actions.undo_housed(actor=territories.program(), candidacy=letter.decision.candidacy)

    def test_refuses_to_undo_when_another_home_was_accepted_since(self):
        first, second = allocation.decided(), allocation.decided(allocation.item(allocation.drawn()))
        housed = allocation.answer(allocation.letter(first), yes=True)
        actions.record_housed(actor=territories.program(), candidacy=housed)
        allocation.answer(allocation.letter(second), yes=True)

        with pytest.raises(offers.AnotherHomeAccepted):
            actions.undo_housed(actor=territories.program(), candidacy=housed)


@pytest.mark.slow
class TestAnySequenceOfAnswers:
    @SEQUENCES
    @given(answers=st.lists(st.sampled_from(["yes", "no", "silence", "again"]), max_size=8))
    def test_leaves_the_home_to_one_household_at_most(self, answers):
        with transaction.atomic():
            item = allocation.decided()
            for given_answer in answers:
                _play(item, given_answer)
                assert item.round.candidacies.filter(state__in=HOLDING).count() <= 1
            refusers = item.round.candidacies.filter(state__in=["refused", "silent"]).values_list("household", "rank")
            later = dict(allocation.drawn(size=10).candidacies.values_list("household", "rank"))
            for household, rank in refusers:
                assert later[household] <= rank
            transaction.set_rollback(True)


def _play(item, said):
    waiting = queries.letters_waiting(actor=territories.actor("siao_officer")).filter(decision__item=item)
    letter = waiting.first()
    try:
        if letter is None:
            letter = allocation.letter(item)
        if said == "silence":
            actions.lapse_silent(actor=territories.program(), on=letter.answer_due_on + timedelta(days=1))
        else:
            allocation.answer(letter, yes=said != "no")
    except (offers.HomeAlreadyTaken, offers.NobodyNext):
        assert said
