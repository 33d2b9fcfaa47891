"""On which day each thing known of a home was told: kept with it as it is written, never guessed of what is older."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.homes import actions
from chezsoi.homes.models import Dwelling, Offer
from chezsoi.homes.telling import FEATURES, TERMS, UNSAID
from chezsoi.trail.models import Entry
from tests.factories import homes, territories
from tests.homes.test_offers import Noted

FIRST, THEN = date(2026, 3, 12), date(2026, 10, 5)


def told(row):
    return {name: date.fromisoformat(day) for name, day in type(row).objects.get(pk=row.pk).told_on.items()}


def registered(on=FIRST, **traits):
    return actions.register_dwelling(
        actor=territories.program(),
        territory=territories.territory(),
        reference="L1",
        stock="social",
        features=homes.features(**traits),
        told_on=on,
    )


def corrected(dwelling, on=THEN, **traits):
    return actions.correct_dwelling(
        actor=territories.program(), dwelling=dwelling, features=homes.features(**traits), on=on
    )


def offered(dwelling, on=FIRST, **traits):
    return actions.make_offer(actor=territories.program(), dwelling=dwelling, terms=homes.terms(**traits), on=on)


class TestADwelling:
    def test_has_the_day_of_each_fact_told_and_none_of_what_nobody_told(self):
        found = told(registered(floor=None, energy_class=""))

        assert found == dict.fromkeys(
            ["stock", "commune", "rooms", "surface_m2", "has_lift", "is_wheelchair_accessible"], FIRST
        )

    def test_is_told_on_the_day_it_is_recorded_when_no_file_bears_another(self):
        assert set(told(homes.dwelling()).values()) == {Dwelling.objects.get().recorded_on}

    def test_keeps_the_day_of_what_a_correction_leaves_as_it_was(self):
        home = registered(floor=None)

        corrected(home, rooms=3, floor=0, has_lift=None)

        found = told(home)
        assert (found["rooms"], found["floor"], found["surface_m2"]) == (THEN, THEN, FIRST)
        assert "has_lift" not in found
        assert Entry.objects.get(verb="homes.dwelling.corrected").detail == '{"fields":["floor","has_lift","rooms"]}'

    def test_recorded_before_days_were_kept_has_only_that_of_what_changes(self):
        home = registered()
        Dwelling.objects.update(told_on={})
        home.refresh_from_db()

        corrected(home)
        assert told(home) == {}
        corrected(home, rooms=4)
        assert told(home) == {"rooms": THEN}

    def test_tells_the_recorder_what_its_days_were(self):
        noted, home = Noted(), registered()

        actions.correct_dwelling(
            actor=territories.program(), dwelling=home, features=homes.features(rooms=4), on=THEN, recorder=noted
        )

        before = noted.rows[0][2]
        assert before["rooms"] == 2
        assert before["told_on"]["rooms"] == FIRST.isoformat()


class TestAnOffer:
    def test_has_the_day_of_its_terms_and_of_what_changed_since(self):
        offer = offered(registered(), charges_per_month=None, tenure="unknown")
        assert told(offer) == dict.fromkeys(["funding", "rent_per_month", "available_on"], FIRST)

        actions.change_offer(
            actor=territories.program(),
            offer=offer,
            terms=homes.terms(rent_per_month=Decimal(350), charges_per_month=Decimal(60), tenure="unknown"),
            on=THEN,
            version=offer.version,
        )

        found = told(offer)
        assert (found["rent_per_month"], found["charges_per_month"], found["funding"]) == (THEN, THEN, FIRST)

    def test_has_no_day_of_whose_turn_it_is(self):
        offer = offered(registered())
        before = told(offer)

        actions.reserve_offer(actor=territories.program(), offer=offer, holder="municipality", organisation=None)

        assert told(offer) == before
        assert "reservation_holder" not in before


class TestARoom:
    def test_takes_the_days_of_the_whole_but_for_what_is_its_own(self):
        whole = registered(on=FIRST)

        room = homes.let_by_rooms(whole)[0]

        found, today = told(room.dwelling), homes.TODAY
        assert (found["floor"], found["commune"], found["stock"]) == (FIRST, FIRST, FIRST)
        assert found["surface_m2"] == found["rooms"] == found["shared_home"] == today
        assert told(room)["rent_per_month"] == today


DAYS = st.integers(0, 400).map(lambda days: FIRST + timedelta(days=days))
SAID = st.fixed_dictionaries(
    {
        "rooms": st.none() | st.integers(1, 3),
        "floor": st.none() | st.integers(0, 2),
        "has_lift": st.none() | st.booleans(),
        "energy_class": st.sampled_from(["", "C", "D"]),
    }
)


@pytest.mark.slow
class TestWhateverIsTold:
    @settings(max_examples=15)
    @given(words=st.lists(st.tuples(DAYS, SAID), min_size=1, max_size=5))
    def test_each_fact_known_bears_the_day_it_came_to_be_as_it_stands(self, words):
        with transaction.atomic():
            (first, said), *others = sorted(words, key=lambda word: word[0])
            home, expected = registered(first, **said), _days(said, first)
            for day, said_then in others:
                corrected(home, day, **said_then)
                changed = {name for name in said if said[name] != said_then[name]}
                expected = {name: kept for name, kept in expected.items() if name not in changed}
                expected |= {name: kept for name, kept in _days(said_then, day).items() if name in changed}
                said = said_then

            found = told(home)
            assert {name: day for name, day in found.items() if name in said} == expected
            assert all(getattr(home, name) not in UNSAID for name in found)
            transaction.set_rollback(True)


def _days(said, day):
    return {name: day for name, value in said.items() if value not in UNSAID}


def test_every_fact_that_is_dated_is_one_of_the_row():
    assert set(FEATURES) <= {field.name for field in Dwelling._meta.fields}
    assert set(TERMS) <= {field.name for field in Offer._meta.fields}
    assert {field.name for field in actions.Features.__dataclass_fields__.values()} - set(FEATURES) == {"address"}
    assert set(actions.Terms.__dataclass_fields__) - set(TERMS) == {"reservation_holder"}
