"""The dated parameters: read exactly, refused clearly."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.law.parameters import (
    NotANumber,
    NoValueInForce,
    ScopeNeeded,
    Status,
    UnknownParameter,
    Value,
    codes,
    load,
    parameter,
    series,
)

DAY = timedelta(days=1)


class TestParameter:
    def test_gives_the_value_its_unit_and_its_text(self):
        found = parameter("rsa.base", on=date(2026, 11, 23))

        assert (found.value, found.unit) == (Decimal("651.69"), "EUR/month")
        assert found.reference
        assert found.status is Status.VERIFIED

    @pytest.mark.parametrize(
        ("code", "scope", "changes_on", "before", "after"),
        [
            ("rsa.base", "metropole", date(2026, 4, 1), "646.52", "651.69"),
            ("al.p0", "metropole", date(2026, 10, 1), "39.56", "40.01"),
            ("aah.max", None, date(2022, 7, 1), "919.86", "956.65"),
            ("hlm.ceiling.plus.cat1", "autres_regions", date(2026, 1, 1), "23201", "23403"),
            ("visale.rent_ceiling", "idf", date(2026, 1, 6), "1500", "1940"),
            ("al.rent_ceiling.single", "zone_2", date(2025, 10, 1), "287.35", "290.34"),
        ],
    )
    def test_changes_on_the_day_the_text_says(self, code, scope, changes_on, before, after):
        assert parameter(code, on=changes_on - DAY, scope=scope).value == Decimal(before)
        assert parameter(code, on=changes_on, scope=scope).value == Decimal(after)

    def test_keeps_the_unit_of_each_period(self):
        before, after = (parameter("eviction.clause_delay", on=day) for day in (date(2023, 7, 28), date(2023, 7, 29)))

        assert (before.value, before.unit) == (2, "month")
        assert (after.value, after.unit) == (6, "week")

    def test_never_passes_through_binary_floats(self):
        assert str(parameter("aspa.max_single", on=date(2019, 6, 1)).value) == "10418.4"

    def test_answers_for_every_scope_when_the_value_is_for_all(self):
        assert parameter("aah.max", on=date(2026, 5, 1), scope="drom").value == Decimal("1041.59")

    def test_does_not_give_mayotte_the_amounts_of_the_mainland(self):
        with pytest.raises(NoValueInForce):
            parameter("rsa.base", on=date(2026, 5, 1), scope="drom")

    def test_asks_for_the_scope_when_several_values_are_in_force(self):
        with pytest.raises(ScopeNeeded, match="agglo_100k, idf, other"):
            parameter("visale.rent_ceiling", on=date(2026, 2, 1))

    def test_prefers_the_scope_asked_for_to_the_one_for_all(self):
        on = date(2022, 6, 1)

        with pytest.raises(ScopeNeeded):
            parameter("anah.pil.base", on=on)
        found = parameter("anah.pil.base", on=on, scope="social_or_very_social_rent")

        assert found.valid_from == date(2017, 1, 1)

    def test_refuses_a_day_without_a_value_and_says_which(self):
        with pytest.raises(NoValueInForce, match=r"rsa\.base has no value on 2018-03-31$"):
            parameter("rsa.base", on=date(2018, 3, 31))
        with pytest.raises(NoValueInForce, match="for ile_de_france"):
            parameter("hlm.ceiling.plai.cat2", on=date(2023, 1, 1), scope="ile_de_france")

    @pytest.mark.parametrize("code", ["rsa.nothing", "nothing.at.all", "rsa", "", "../parameters", "rsa./base"])
    def test_refuses_an_unknown_code(self, code):
        with pytest.raises(UnknownParameter):
            parameter(code, on=date(2026, 1, 1))

    def test_marks_what_was_only_remembered(self):
        found = parameter("anah.pil.mandate", on=date(2026, 1, 1))

        assert found.status is Status.TO_BE_CONFIRMED
        assert found.to_confirm == "value and dates"
        assert found.link is None

    @given(st.sampled_from(codes()), st.dates(date(1980, 1, 1), date(2040, 1, 1)))
    def test_finds_exactly_the_value_whose_period_holds_the_day(self, code, on):
        in_force = [value for value in load(code).values if value.is_in_force_on(on)]

        for scope in {value.scope for value in load(code).values}:
            holding = [value for value in in_force if value.scope == scope]
            if holding:
                assert [parameter(code, on=on, scope=scope)] == holding
            elif not in_force:
                with pytest.raises(NoValueInForce):
                    parameter(code, on=on, scope=scope)


class TestSeries:
    def test_lists_the_winters_without_evictions_the_longer_ones_of_the_epidemic_included(self):
        ends = [value.valid_to for value in series("eviction.winter_break", scope="metropole")]

        assert len(ends) == 9
        assert date(2020, 7, 10) in ends
        assert date(2021, 5, 31) in ends

    def test_leaves_other_scopes_out(self):
        assert {value.scope for value in series("decency.dpe_min", scope="drom")} == {"drom"}
        assert {value.scope for value in series("decency.dpe_min")} == {"drom", "metropole"}


class TestValue:
    def test_refuses_to_count_with_a_word(self):
        word = parameter("decency.dpe_min", on=date(2026, 1, 1), scope="metropole")

        with pytest.raises(NotANumber, match="F"):
            word.number

    def test_is_always_in_force_without_dates(self):
        value = parameter("sdc.min_cell_fiscal", on=date(1900, 1, 1))

        assert isinstance(value, Value)
        assert value.is_in_force_on(date.min)
        assert value.is_in_force_on(date.max)


class TestLoad:
    def test_reads_a_file_once(self):
        assert load("rsa.base") is load("rsa.base")

    def test_knows_when_the_last_value_was_last_seen_valid(self):
        assert load("rsa.base").last_value_still_valid_on == date(2026, 4, 1)
        assert load("caleol.quorum_members").last_value_still_valid_on is None
