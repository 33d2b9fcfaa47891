"""On which day each fact of a home was told: kept beside it by a draw, read by none, shown beside the rule it met."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.allocation import queries
from chezsoi.allocation.dating import OF_HOME
from chezsoi.allocation.models import Round
from chezsoi.allocation.models.draws import frozen_of, shortlist_of, shortlist_seal
from chezsoi.allocation.models.facts import digest
from chezsoi.allocation.models.law_of_the_day import home_of
from chezsoi.allocation.models.told_of_homes import OF_THE_DWELLING, OF_THE_OFFER, days_of
from chezsoi.engines.matching import FIELDS_READ, Home
from chezsoi.homes.models import Dwelling, Offer
from tests import htmx
from tests.factories import allocation, territories

TODAY = allocation.today()
BUILT, PRICED = date(2026, 2, 3), date(2026, 9, 14)
NOT_DATED = {"ref", "is_overseas", "reservation_holder"}


@pytest.fixture
def english():
    with override("en"):
        yield


@pytest.fixture
def home():
    """Offer a home whose features were told on one day, its rent and charges on another."""
    offer = allocation.offer()
    dwelling = Dwelling.objects.filter(pk=offer.dwelling_id)
    dwelling.update(told_on=dict.fromkeys(offer.dwelling.told_on, BUILT.isoformat()))
    Offer.objects.filter(pk=offer.pk).update(told_on=dict.fromkeys(offer.told_on, PRICED.isoformat()))
    return Offer.objects.get(pk=offer.pk)


@pytest.fixture
def her():
    return allocation.household("dalo", communes=["57463"])


def by_rule(round_, role="siao_officer", **how):
    found = queries.candidates(round_, actor=territories.actor(role), **how)[0]
    return {each.rule: each.dated for each in found.reasons}


def kept(round_):
    facts = frozen_of(round_)
    return {name: each.day for each in facts.days if each.ref == facts.home.ref for name in each.fields}


class TestWhatIsKept:
    def test_is_the_day_of_each_fact_of_the_home(self, home, her):
        found = kept(allocation.drawn(home))

        assert found["rooms"] == found["wheelchair"] == found["energy_rating"] == found["kind"] == BUILT
        assert found["rent_per_month"] == found["charges_per_month"] == found["available_on"] == PRICED

    def test_stands_with_each_home_of_a_joint_round(self, home, her):
        joint = allocation.drawn_together([home, allocation.offer()])

        first, second = joint.rounds.order_by("pk")
        assert (kept(first)["rooms"], kept(second)["rooms"]) == (BUILT, TODAY)
        assert BUILT.isoformat() not in joint.snapshot
        assert queries.joint_proof(joint, actor=territories.actor("siao_officer")).holds

    def test_is_nothing_of_a_home_recorded_before_days_were(self, home, her):
        Dwelling.objects.update(told_on={})
        Offer.objects.update(told_on={})

        assert kept(allocation.drawn(home)) == {}

    def test_has_no_day_later_than_the_freeze(self, home, her):
        later = (TODAY + timedelta(days=1)).isoformat()
        Dwelling.objects.update(told_on={"rooms": later, "floor": TODAY.isoformat()})

        found = kept(allocation.committed(home))

        assert "rooms" not in found
        assert found["floor"] == TODAY

    def test_changes_no_answer_and_is_under_the_seal(self, home, her):
        dated = allocation.drawn(home)
        bare = frozen_of(dated)
        assert queries.proof(dated, actor=territories.actor("siao_officer")).holds

        text = json.loads(dated.snapshot)
        text["days"] = [each for each in text["days"] if each["ref"] != bare.home.ref]
        dated.snapshot = json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

        assert shortlist_seal(shortlist_of(dated, size=dated.listed)) == dated.result_sha256
        assert digest(dated.snapshot) != dated.snapshot_sha256

    def test_stays_as_it_was_whatever_is_told_since(self, home, her):
        round_ = allocation.drawn(home)
        before = by_rule(round_)

        Dwelling.objects.update(rooms=9, told_on={"rooms": TODAY.isoformat()})

        assert by_rule(Round.objects.get(pk=round_.pk)) == before


class TestWhatIsShown:
    def test_is_beside_each_rule_what_it_read_of_the_home(self, home, her, english):
        found = by_rule(allocation.drawn(home))

        priced = "told of the home (rent, charges) on Sept. 14, 2026"
        assert found["outlay_is_bearable"].endswith(priced)
        assert found["lift_or_ground"].endswith("told of the home (floor, lift) on Feb. 3, 2026")
        assert found["home_is_offerable"] == (
            "told of the home (energy class) on Feb. 3, 2026, rule in force since Jan. 1, 2025"
        )
        assert found["rooms_fit_wish"] == ""

    def test_names_each_day_of_facts_told_on_two(self, home, her, english):
        Dwelling.objects.update(told_on={"floor": BUILT.isoformat(), "has_lift": PRICED.isoformat()})

        assert by_rule(allocation.drawn(home))["lift_or_ground"].endswith(
            "told of the home (floor) on Feb. 3, 2026, told of the home (lift) on Sept. 14, 2026"
        )

    def test_says_nothing_of_what_bears_no_day(self, home, her, english):
        Dwelling.objects.update(told_on={})

        found = by_rule(allocation.drawn(home))

        assert found["home_is_offerable"] == "rule in force since Jan. 1, 2025"
        assert "told of the home" not in found["lift_or_ground"]

    def test_is_not_told_with_a_rent_that_is_not(self, home, her):
        landlord = territories.actor("social_landlord_agent")
        offer = allocation.offer(landlord=territories.organisation_of(landlord))
        Offer.objects.filter(pk=offer.pk).update(told_on={"rent_per_month": PRICED.isoformat()})

        found = queries.candidates(allocation.drawn(offer), actor=landlord)[0]

        assert not any("septembre" in each.dated for each in found.reasons)

    def test_is_on_the_page_of_who_asks_why(self, client, home, her):
        client.force_login(territories.account_of(territories.actor("siao_officer")))
        address = reverse("allocation:round", args=[allocation.drawn(home).pk])

        page = htmx.parse(client.get(address, {"file": her.reference})).text

        assert "dit du logement (loyer, charges) le 14 septembre 2026" in page

    def test_is_silent_on_a_projector(self, client, home, her):
        secretary = territories.actor("commission_secretary")
        client.force_login(territories.account_of(secretary))
        own = allocation.commission(organisation=territories.organisation_of(secretary))
        allocation.households(2)
        item = allocation.item(allocation.drawn(home), at=allocation.sitting(own))

        page = htmx.parse(client.get(reverse("allocation:projector", args=[item.sitting_id, 1]))).text

        assert "Ménage A" in page
        assert "dit du logement" not in page


class TestTheNames:
    def test_of_every_fact_a_rule_reads_are_known(self):
        read = {name for fields in FIELDS_READ.values() for name in fields.home}

        assert read - NOT_DATED == set(OF_HOME)

    def test_of_every_fact_are_those_of_the_home(self):
        dated = {*OF_THE_DWELLING, *OF_THE_OFFER}

        assert dated | NOT_DATED == set(Home.__dataclass_fields__)


AROUND = st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days))


@pytest.mark.slow
class TestWhateverWasTold:
    @settings(max_examples=15)
    @given(
        features=st.dictionaries(st.sampled_from(sorted(OF_THE_DWELLING.values())), AROUND),
        terms=st.dictionaries(st.sampled_from(OF_THE_OFFER), AROUND),
        unknown=st.booleans(),
        on=AROUND,
    )
    def test_each_day_is_that_of_a_fact_known_then_and_never_later(self, features, terms, unknown, on):
        with transaction.atomic():
            offer = allocation.offer(rent_per_month=None if unknown else Decimal(300))
            offer.dwelling.told_on = {name: day.isoformat() for name, day in features.items()}
            offer.told_on = {name: day.isoformat() for name, day in terms.items()}

            found = {name: each.day for each in days_of(offer, on=on) for name in each.fields}

            columns = {name: features.get(column) for name, column in OF_THE_DWELLING.items()} | terms
            home = home_of(offer)
            assert found == {
                name: day
                for name, day in columns.items()
                if day is not None and day <= on and getattr(home, name) is not None
            }
            transaction.set_rollback(True)
