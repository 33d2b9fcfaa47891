"""The energy criterion of decency, on the day before and the day of each change."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.law.decency import ENERGY_CLASSES, NotAnEnergyClass, ban_starts_on, energy_rule_on
from chezsoi.law.parameters import Status

DAY = timedelta(days=1)
DAYS = st.dates(date(2020, 1, 1), date(2045, 12, 31))
CLASSES = st.sampled_from(ENERGY_CLASSES)


def banned(day, *, overseas):
    rule = energy_rule_on(day, overseas)
    return "".join(rating for rating in ENERGY_CLASSES if rule.bans(rating))


class TestEnergyRuleOn:
    @pytest.mark.parametrize(
        ("overseas", "changes_on", "before", "after"),
        [
            (False, date(2025, 1, 1), "", "G"),
            (False, date(2028, 1, 1), "G", "FG"),
            (False, date(2034, 1, 1), "FG", "EFG"),
            (True, date(2028, 1, 1), "", "G"),
            (True, date(2031, 1, 1), "G", "FG"),
        ],
    )
    def test_bans_a_class_from_the_first_day_and_not_before(self, overseas, changes_on, before, after):
        assert banned(changes_on - DAY, overseas=overseas) == before
        assert banned(changes_on, overseas=overseas) == after

    def test_carries_its_text_and_its_first_day(self):
        rule = energy_rule_on(date(2026, 11, 23), overseas=False)

        assert rule.worst_class_allowed == "F"
        assert rule.valid_from == date(2025, 1, 1)
        assert "18 août 2023" in rule.reference
        assert rule.status is Status.VERIFIED

    @pytest.mark.parametrize(("day", "overseas"), [(date(2022, 12, 31), False), (date(2027, 12, 31), True)])
    def test_limits_nothing_before_the_first_rule(self, day, overseas):
        rule = energy_rule_on(day, overseas)

        assert (rule.worst_class_allowed, rule.most_kwh_per_m2_year, rule.valid_from) == (None, None, None)
        assert not any(rule.bans(rating) or rule.leaves_open(rating) for rating in (*ENERGY_CLASSES, None))

    @given(DAYS, CLASSES, st.booleans())
    def test_never_lets_again_a_class_once_banned(self, day, rating, overseas):
        if energy_rule_on(day, overseas).bans(rating):
            assert energy_rule_on(day + DAY, overseas).bans(rating)

    @given(DAYS, st.booleans())
    def test_bans_every_class_worse_than_a_banned_one(self, day, overseas):
        assert ENERGY_CLASSES.endswith(banned(day, overseas=overseas))


class TestEnergyRule:
    @pytest.mark.parametrize("day", [date(2023, 1, 1), date(2024, 12, 31)])
    def test_counts_final_energy_on_the_mainland_in_2023_and_2024(self, day):
        rule = energy_rule_on(day, overseas=False)

        assert rule.worst_class_allowed is None
        assert rule.most_kwh_per_m2_year == 450
        assert rule.bans("G", kwh_per_m2_year=Decimal(450))
        assert not rule.bans("G", kwh_per_m2_year=Decimal("449.9"))

    def test_does_not_judge_consumption_by_the_class(self):
        rule = energy_rule_on(date(2024, 6, 1), overseas=False)

        assert not rule.bans("G")
        assert [rating for rating in (*ENERGY_CLASSES, None) if rule.leaves_open(rating)] == ["F", "G", None]
        assert not rule.leaves_open("G", kwh_per_m2_year=Decimal(500))

    def test_bans_nothing_unknown_and_says_it_is_open(self):
        rule = energy_rule_on(date(2026, 1, 1), overseas=False)

        assert not rule.bans(None)
        assert rule.leaves_open(None)
        assert not rule.leaves_open("A")

    def test_reads_a_class_as_typed(self):
        assert energy_rule_on(date(2026, 1, 1), overseas=False).bans(" g ")

    @pytest.mark.parametrize("rating", ["H", "", "AB", "vierge", "?"])
    def test_refuses_what_is_no_class(self, rating):
        rule = energy_rule_on(date(2026, 1, 1), overseas=False)

        with pytest.raises(NotAnEnergyClass):
            rule.bans(rating)
        with pytest.raises(NotAnEnergyClass):
            rule.leaves_open(rating)


class TestBanStartsOn:
    def test_gives_the_first_day_of_the_ban(self):
        assert [ban_starts_on(rating, overseas=True) for rating in "GFE"] == [date(2028, 1, 1), date(2031, 1, 1), None]

    @given(DAYS, CLASSES, st.booleans())
    def test_agrees_with_the_rule_of_every_day(self, day, rating, overseas):
        start = ban_starts_on(rating, overseas=overseas)

        assert energy_rule_on(day, overseas).bans(rating) is (start is not None and start <= day)
