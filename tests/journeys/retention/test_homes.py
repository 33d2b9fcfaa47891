"""An owner nobody heard of for three years is forgotten, and where the homes stand; what was decided stays."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from chezsoi.homes import actions as homes
from chezsoi.homes import tables
from chezsoi.homes.choices import OfferState, OwnerKind, Stock
from chezsoi.homes.models import Dwelling, Owner
from chezsoi.journeys.retention import actions, owners, queries
from chezsoi.journeys.retention.models import PurgeRun
from chezsoi.kernel.dates import add_months
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import homes as made
from tests.factories import people, retention, tenancies, territories
from tests.factories.retention import today

pytestmark = pytest.mark.django_db
TERM = add_months(today(), 36)


@pytest.fixture
def officer():
    return retention.officer()


def private_owner(name: str = "Odile Brun", *, kind: str = OwnerKind.PERSON) -> Owner:
    place = territories.territory()
    return homes.register_owner(actor=territories.program(place), territory=place, name=name, kind=kind)


def home(owner: Owner | None = None, **traits) -> Dwelling:
    return made.dwelling(owner=owner, stock=Stock.PRIVATE, address="3 rue des Trois Rois", **traits)


def due(on=TERM) -> set[int]:
    found = owners.past_their_time(territories.territory(), on=on)
    return {each for silent in found for each in silent.dwellings}


def purge(officer, on=TERM) -> PurgeRun:
    return actions.purge(actor=officer, territory=territories.territory(), on=on)


class TestTheTerm:
    def test_is_three_years_after_the_home_was_recorded_when_nothing_followed(self):
        silent = home(private_owner())

        assert due(TERM - timedelta(days=1)) == set()
        assert due() == {silent.pk}

    def test_follows_the_last_day_anything_was_heard_of_any_of_its_homes(self):
        owner = private_owner()
        home(owner)
        heard = home(owner)
        recent = today() + timedelta(days=60)
        offered = made.offer(heard, available_on=recent)
        homes.withdraw_offer(actor=territories.program(), offer=offered, reason="sold")

        assert due() == set()
        assert len(due(add_months(recent, 36))) == 2

    def test_does_not_come_from_a_day_still_to_come(self):
        offered = made.offer(home(private_owner()), available_on=add_months(TERM, 12))
        homes.withdraw_offer(actor=territories.program(), offer=offered, reason="sold")

        assert due() == {offered.dwelling_id}

    def test_is_each_home_s_own_where_the_owner_is_a_landlord_of_the_territory(self):
        landlord = made.owner(territories.organisation())
        silent, heard = made.dwelling(owner=landlord), made.dwelling(owner=landlord)
        made.offer(heard)

        assert due() == {silent.pk}

    @pytest.mark.parametrize("state", ["lived in", "on offer"])
    def test_never_comes_while_somebody_lives_there_or_may(self, state):
        agent = territories.actor("social_landlord_agent")
        offered = tenancies.offer(agent=agent)
        if state == "lived in":
            household = people.household()
            chosen = tenancies.candidacy(household, offer=offered)
            household.leases.create(
                territory=household.territory, dwelling=offered.dwelling, offer=offered, candidacy=chosen,
                kind="direct", is_social=True, signed_on=today(), starts_on=today(),
            )  # fmt: skip
            homes.mark_let(actor=territories.program(), offer=offered, on=today())

        assert due(add_months(today(), 120)) == set()

    def test_comes_for_a_home_the_law_forbids_to_let(self):
        blocked = made.offer(home(private_owner(), energy_class="G"))
        assert blocked.state == OfferState.NOT_OFFERABLE

        assert due(add_months(TERM, 12)) == {blocked.dwelling_id}


class TestErasing:
    def test_takes_the_name_and_the_address_and_leaves_the_home_in_the_figures(self, officer):
        silent = home(private_owner())
        homes.withdraw_offer(actor=territories.program(), offer=made.offer(silent), reason="sold")

        run = purge(officer)

        silent.refresh_from_db()
        assert run.homes == 1
        assert (silent.address, silent.owner, silent.erased_on) == ("", None, TERM)
        assert silent.offers.get().state == OfferState.WITHDRAWN
        assert not Owner.objects.exists()
        said = Entry.objects.get(verb="retention.homes.erased")
        assert json.loads(said.detail) == {"homes": [silent.pk], "owner": True}
        assert "Brun" not in str(Entry.objects.values_list("detail", flat=True))

    def test_keeps_a_landlord_of_the_territory_and_takes_the_address_of_its_silent_home(self, officer):
        landlord = made.owner(territories.organisation())
        silent = made.dwelling(owner=landlord)

        purge(officer)

        silent.refresh_from_db()
        assert (silent.address, silent.owner) == ("", landlord)

    def test_takes_an_owner_without_a_home(self, officer):
        private_owner()

        assert purge(officer).homes == 0
        assert not Owner.objects.exists()

    def test_ends_an_offer_that_the_law_blocked(self, officer):
        blocked = made.offer(home(private_owner(), energy_class="G"))

        purge(officer, add_months(TERM, 12))

        blocked.refresh_from_db()
        assert (blocked.state, blocked.blocked_by) == (OfferState.WITHDRAWN, None)

    def test_is_done_once(self, officer):
        home(private_owner())

        assert [purge(officer).homes, purge(officer, add_months(TERM, 1)).homes] == [1, 0]

    def test_leaves_a_home_let_or_offered_since_it_was_listed(self, officer, monkeypatch):
        silent = home(private_owner())
        listed = list(owners.past_their_time(territories.territory(), on=TERM))
        made.offer(silent)
        monkeypatch.setattr(owners, "past_their_time", lambda territory, *, on: iter(listed))

        assert purge(officer).homes == 0
        silent.refresh_from_db()
        assert silent.address

    def test_is_for_the_data_protection_officer(self, officer):
        run = purge(officer)

        with pytest.raises(NotAllowed):
            actions.erase_homes(actor=territories.actor("siao_officer"), run=run)


class TestAfterwards:
    def test_the_page_says_since_when_the_owner_and_the_address_are_erased(self, officer):
        silent = home(private_owner())
        purge(officer)
        silent.refresh_from_db()

        with translation.override("en"):
            told = {fact.label: fact.value for fact in tables.facts(silent, address=silent.address)}

        assert told["Address"] == told["Owner"]
        assert told["Address"].startswith("erased on ")

    def test_a_home_heard_of_again_is_kept_anew(self, officer):
        silent = home(private_owner())
        purge(officer)
        silent.refresh_from_db()
        known = made.features(address="3 rue des Trois Rois")

        homes.correct_dwelling(actor=territories.program(), dwelling=silent, features=known, on=TERM)

        silent.refresh_from_db()
        assert (silent.address, silent.erased_on) == ("3 rue des Trois Rois", None)

    def test_an_owner_named_again_has_a_term_of_its_own(self, officer):
        silent = home(private_owner())
        purge(officer)
        silent.refresh_from_db()
        known = made.features(address="")

        homes.correct_dwelling(
            actor=territories.program(), dwelling=silent, features=known, owner=private_owner("Odile Brun"), on=TERM
        )
        run = purge(officer, add_months(TERM, 36))

        silent.refresh_from_db()
        assert (run.homes, silent.owner, Owner.objects.count()) == (1, None, 0)

    def test_correcting_its_rooms_alone_brings_nothing_back(self, officer):
        silent = home(private_owner())
        purge(officer)
        silent.refresh_from_db()
        known = replace(made.features(), address="", rooms=3)

        homes.correct_dwelling(actor=territories.program(), dwelling=silent, features=known, on=TERM)

        silent.refresh_from_db()
        assert silent.erased_on == TERM

    def test_the_database_refuses_an_address_on_an_erased_home(self):
        silent = home()

        with pytest.raises(IntegrityError), transaction.atomic():
            Dwelling.objects.filter(pk=silent.pk).update(erased_on=timezone.localdate())


def test_a_forecast_counts_them(officer):
    home(private_owner())
    home(private_owner("Luc Roy", kind=OwnerKind.UNKNOWN))

    assert queries.forecast(territories.territory(), on=TERM, actor=officer).homes == 2
