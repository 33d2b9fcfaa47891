"""A tenant household says which homes it would exchange its own for: its own word, and nothing else moves."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from chezsoi.allocation.actions import RequestFacts, RoomsOutOfOrder, record_request, wish_communes
from chezsoi.allocation.actions.pausing import NotTheirWish
from chezsoi.portal.household import exchanges
from chezsoi.tenancies import actions, queries
from chezsoi.tenancies.models import ExchangeWish
from chezsoi.territories.access import NotAllowed
from chezsoi.territories.models import Commune
from chezsoi.trail.models import Entry
from tests.factories import people, tenancies, territories

TODAY = timezone.localdate()
METZ, WOIPPY = "57463", "57751"


@pytest.fixture
def agent(db):
    return territories.actor("social_landlord_agent")


@pytest.fixture
def worker(db):
    return territories.actor("lead_worker")


@pytest.fixture
def tenant(agent, worker):
    household = people.household(actor=worker)
    tenancies.lease(household, agent=agent)
    return household


def state(household, *, actor, **given):
    values = {"wished": actions.HomeWished(rooms_min=3), "communes": [], "is_their_wish": True, **given}
    return actions.state_exchange(actor=actor, household=household, on=TODAY, **values)


class TestWish:
    def test_says_which_homes_from_when_and_the_last_word_alone_counts(self, tenant, worker):
        first = state(tenant, actor=worker)
        wished = actions.HomeWished(rooms_min=2, rooms_max=3, max_outlay_per_month=Decimal(500))
        last = state(
            tenant, actor=worker, wished=wished, communes=[Commune.objects.get(code=code) for code in (WOIPPY, METZ)]
        )

        assert list(queries.exchange_wishes(tenant, actor=worker)) == [last, first]
        first.refresh_from_db()
        assert (first.ended_on, first.counts, last.counts) == (TODAY, False, True)
        assert (last.rooms_min, last.rooms_max, last.max_outlay_per_month) == (2, 3, Decimal(500))
        assert sorted(last.communes.values_list("commune_id", "rank")) == [(METZ, 2), (WOIPPY, 1)]

    def test_is_their_own_word_of_who_may_write_their_request(self, tenant, agent, worker):
        for actor, their, refused in (
            (worker, False, NotTheirWish),
            (agent, True, NotAllowed),
            (territories.actor("lead_worker"), True, NotAllowed),
            (territories.actor("health_worker", organisation=territories.organisation_of(worker)), True, NotAllowed),
        ):
            with pytest.raises(refused):
                state(tenant, actor=actor, is_their_wish=their)
        assert state(tenant, actor=territories.actor("siao_officer")).counts
        assert not queries.exchange_wishes(tenant, actor=agent).exists()
        assert not queries.exchange_wishes(tenant, actor=territories.actor("lead_worker")).exists()

    def test_starts_from_a_home_in_order(self, tenant, worker):
        homeless = people.household(actor=worker)
        with pytest.raises(actions.NoHomeToExchange):
            state(homeless, actor=worker)
        with pytest.raises(RoomsOutOfOrder):
            state(tenant, actor=worker, wished=actions.HomeWished(rooms_min=3, rooms_max=2))
        stated = state(tenant, actor=worker)
        for wrong in ({"rooms_max": 1}, {"ended_on": TODAY - timedelta(days=1)}):
            with pytest.raises(IntegrityError), transaction.atomic():
                ExchangeWish.objects.filter(pk=stated.pk).update(**wrong)

    def test_is_of_one_home_and_counts_no_more_when_it_is_left_or_handed_over(self, tenant, agent, worker):
        stated = state(tenant, actor=worker)
        actions.hand_over_lease(actor=agent, lease=stated.lease, household=people.household())
        assert not ExchangeWish.objects.select_related("lease").get().counts
        actions.hand_over_lease(actor=agent, lease=stated.lease, household=tenant)
        assert ExchangeWish.objects.select_related("lease").get().counts
        actions.void_lease(actor=agent, lease=stated.lease, reason="a mistake")
        assert not ExchangeWish.objects.select_related("lease").get().counts

    def test_is_withdrawn_in_one_act_and_taken_back(self, tenant, agent, worker):
        with pytest.raises(actions.NothingWished):
            actions.withdraw_exchange(actor=worker, household=tenant, on=TODAY)
        with pytest.raises(actions.NothingWithdrawn):
            actions.take_withdrawal_back(actor=worker, household=tenant)
        stated = state(tenant, actor=worker)
        with pytest.raises(actions.NothingWithdrawn):
            actions.take_withdrawal_back(actor=worker, household=tenant)

        assert actions.withdraw_exchange(actor=worker, household=tenant, on=TODAY).ended_on == TODAY
        assert actions.take_withdrawal_back(actor=worker, household=tenant) == stated
        assert queries.exchange_wishes(tenant, actor=worker).get().counts
        actions.withdraw_exchange(actor=worker, household=tenant, on=TODAY)
        actions.void_lease(actor=agent, lease=stated.lease, reason="a mistake")
        with pytest.raises(actions.NothingWithdrawn):
            actions.take_withdrawal_back(actor=worker, household=tenant)
        for act in (
            lambda: actions.withdraw_exchange(actor=agent, household=tenant, on=TODAY),
            lambda: actions.take_withdrawal_back(actor=agent, household=tenant),
        ):
            with pytest.raises(NotAllowed):
                act()

    def test_stands_in_the_history_of_who_may_write_it(self, tenant, agent, worker):
        state(tenant, actor=worker)
        actions.withdraw_exchange(actor=worker, household=tenant, on=TODAY)

        assert len(list(exchanges.told(tenant, actor=worker))) == 2
        assert list(exchanges.told(tenant, actor=agent)) == []
        assert exchanges.url(tenant, actor=agent) == exchanges.url(people.household(actor=worker), actor=worker) == ""


class TestPage:
    def test_state_withdraw_and_undo_without_a_script(self, client, tenant, worker):
        client.force_login(territories.account_of(worker))
        page = reverse("tenancies:exchange", args=[tenant.pk])
        assert page in client.get(reverse("people:household", args=[tenant.pk])).content.decode()
        given = {"rooms_min": "3", "rooms_max": "2", "communes": [METZ], "is_their_wish": "on"}
        assert client.post(page, given | {"is_their_wish": ""}).status_code == 422
        assert client.post(page, given).status_code == 422
        assert client.post(page, given | {"rooms_max": "4"}).status_code == 302
        shown = BeautifulSoup(client.get(page).content, "html.parser").main
        assert "T3 à T4" in shown.select_one(".cz-rows").get_text()
        assert shown.select_one("[name=communes][checked]")["value"] == METZ
        for act in ("withdraw-exchange", "take-withdrawal-back"):
            for _twice in range(2):
                assert client.post(reverse(f"tenancies:{act}", args=[tenant.pk])).status_code == 302
        assert ExchangeWish.objects.get().ended_on is None
        assert Entry.objects.filter(verb="tenancies.exchange.read").exists()

    def test_opens_on_what_was_asked_for_before_the_home(self, client, tenant, worker):
        request = record_request(actor=worker, household=tenant, facts=RequestFacts(rooms_min=4), heard_on=TODAY)
        wish_communes(actor=worker, request=request, communes=[Commune.objects.get(code=WOIPPY)], on=TODAY)
        client.force_login(territories.account_of(worker))

        shown = BeautifulSoup(client.get(reverse("tenancies:exchange", args=[tenant.pk])).content, "html.parser")

        assert shown.select_one("[name=rooms_min] [selected]")["value"] == "4"
        assert [each["value"] for each in shown.select("[name=communes][checked]")] == [WOIPPY]

    def test_says_that_an_exchange_starts_from_a_home(self, client, worker):
        household = people.household(actor=worker)
        client.force_login(territories.account_of(worker))
        page = reverse("tenancies:exchange", args=[household.pk])

        assert client.get(page).status_code == 200
        assert not BeautifulSoup(client.get(page).content, "html.parser").select("[name=rooms_min]")
        assert client.post(page, {"is_their_wish": "on"}).status_code == 422
        assert not ExchangeWish.objects.exists()
