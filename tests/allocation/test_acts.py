"""The life of a request: renewed, withdrawn, taken up again, contested; never a place or a point lost by it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from chezsoi.allocation import actions, queries
from chezsoi.allocation.actions import acts
from chezsoi.allocation.actions.requests import lapse_of
from chezsoi.allocation.choices import REQUEST_TRANSITIONS, RequestAct, RequestState
from chezsoi.allocation.models import Appeal, Candidacy, HousingRequest, RequestEvent
from chezsoi.journeys import snapshots
from chezsoi.portal import waiting
from chezsoi.trail.models import Entry
from tests.factories import allocation, territories

TODAY = allocation.today()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def asked(db):
    return HousingRequest.objects.get(household=allocation.household())


def act(request, what, *, on=TODAY, reason="they found a home with a cousin"):
    return actions.act_on_request(
        actor=territories.program(), request=request, act=RequestAct(what), on=on, reason=reason
    )


def again(row):
    row.refresh_from_db()
    return row


def take_back(event):
    return actions.take_back(actor=territories.program(), event=event, on=TODAY)


def waits():
    return snapshots.waiting(territories.territory(), on=TODAY, actor=territories.program())


class TestStates:
    @pytest.mark.parametrize("state", RequestState.values)
    @pytest.mark.parametrize("what", RequestAct.values)
    def test_lead_where_the_table_says_and_nowhere_else(self, asked, state, what):
        HousingRequest.objects.update(state=state)
        if (state, what) in REQUEST_TRANSITIONS:
            act(asked, what)
            assert again(asked).state == REQUEST_TRANSITIONS[state, what]
        else:
            with pytest.raises(acts.NotFromThisState):
                act(asked, what)
            assert again(asked).state == state


class TestRenew:
    def test_gives_a_year_and_keeps_number_and_first_day(self, asked):
        number, since = asked.number, asked.requested_on

        act(asked, "renew")

        again(asked)
        assert (asked.valid_until, asked.number, asked.requested_on) == (lapse_of(TODAY), number, since)

    def test_long_after_it_lapsed_moves_no_rank(self, asked):
        other = allocation.household(requested_on=TODAY - timedelta(days=30))
        HousingRequest.objects.filter(pk=asked.pk).update(valid_until=TODAY - timedelta(days=200))
        before = [row.waiting_since for row in waits()]

        act(asked, "renew")

        assert [row.waiting_since for row in waits()] == before
        assert other.reference in {row.ref for row in waits()}

    def test_refuses_a_day_before_the_last_act_or_before_the_request(self, asked):
        with pytest.raises(acts.ActBeforeTheLast):
            act(asked, "renew", on=asked.requested_on - timedelta(days=1))
        act(asked, "renew")
        with pytest.raises(acts.ActBeforeTheLast):
            act(asked, "renew", on=YESTERDAY)

    def test_is_a_task_before_it_lapses_and_no_longer_once_done(self, asked):
        HousingRequest.objects.update(valid_until=TODAY + timedelta(days=20))
        officer = territories.actor("siao_officer")
        assert waiting.of_each_kind(actor=officer, on=TODAY)["renewal"] == 1
        (kind,) = [each for each in waiting.KINDS if each.key == "renewal"]
        assert kind.due(queries.requests_to_renew(actor=officer, on=TODAY).get()).on == TODAY + timedelta(days=20)

        act(asked, "renew")

        assert not queries.requests_to_renew(actor=officer, on=TODAY).exists()

    def test_is_known_from_the_first_day_for_a_request_of_less_than_a_year(self, db):
        young = allocation.household(requested_on=TODAY - timedelta(days=320)).request
        assert young.valid_until == lapse_of(young.requested_on)
        old = allocation.household(requested_on=TODAY - timedelta(days=800)).request
        assert old.valid_until is None
        allocation.renewed(old.household)
        allocation.request(old.household, requested_on=old.requested_on)
        assert again(old).valid_until == lapse_of(TODAY)


class TestWithdraw:
    def test_leaves_homes_not_offered_and_is_wholly_taken_back(self, db):
        for _number in range(3):
            allocation.household()
        round_ = allocation.drawn(allocation.offer())
        candidacy = round_.candidacies.order_by("rank").first()
        asked = HousingRequest.objects.get(household=candidacy.household)

        event = act(asked, "withdraw")

        assert again(candidacy).state == "withdrawn"
        assert asked.household.reference not in {row.ref for row in waits()}
        take_back(event)
        assert (again(candidacy).state, again(asked).state) == ("proposed", "active")
        assert again(event).cancelled_on == TODAY
        assert Entry.objects.filter(verb="allocation.request.act_taken_back").exists()

    def test_asks_first_for_the_answer_to_an_offer(self, db):
        letter = allocation.letter()
        with pytest.raises(acts.AnswerTheOfferFirst):
            act(HousingRequest.objects.get(household=letter.decision.candidacy.household), "withdraw")
        assert not RequestEvent.objects.exists()

    def test_has_a_reason_and_comes_back_with_its_seniority(self, asked):
        with pytest.raises(acts.NoReasonGiven):
            act(asked, "withdraw", reason=" ")
        since = [row.waiting_since for row in waits()]
        act(asked, "withdraw")
        act(asked, "resume")

        assert [row.waiting_since for row in waits()] == since


class TestTakeBack:
    def test_is_of_the_last_act_alone_and_once(self, asked):
        first = act(asked, "renew")
        last = act(asked, "renew")
        with pytest.raises(acts.NotTheLastAct):
            take_back(first)
        take_back(last)
        assert again(asked).valid_until == lapse_of(TODAY)
        take_back(first)
        assert again(asked).valid_until is None
        with pytest.raises(acts.NotTheLastAct):
            take_back(first)

    def test_leaves_what_was_done_since(self, asked):
        event = act(asked, "renew")
        HousingRequest.objects.update(state=RequestState.HOUSED)
        with pytest.raises(acts.NotTheLastAct):
            take_back(event)


class TestRefusing:
    def test_an_offer_costs_neither_rank_nor_points_nor_wait(self, db):
        letter = allocation.letter()
        household = letter.decision.candidacy.household
        before = {row.ref: (row.waiting_since, row.labels) for row in waits()}

        allocation.answer(letter, yes=False)

        after = {row.ref: (row.waiting_since, row.labels) for row in waits()}
        assert after[household.reference] == before[household.reference]
        assert household.request.state == "active"


class TestAppeal:
    def test_is_a_task_until_it_is_answered_and_moves_nothing(self, asked):
        officer, before = territories.actor("siao_officer"), waits()
        appeal = allocation.appeal(asked.household, due_on=TODAY + timedelta(days=60), words="nobody told us why")
        assert waiting.of_each_kind(actor=officer, on=TODAY)["appeal"] == 1
        (kind,) = [each for each in waiting.KINDS if each.key == "appeal"]
        assert kind.due(queries.appeals_awaited(actor=officer, on=TODAY).get()).on == TODAY + timedelta(days=60)

        settled = actions.settle_appeal(
            actor=territories.program(), appeal=appeal, outcome="rejected", outcome_on=TODAY, words="in time"
        )

        assert (settled.outcome, settled.outcome_words) == ("rejected", "in time")
        assert not queries.appeals_awaited(actor=officer, on=TODAY).exists()
        assert waits() == before

    def test_is_settled_once_and_reopened_when_it_was_a_mistake(self, asked):
        appeal = allocation.appeal(asked.household)
        program = territories.program()
        with pytest.raises(acts.AppealAwaited):
            actions.reopen_appeal(actor=program, appeal=appeal)
        with pytest.raises(acts.OutcomeBeforeLodged):
            actions.settle_appeal(actor=program, appeal=appeal, outcome="granted", outcome_on=YESTERDAY)
        actions.settle_appeal(actor=program, appeal=appeal, outcome="granted", outcome_on=TODAY)
        with pytest.raises(acts.AppealAnswered):
            actions.settle_appeal(actor=program, appeal=appeal, outcome="rejected", outcome_on=TODAY)

        assert actions.reopen_appeal(actor=program, appeal=appeal).outcome == ""

    def test_is_not_due_before_it_is_lodged(self, asked):
        with pytest.raises(acts.AnswerDueBeforeLodged):
            allocation.appeal(asked.household, due_on=YESTERDAY)


class TestPages:
    @pytest.fixture
    def siao(self, client):
        client.force_login(territories.account_of(territories.actor("siao_officer")))
        return client

    def test_let_one_withdraw_take_back_and_renew(self, siao, asked):
        pk = asked.household_id
        siao.post(reverse("allocation:request-act", args=[pk, "withdraw"]), {"on": TODAY, "reason": "gone to Lyon"})
        text = siao.get(reverse("allocation:request", args=[pk])).content.decode()
        assert "gone to Lyon" in text
        event = RequestEvent.objects.get()
        siao.post(reverse("allocation:undo-request-act", args=[pk, event.pk]))
        siao.post(reverse("allocation:undo-request-act", args=[pk, event.pk]))
        siao.post(reverse("allocation:request-act", args=[pk, "renew"]), {"on": TODAY})

        assert again(asked).valid_until == lapse_of(TODAY)
        assert "gone to Lyon" not in siao.get(reverse("portal:household", args=[pk])).content.decode()

    def test_say_what_cannot_be(self, siao, asked):
        pk = asked.household_id
        resume = reverse("allocation:request-act", args=[pk, "resume"])
        assert siao.post(resume, {"on": TODAY}).status_code == 422
        assert siao.post(resume, {"on": TODAY + timedelta(days=1)}).status_code == 422
        lodge = {"about": "points", "body": "landlord", "lodged_on": TODAY, "due_on": YESTERDAY}
        assert siao.post(reverse("allocation:lodge-appeal", args=[pk]), lodge).status_code == 422
        assert siao.post(reverse("allocation:lodge-appeal", args=[pk]), {"lodged_on": TODAY}).status_code == 422
        assert not BeautifulSoup(siao.get(reverse("allocation:lodge-appeal", args=[pk])).content, "html.parser").select(
            "main option[selected]:not([value=''])"
        )
        assert not Appeal.objects.exists()
        nothing = allocation.people.household()
        assert siao.get(reverse("allocation:request", args=[nothing.pk])).status_code == 404

    def test_follow_an_appeal_to_its_end_and_back(self, siao, asked):
        pk = asked.household_id
        given = {"about": "points", "body": "landlord", "lodged_on": TODAY, "words": "a child was forgotten"}
        siao.post(reverse("allocation:lodge-appeal", args=[pk]), given)
        address = [pk, Appeal.objects.get().pk]
        settle = reverse("allocation:settle-appeal", args=address)
        siao.post(settle, {"outcome": "granted", "outcome_on": TODAY, "words": "points corrected"})
        assert siao.post(settle, {"outcome": "granted", "outcome_on": TODAY}).status_code == 422
        assert "points corrected" in siao.get(reverse("allocation:request", args=[pk])).content.decode()
        assert "a child" not in siao.get(reverse("portal:household", args=[pk])).content.decode()
        reopen = reverse("allocation:reopen-appeal", args=address)
        siao.post(reopen)
        siao.post(reopen)

        assert Appeal.objects.get().outcome == ""
        assert Candidacy.objects.count() == 0
