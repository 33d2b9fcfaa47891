from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.kernel.dates import (
    PartialDate,
    Precision,
    UnreadableDate,
    add_months,
    months_between,
    parse_date,
    parse_partial_date,
)

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(DAYS)
    parts = (day.year, day.month, day.day)[: draw(st.integers(0, 3))]
    return PartialDate(*parts, estimated=bool(parts) and draw(st.booleans()))


class TestPartialDate:
    @pytest.mark.parametrize(
        ("partial", "precision"),
        [
            (PartialDate(), Precision.UNKNOWN),
            (PartialDate(1972), Precision.YEAR),
            (PartialDate(1972, 3), Precision.MONTH),
            (PartialDate(1972, 3, 9), Precision.DAY),
            (PartialDate(1972, estimated=True), Precision.ESTIMATED),
        ],
    )
    def test_says_how_much_is_known(self, partial, precision):
        assert partial.precision is precision
        assert partial.is_known is (precision is not Precision.UNKNOWN)

    @pytest.mark.parametrize(
        "parts", [(1973, 2, 29), (1972, 13), (1972, 0), (1972, 1, 0), (1972, 4, 31), (0,), (None, 3), (1972, None, 9)]
    )
    def test_refuses_what_is_in_no_calendar(self, parts):
        with pytest.raises(UnreadableDate):
            PartialDate(*parts)

    def test_refuses_a_guess_of_nothing(self):
        with pytest.raises(UnreadableDate):
            PartialDate(estimated=True)

    def test_lies_between_its_first_and_its_last_possible_day(self):
        assert PartialDate(1972).earliest == date(1972, 1, 1)
        assert PartialDate(1972).latest == date(1972, 12, 31)
        assert PartialDate(1972, 2).latest == date(1972, 2, 29)
        assert PartialDate(1972, 2, 3).earliest == PartialDate(1972, 2, 3).latest == date(1972, 2, 3)

    def test_lies_nowhere_when_unknown(self):
        assert PartialDate().earliest is None
        assert PartialDate().latest is None
        assert PartialDate().age_on(TODAY) is None

    def test_counts_only_the_birthdays_surely_passed(self):
        assert PartialDate(1972, 11).age_on(TODAY) == 53
        assert PartialDate(1972, 11, 23).age_on(TODAY) == 54
        assert PartialDate(1972, 11, 24).age_on(TODAY) == 53

    def test_gives_a_baby_born_this_year_no_age_below_zero(self):
        assert PartialDate(2026).age_on(TODAY) == 0

    @given(partial_dates())
    def test_is_read_back_as_it_was_written(self, partial):
        assert PartialDate.parse_iso(str(partial)) == partial

    @given(DAYS)
    def test_keeps_a_whole_day(self, day):
        assert PartialDate.of(day).earliest == PartialDate.of(day).latest == day

    @given(partial_dates(), DAYS)
    def test_never_grows_younger(self, partial, day):
        if partial.is_known:
            assert partial.age_on(day) <= partial.age_on(day + timedelta(days=1))


class TestParsePartialDate:
    @pytest.mark.parametrize(
        ("text", "iso"),
        [
            ("20/02/1953", "1953-02-20"),
            ("9.3.1972", "1972-03-09"),
            ("05-06-1967", "1967-06-05"),
            ("20 02 1953", "1953-02-20"),
            ("1967-06-05", "1967-06-05"),
            ("1967-06-05T00:00:00", "1967-06-05"),
            ("1967-06-05 12:30:00.5", "1967-06-05"),
            (" 20/02/1953\u00a0", "1953-02-20"),
            ("15/07/25", "2025-07-15"),
            ("23/11/26", "2026-11-23"),
            ("24/11/26", "1926-11-24"),
            ("15/07/61", "1961-07-15"),
            ("03/1972", "1972-03"),
            ("00/03/1972", "1972-03"),
            ("??/03/1972", "1972-03"),
            ("XX/XX/1972", "1972"),
            ("00/00/1972", "1972"),
            ("??/??/1972", "1972"),
            ("1972", "1972"),
            ("12 mars 1985", "1985-03-12"),
            ("1er août 1985", "1985-08-01"),
            ("1 AOUT 1985", "1985-08-01"),
            ("janv. 1985", "1985-01"),
            ("fe\u0301vrier 1985", "1985-02"),
        ],
    )
    def test_reads_what_services_type(self, text, iso):
        assert str(parse_partial_date(text, today=TODAY)) == iso

    @pytest.mark.parametrize(
        "text", ["", "   ", "inconnue", "INCONNU", "?", "??/??/????", "00/00/0000", "NSP", "Ne  sait pas"]
    )
    def test_takes_unknown_for_a_value(self, text):
        assert parse_partial_date(text, today=TODAY) == PartialDate()

    @pytest.mark.parametrize(
        "text",
        [
            "31/02/1984",
            "29/02/1973",
            "13/13/1980",
            "1980-02-30",
            "15/00/1972",
            "0000",
            "12",
            "hier",
            "jui 1985",
            "3 xyz 1985",
            "1/2/3/4",
        ],
    )
    def test_refuses_what_is_no_calendar_date(self, text):
        with pytest.raises(UnreadableDate):
            parse_partial_date(text, today=TODAY)

    def test_names_the_text_it_could_not_read(self):
        with pytest.raises(UnreadableDate, match="31/02/1984"):
            parse_partial_date("31/02/1984", today=TODAY)

    @given(DAYS, st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y-%m-%dT00:00:00"]))
    def test_reads_every_day_in_every_notation(self, day, notation):
        assert parse_partial_date(day.strftime(notation), today=TODAY) == PartialDate.of(day)

    @given(st.dates(date(1926, 11, 24), TODAY))
    def test_finds_the_century_of_every_day_of_the_last_hundred_years(self, day):
        assert parse_partial_date(day.strftime("%d/%m/%y"), today=TODAY) == PartialDate.of(day)

    @given(st.text(max_size=20))
    def test_reads_or_refuses_but_never_breaks(self, text):
        with suppress(UnreadableDate):
            parse_partial_date(text, today=TODAY)


class TestParseDate:
    def test_reads_a_whole_date(self):
        assert parse_date("20/02/1953", today=TODAY) == date(1953, 2, 20)

    def test_reads_nothing_where_nothing_is_known(self):
        assert parse_date("inconnue", today=TODAY) is None

    @pytest.mark.parametrize("text", ["1972", "03/1972"])
    def test_refuses_part_of_a_date(self, text):
        with pytest.raises(UnreadableDate):
            parse_date(text, today=TODAY)


class TestAddMonths:
    @pytest.mark.parametrize(
        ("day", "months", "moved"),
        [
            (date(2026, 1, 31), 1, date(2026, 2, 28)),
            (date(2024, 1, 31), 1, date(2024, 2, 29)),
            (date(2026, 11, 23), 2, date(2027, 1, 23)),
            (date(2026, 1, 15), -1, date(2025, 12, 15)),
            (date(2026, 5, 31), 0, date(2026, 5, 31)),
        ],
    )
    def test_keeps_the_day_of_the_month_or_takes_its_last(self, day, months, moved):
        assert add_months(day, months) == moved

    @given(DAYS, st.integers(-600, 600))
    def test_moves_by_that_many_months_of_the_calendar(self, day, months):
        moved = add_months(day, months)

        assert (moved.year - day.year) * 12 + moved.month - day.month == months
        assert moved.day <= day.day


class TestMonthsBetween:
    def test_counts_no_month_backwards(self):
        assert months_between(date(2026, 5, 2), date(2026, 5, 1)) == 0

    @given(DAYS, DAYS)
    def test_counts_the_most_months_that_fit(self, earlier, later):
        months = months_between(earlier, later)

        if earlier <= later:
            assert add_months(earlier, months) <= later < add_months(earlier, months + 1)
        else:
            assert months == 0
