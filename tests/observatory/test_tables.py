from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from chezsoi.law.disclosure import Audience
from chezsoi.observatory import queries, tables
from chezsoi.observatory.choices import Indicator
from tests.factories import territories

ON = date(2026, 11, 23)


@pytest.fixture
def figure():
    metz = territories.territory()
    actor = territories.actor("analyst", territory=metz)
    asked = {"year": 2026, "audience": Audience.INTERNAL, "on": ON, "actor": actor}
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


def over_years(figure, *values, threshold=None, until=2026):
    first = until - len(values) + 1
    return tuple(
        replace(
            figure,
            year=first + rank,
            value=None if value is None else Decimal(value),
            numerator=value,
            is_suppressed=value is None,
            threshold=threshold,
        )
        for rank, value in enumerate(values)
    )


class TestChart:
    def test_shows_a_hidden_year_as_such_and_never_as_a_zero(self, figure):
        with translation.override("en"):
            hidden, known = tables.chart(over_years(figure, None, 34, threshold=11), on=ON).series[0].points

        assert (hidden.value, hidden.gap, hidden.said) == (None, "<\u00a011", "fewer than 11")
        assert known.value == 34

    def test_takes_no_zero_from_before_the_first_count(self, figure):
        points = tables.chart(over_years(figure, 0, 0, 3, 0, 2), on=ON).series[0].points

        assert [point.value for point in points] == [None, None, 3, 0, 2]

    def test_tells_the_year_that_is_not_over(self, figure):
        points = tables.chart(over_years(figure, 3, 2), on=ON).series[0].points

        assert [point.mark for point in points] == ["observed", "partial"]

    def test_hides_a_share_with_a_word(self, figure):
        share = replace(figure, indicator=Indicator.ATTRIBUTION_HOMELESS_SHARE)
        with translation.override("en"):
            (point,) = tables.chart(over_years(share, None, threshold=11), on=ON).series[0].points

        assert point.gap == "hidden"


class TestFindingOf:
    @pytest.mark.parametrize(
        ("values", "until", "sentence"),
        [
            ((28, 34), 2025, "34 in 2025, against 28 in 2024."),
            ((None, 34), 2025, "34 in 2025. Hidden to protect the people in it: 2024."),
            ((28, 34), 2026, "34 in 2026, against 28 in 2025. The year 2026 is not over."),
            ((None, None), 2026, "no year can be shown."),
        ],
    )
    def test_says_what_can_be_read_and_what_cannot(self, figure, values, until, sentence):
        with translation.override("en"):
            found = tables.finding_of(over_years(figure, *values, until=until, threshold=11), on=ON)

        assert found == f"Social leases signed by homeless households: {sentence}"
