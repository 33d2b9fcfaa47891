from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from chezsoi.law.disclosure import Audience
from chezsoi.observatory import queries, tables
from chezsoi.observatory.choices import Indicator
from tests.factories import territories


@pytest.fixture
def figure():
    metz = territories.territory()
    actor = territories.actor("analyst", territory=metz)
    asked = {"year": 2026, "audience": Audience.INTERNAL, "on": date(2026, 11, 23), "actor": actor}
    return queries.figure(Indicator.ATTRIBUTION_HOMELESS, metz, **asked)


class TestUnitOf:
    @pytest.mark.parametrize(
        ("value", "english", "french"), [(0, "leases", "bail"), (1, "lease", "bail"), (2, "leases", "baux")]
    )
    def test_agrees_with_the_value(self, figure, value, english, french):
        shown = replace(figure, value=Decimal(value))
        with translation.override("en"):
            assert tables.unit_of(shown) == english
        with translation.override("fr"):
            assert tables.unit_of(shown) == french

    def test_leaves_a_share_without_unit(self, figure):
        assert tables.unit_of(replace(figure, indicator=Indicator.ATTRIBUTION_HOMELESS_SHARE)) == ""
