from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.kernel.ranges import DateRange

NEW_YEAR = date(2026, 1, 1)
OFFSETS = st.integers(0, 40)


@st.composite
def ranges(draw: st.DrawFn) -> DateRange:
    start = draw(OFFSETS)
    end = draw(st.none() | st.integers(start, 60))
    return DateRange(start=_day(start), end=None if end is None else _day(end))


def _day(offset: int) -> date:
    return NEW_YEAR + timedelta(days=offset)


class TestDateRange:
    def test_cannot_end_before_it_starts(self):
        with pytest.raises(ValueError, match="cannot end before it starts"):
            DateRange(start=date(2026, 1, 2), end=NEW_YEAR)

    def test_holds_its_first_day_and_not_its_end(self):
        january = DateRange(start=NEW_YEAR, end=date(2026, 2, 1))

        assert NEW_YEAR in january
        assert date(2026, 1, 31) in january
        assert date(2026, 2, 1) not in january
        assert date(2025, 12, 31) not in january

    def test_holds_every_later_day_without_an_end(self):
        assert date(2126, 1, 1) in DateRange(start=NEW_YEAR)

    def test_is_empty_when_it_ends_as_it_starts(self):
        assert DateRange(start=NEW_YEAR, end=NEW_YEAR).is_empty
        assert not DateRange(start=NEW_YEAR).is_empty

    @given(ranges(), ranges())
    def test_overlaps_when_a_day_is_in_both(self, one, other):
        shared = [offset for offset in range(120) if _day(offset) in one and _day(offset) in other]

        assert one.overlaps(other) == other.overlaps(one) == bool(shared)

    @given(ranges(), OFFSETS)
    def test_counts_the_nights_already_over(self, period, offset):
        nights = sum(_day(night) in period for night in range(offset))

        assert period.nights_until(_day(offset)) == nights
