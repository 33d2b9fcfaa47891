"""A home asked of a reservation holder: by those who follow the household, answered there, costing nothing."""

import pytest
from django.urls import reverse

from chezsoi.allocation import actions, motives, queries
from chezsoi.allocation.actions import asks
from chezsoi.allocation.models import HomeAsk
from chezsoi.journeys import snapshots
from chezsoi.portal import waiting
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, territories
from tests.factories import reservations as made

TODAY = allocation.today()


@pytest.fixture
def prefect(db):
    return made.holder()


@pytest.fixture
def officer(prefect):
    return territories.actor("reservation_agent", organisation=prefect)


@pytest.fixture
def worker(db):
    return territories.actor("siao_officer")


@pytest.fixture
def household(db):
    return allocation.household()


def ask(household, holder, *, actor, **words):
    return actions.ask_holder(actor=actor, household=household, holder=holder, on=TODAY, **words)


class TestAsk:
    def test_stands_in_the_day_of_the_holder_and_moves_no_rank(self, household, prefect, officer, worker):
        before = snapshots.waiting(territories.territory(), on=TODAY, actor=territories.program())

        asked = ask(household, prefect, actor=worker, words="two rooms in Metz")

        assert list(queries.asks_to_answer(on=TODAY, actor=officer)) == [asked]
        assert not queries.asks_to_answer(on=TODAY, actor=worker).exists()
        assert waiting.of_each_kind(actor=officer, on=TODAY)["ask"] == 1
        (kind,) = [each for each in waiting.KINDS if each.key == "ask"]
        assert kind.due(asked).lead == household.reference
        assert snapshots.waiting(territories.territory(), on=TODAY, actor=territories.program()) == before

    def test_is_of_who_follows_the_household_to_who_holds_reservations_once(self, household, prefect, officer, worker):
        with pytest.raises(NotAllowed):
            ask(household, prefect, actor=territories.actor("lead_worker"))
        with pytest.raises(NotAllowed):
            ask(household, prefect, actor=officer)
        with pytest.raises(asks.NoSuchHolder):
            ask(household, made.landlord(), actor=worker)
        with pytest.raises(motives.ForbiddenMotive):
            ask(household, prefect, actor=worker, words="schizophrénie")
        ask(household, prefect, actor=worker)
        with pytest.raises(asks.AskedAlready):
            ask(household, prefect, actor=worker)

    def test_may_be_asked_of_a_body_that_signed_an_agreement(self, household, worker):
        town = made.holder("municipality")
        made.agreement(made.landlord(), town, 20, kind="municipality")
        assert ask(household, town, actor=worker).holder == town


class TestAnswer:
    def test_no_is_said_in_words_by_the_holder_once(self, household, prefect, officer, worker):
        asked = ask(household, prefect, actor=worker)
        with pytest.raises(NotAllowed):
            actions.decline_ask(actor=territories.actor("reservation_agent"), ask=asked, on=TODAY, words="no")
        with pytest.raises(asks.NoAnswerWords):
            actions.decline_ask(actor=officer, ask=asked, on=TODAY, words=" ")
        with pytest.raises(motives.ForbiddenMotive):
            actions.decline_ask(actor=officer, ask=asked, on=TODAY, words="schizophrénie")

        answered = actions.decline_ask(actor=officer, ask=asked, on=TODAY, words="nothing before March")

        assert (answered.state, answered.answered_on) == ("no", TODAY)
        with pytest.raises(asks.AskOver):
            actions.withdraw_ask(actor=worker, ask=asked, on=TODAY)
        assert ask(household, prefect, actor=worker).state == "awaits"


class TestPages:
    def test_ask_answer_and_withdraw_without_a_script(self, client, household, prefect, officer, worker):
        client.force_login(territories.account_of(worker))
        url = reverse("allocation:asks", args=[household.pk])
        assert url in client.get(reverse("people:household", args=[household.pk])).content.decode()
        assert client.post(url, {"holder": ""}).status_code == 422
        assert client.post(url, {"holder": prefect.pk, "words": "schizophrénie"}).status_code == 422
        assert client.post(url, {"holder": prefect.pk, "words": "two rooms"}).status_code == 302
        asked = HomeAsk.objects.get()

        client.force_login(territories.account_of(officer))
        answer = reverse("allocation:ask", args=[asked.pk])
        page = client.get(answer).content.decode()
        assert "two rooms" in page
        assert household.reference in page
        assert client.post(answer, {"words": "schizophrénie"}).status_code == 422
        assert client.post(answer, {"words": "nothing before March"}).status_code == 302
        assert client.get(answer).status_code == 200

        client.force_login(territories.account_of(worker))
        assert "nothing before March" in client.get(url).content.decode()
        client.post(url, {"holder": prefect.pk})
        withdraw = reverse("allocation:withdraw-ask", args=[HomeAsk.objects.get(state="awaits").pk])
        for _twice in range(2):
            client.post(withdraw)
        assert not HomeAsk.objects.filter(state="awaits").exists()
