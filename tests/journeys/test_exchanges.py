"""Who could exchange homes: found among those the reader sees, checked apart, told with what each gains."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from chezsoi.allocation.actions import ask_pause
from chezsoi.engines.matchcheck import ResultRejected
from chezsoi.engines.matching import RuleCode, Verdict
from chezsoi.engines.matching.constrained.exchange import NoExchangeInTime
from chezsoi.engines.matching.constrained.tenants import Stays
from chezsoi.engines.matching.joint import Nearer
from chezsoi.journeys import exchanges
from chezsoi.people.models import CircleMembership, Household
from chezsoi.tenancies import actions
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import people, tenancies, territories

TODAY = timezone.localdate()
METZ, WOIPPY, MONTIGNY = "57463", "57751", "57480"


@pytest.fixture
def agent(db):
    return territories.actor("social_landlord_agent")


@pytest.fixture
def officer(db):
    return territories.actor("siao_officer")


@pytest.fixture
def house(agent):
    """House somebody in a commune; with communes wished, let it wish to exchange."""

    def housed(lives_in, *wished, **more):
        home = {name: more.pop(name) for name in ("rooms", "energy_class", "rent_per_month") if name in more}
        household = people.household()
        tenancies.lease(household, agent=agent, commune=lives_in, **home)
        tenancies.exchange(household, communes=wished, **more)
        return household

    return housed


def found(actor):
    return exchanges.possible(territories.territory(), on=TODAY, actor=actor)


def moves(possible):
    return [{step.wish.household: step.home_of.household for step in cycle} for cycle in possible.cycles]


def stays(possible):
    return {wish.household: why for wish, why in possible.stays}


def protect(household):
    Household.objects.filter(pk=household.pk).update(is_protected=True)


class TestExchange:
    def test_of_two_gives_each_the_home_of_the_other_with_every_rule_and_what_it_gains(self, house, officer):
        one, other = house(METZ, WOIPPY), house(WOIPPY, METZ, rooms_min=2)

        possible = found(officer)

        assert moves(possible) == [{one: other, other: one}]
        assert possible.stays == ()
        for step in possible.cycles[0]:
            assert [reason.rule for reason in step.reasons] == list(RuleCode)
            assert Verdict.FAIL not in {reason.verdict for reason in step.reasons}
            assert step.gains == (RuleCode.COMMUNE_IS_WISHED,)

    def test_of_three_goes_round_when_no_two_suit_each_other(self, house, officer):
        one, two, three = house(METZ, WOIPPY), house(WOIPPY, MONTIGNY), house(MONTIGNY, METZ)

        assert moves(found(officer)) == [{one: two, two: three, three: one}]

    def test_moves_nobody_to_a_home_that_a_rule_refuses_or_that_is_no_nearer(self, house, officer):
        one, other = house(METZ, WOIPPY, rooms_min=3), house(WOIPPY, METZ)
        assert stays(found(officer)) == {one: Stays.NO_HOME_WISHED, other: Stays.HOME_NOT_WISHED}
        pleased = house(METZ, METZ)
        assert stays(found(officer))[pleased] == Stays.NO_HOME_WISHED

    def test_names_what_is_nearer_where_both_homes_suit(self, house, officer):
        put_before = house(METZ, WOIPPY, METZ)
        house(WOIPPY, METZ)
        gains = {step.wish.household: step.gains for step in found(officer).cycles[0]}
        assert gains[put_before] == (Nearer.COMMUNE,)

    def test_counts_rooms_and_what_is_paid_too(self, house, officer):
        large = house(METZ, rooms_min=1, rooms=3, rent_per_month=Decimal(300), max_outlay_per_month=Decimal(900))
        small = house(METZ, rooms=2, rent_per_month=Decimal(700), max_outlay_per_month=Decimal(800))

        gains = {step.wish.household: step.gains for step in found(officer).cycles[0]}

        assert gains == {large: (Nearer.ROOMS,), small: (Nearer.EFFORT,)}

    def test_leaves_out_who_withdrew_paused_or_left(self, house, agent, officer):
        one, other = house(METZ, WOIPPY), house(WOIPPY, METZ)
        program = territories.program()
        actions.withdraw_exchange(actor=program, household=one, on=TODAY)
        assert moves(found(officer)) == []
        actions.take_withdrawal_back(actor=program, household=one)
        assert len(moves(found(officer))) == 1
        ask_pause(actor=program, household=other, on=TODAY, until_on=TODAY + timedelta(days=9), is_their_wish=True)
        assert stays(found(officer)) == {one: Stays.NO_HOME_WISHED}
        actions.void_lease(actor=agent, lease=one.leases.get(), reason="a mistake")
        assert found(officer).wishes == ()


class TestCircles:
    def test_a_protected_household_is_in_no_exchange_and_leaves_the_page_as_if_it_did_not_exist(
        self, client, house, officer
    ):
        one, hidden, three = house(METZ, WOIPPY), house(WOIPPY, MONTIGNY), house(MONTIGNY, METZ)
        client.force_login(territories.account_of(officer))
        address = reverse("journeys:exchanges")
        assert hidden.reference in client.get(address).content.decode()
        protect(hidden)
        with_it = client.get(address).content.decode()
        assert hidden.reference not in with_it
        assert stays(found(officer)) == {one: Stays.NO_HOME_WISHED, three: Stays.HOME_NOT_WISHED}
        actions.withdraw_exchange(actor=territories.program(), household=hidden, on=TODAY)

        assert said(client.get(address).content) == said(with_it)

    def test_nor_for_its_own_circle_since_the_others_would_learn_where_it_lives(self, client, house, officer):
        one, hidden = house(METZ, WOIPPY), house(WOIPPY, METZ)
        protect(hidden)
        CircleMembership.objects.filter(household=hidden).update(organisation=territories.organisation_of(officer))

        assert [wish.household for wish in found(officer).wishes] == [one]
        client.force_login(territories.account_of(officer))
        page = reverse("tenancies:exchange", args=[hidden.pk])
        assert "apprendraient où il vit" in client.get(page).content.decode()

    def test_only_who_draws_rounds_here_searches(self, house):
        for role in ("lead_worker", "social_landlord_agent"):
            with pytest.raises(NotAllowed):
                found(territories.actor(role))


def said(content):
    """Give what a page says, without the tokens of its forms."""
    return BeautifulSoup(content, "html.parser").main.get_text(" ", strip=True)


class TestPage:
    @pytest.fixture
    def read(self, client):
        def opened(actor):
            client.force_login(territories.account_of(actor))
            answer = client.get(reverse("journeys:exchanges"))
            assert answer.status_code == 200
            return BeautifulSoup(answer.content, "html.parser").main

        return opened

    def test_tells_each_step_without_an_address_and_the_trail_keeps_who_was_read(self, house, officer, read):
        one, other = house(METZ, WOIPPY), house(WOIPPY, METZ)

        told = read(officer)

        assert [
            f"{a.reference} prend le logement de {b.reference}" in told.get_text()
            for a, b in ((one, other), (other, one))
        ] == [True, True]
        assert "rue Clovis" not in told.get_text()
        assert "440" in told.get_text()
        assert set(json.loads(Entry.objects.get(verb="journeys.exchanges.read").detail)["households"]) == {
            one.pk,
            other.pk,
        }

    def test_tells_a_coordinator_no_wish_nor_means(self, house, read):
        house(METZ, WOIPPY, rooms_min=3, max_outlay_per_month=Decimal(456))

        told = read(territories.actor("coordinator")).get_text()

        assert "456" not in told
        assert "Woippy" not in told

    def test_says_what_is_lacking(self, house, officer, read):
        assert "deux ménages locataires" in read(officer).get_text()
        house(METZ, MONTIGNY)
        house(WOIPPY, METZ)
        told = read(officer).get_text()
        assert "1 ménage ne trouve aucun logement des autres" in told
        assert "Le logement de 1 ménage ne convient mieux à aucun des autres." in told

    @pytest.mark.parametrize("failure", [NoExchangeInTime("late"), ResultRejected("a lie")])
    def test_shows_nothing_that_is_not_proved(self, house, officer, read, monkeypatch, failure):
        def fails(*_args, **_more):
            raise failure

        one, _other = house(METZ, WOIPPY), house(WOIPPY, METZ)
        monkeypatch.setattr(exchanges, "check_moves", fails)

        told = read(officer)

        assert one.reference not in told.get_text()
        assert "Rien n’est montré" in told.get_text()
