"""The resource ceilings of social housing: published amounts, categories in the words of the order."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.law.ceilings import Composition, Funding, ImpossibleComposition, Zone, category_on, ceiling_on
from chezsoi.law.parameters import NoValueInForce, Status, series

DAY = date(2026, 11, 23)
PLUS_2026 = (23403, 31254, 37584, 45374, 53376, 60156)
PLAI_2022 = (11626, 16939, 20370, 22665, 26519, 29886)


def ceiling(persons, *, day=DAY, funding=Funding.PLUS, zone=Zone.OTHER_REGIONS, **composition):
    return ceiling_on(day, funding=funding, zone=zone, composition=Composition(persons=persons, **composition))


@st.composite
def compositions(draw):
    persons = draw(st.integers(1, 12))
    return Composition(
        persons=persons,
        dependants=draw(st.integers(0, persons - 1)),
        couple_age_sum=draw(st.none() | st.integers(36, 160)),
        has_disabled=draw(st.booleans()),
    )


def meets(category, household):
    """Tell whether a household meets the wording of a category; the order of 29 July 1987, annex I, line by line."""
    alone = household.persons == household.dependants + 1
    no_dependants = household.dependants == 0
    young_couple = household.persons == 2 and no_dependants and (household.couple_age_sum or 999) <= 55
    lines = {
        1: household.persons == 1,
        2: (household.persons == 2 and no_dependants and not young_couple)
        or (household.persons == 1 and household.has_disabled),
        3: household.persons == 3
        or (alone and household.dependants == 1)
        or young_couple
        or (household.persons == 2 and household.has_disabled),
        4: household.persons == 4
        or (alone and household.dependants == 2)
        or (household.persons == 3 and household.has_disabled),
        5: household.persons == 5
        or (alone and household.dependants == 3)
        or (household.persons == 4 and household.has_disabled),
        6: household.persons >= 6
        or (alone and household.dependants >= 4)
        or (household.persons == 5 and household.has_disabled),
    }
    return lines[category]


class TestCeilingOn:
    @pytest.mark.parametrize(("persons", "euros"), [*enumerate(PLUS_2026, start=1)])
    def test_is_the_published_plus_ceiling_of_2026(self, persons, euros):
        found = ceiling(persons)

        assert found.euros_per_year == euros
        assert found.status is Status.VERIFIED
        assert found.link is not None

    @pytest.mark.parametrize(("persons", "euros"), [*enumerate(PLAI_2022, start=1)])
    def test_is_the_published_plai_ceiling_of_2022(self, persons, euros):
        assert ceiling(persons, day=date(2022, 12, 31), funding=Funding.PLAI).euros_per_year == euros

    def test_adds_a_supplement_for_each_person_after_the_sixth_category(self):
        assert ceiling(8).euros_per_year == 60156 + 2 * 6710
        assert ceiling(6, dependants=5).euros_per_year == 60156 + 6710

    def test_changes_on_the_first_of_january(self):
        amounts = [ceiling(1, day=day).euros_per_year for day in (date(2025, 12, 31), date(2026, 1, 1))]

        assert amounts == [Decimal(23201), Decimal(23403)]

    def test_shows_a_derived_amount_as_to_be_confirmed(self):
        assert ceiling(1, funding=Funding.PLAI).status is Status.TO_BE_CONFIRMED

    def test_has_no_plai_ceiling_where_none_was_read(self):
        with pytest.raises(NoValueInForce):
            ceiling(2, funding=Funding.PLAI)
        with pytest.raises(NoValueInForce):
            ceiling(1, funding=Funding.PLAI, day=date(2023, 1, 1))

    @given(st.integers(1, 12), st.sampled_from(Zone))
    def test_never_falls_when_the_household_grows(self, persons, zone):
        assert ceiling(persons, zone=zone).euros_per_year < ceiling(persons + 1, zone=zone).euros_per_year

    @given(compositions())
    def test_is_never_lower_around_paris_than_elsewhere(self, household):
        amounts = [
            ceiling_on(DAY, funding=Funding.PLUS, zone=zone, composition=household).euros_per_year
            for zone in (Zone.OTHER_REGIONS, Zone.ILE_DE_FRANCE, Zone.PARIS_AND_ADJOINING)
        ]

        assert amounts == sorted(amounts)

    @given(compositions(), st.integers(2020, 2022), st.sampled_from(Zone))
    def test_is_always_lower_for_plai_than_for_plus(self, household, year, zone):
        plai, plus = (
            ceiling_on(date(year, 7, 1), funding=funding, zone=zone, composition=household)
            for funding in (Funding.PLAI, Funding.PLUS)
        )

        assert plai.euros_per_year < plus.euros_per_year
        assert plai.category == plus.category


class TestAmounts:
    @pytest.mark.parametrize("funding", Funding)
    def test_rise_together_every_year_whatever_the_category_and_zone(self, funding):
        rises = {}
        for line in [f"cat{number}" for number in range(1, 7)] + ["extra"]:
            for zone in Zone:
                for before, after in itertools.pairwise(series(f"hlm.ceiling.{funding}.{line}", scope=zone)):
                    if after.valid_from == before.valid_to + timedelta(days=1):
                        rises.setdefault(after.valid_from.year, []).append(after.number / before.number)

        assert set(rises) == set(range(2021, 2027 if funding is Funding.PLUS else 2023))
        for year, ratios in rises.items():
            assert len(ratios) == 21
            assert max(ratios) - min(ratios) < Decimal("0.0005"), year

    def test_are_not_certain_where_the_source_slips(self):
        household = Composition(persons=2)
        found = ceiling_on(date(2022, 7, 1), funding=Funding.PLAI, zone=Zone.PARIS_AND_ADJOINING, composition=household)

        assert (found.euros_per_year, found.status) == (21805, Status.TO_BE_CONFIRMED)


class TestCategoryOn:
    @pytest.mark.parametrize(
        ("household", "category"),
        [
            (Composition(persons=1), 1),
            (Composition(persons=1, has_disabled=True), 2),
            (Composition(persons=2, couple_age_sum=56), 2),
            (Composition(persons=2, couple_age_sum=55), 3),
            (Composition(persons=2, couple_age_sum=None), 2),
            (Composition(persons=2, couple_age_sum=90, has_disabled=True), 3),
            (Composition(persons=2, dependants=1), 3),
            (Composition(persons=3, dependants=1, couple_age_sum=50), 3),
            (Composition(persons=3, dependants=2), 4),
            (Composition(persons=5, dependants=3, has_disabled=True), 6),
        ],
    )
    def test_reads_the_order(self, household, category):
        assert category_on(DAY, household).number == category

    @given(compositions())
    def test_agrees_with_the_order_read_line_by_line(self, household):
        assert category_on(DAY, household).number == max(number for number in range(1, 7) if meets(number, household))


class TestComposition:
    @pytest.mark.parametrize(("persons", "dependants"), [(0, 0), (2, 2), (1, 3), (2, -1)])
    def test_needs_somebody_who_depends_on_nobody(self, persons, dependants):
        with pytest.raises(ImpossibleComposition):
            Composition(persons=persons, dependants=dependants)
