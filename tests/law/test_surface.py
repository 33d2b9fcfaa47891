"""The minimum surface, by number of occupants."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.law.parameters import NoValueInForce, Status
from chezsoi.law.surface import NobodyToHouse, surface_rule_on

RULE = surface_rule_on(date(2026, 11, 23))


class TestMinimumM2:
    @pytest.mark.parametrize(
        ("persons", "surface"),
        [(1, 9), (2, 16), (3, 25), (4, 34), (5, 43), (6, 52), (7, 61), (8, 70), (9, 70), (15, 70)],
    )
    def test_is_the_published_one(self, persons, surface):
        assert RULE.minimum_m2(persons) == Decimal(surface)

    @given(st.integers(1, 60))
    def test_never_shrinks_when_a_person_more_moves_in(self, persons):
        assert RULE.minimum_m2(persons) <= RULE.minimum_m2(persons + 1)

    @pytest.mark.parametrize("persons", [0, -1])
    def test_refuses_an_empty_household(self, persons):
        with pytest.raises(NobodyToHouse):
            RULE.minimum_m2(persons)


class TestSurfaceRuleOn:
    def test_says_what_is_still_to_be_confirmed(self):
        assert RULE.status is Status.TO_BE_CONFIRMED
        assert "R822-25" in RULE.reference

    def test_has_a_first_day(self):
        assert surface_rule_on(date(2000, 1, 1)).minimum_m2(1) == 9
        with pytest.raises(NoValueInForce):
            surface_rule_on(date(1999, 12, 31))
