from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from chezsoi.kernel.dates import PartialDate
from chezsoi.ui import dates
from chezsoi.ui.templatetags import ui
from chezsoi.ui.typography import NO_BREAK

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


class TestNear:
    @pytest.mark.parametrize(
        ("gap", "words"),
        [(0, "today"), (-1, "yesterday"), (1, "tomorrow"), (-11, "11 d ago"), (9, "in 9 d"), (-30, "30 d ago")],
    )
    def test_says_the_distance(self, gap, words):
        assert dates.near(TODAY + timedelta(days=gap), TODAY) == words

    def test_beyond_thirty_days_says_the_day_and_the_year_only_when_it_is_another(self):
        assert dates.near(TODAY - timedelta(days=31), TODAY) == f"23{NO_BREAK}Oct."
        assert dates.near(TODAY + timedelta(days=90), TODAY) == f"21{NO_BREAK}Feb.{NO_BREAK}2027"


class TestFull:
    @pytest.mark.parametrize(
        ("day", "words"), [(1, "1ᵉʳ novembre 2026"), (2, "2 novembre 2026"), (11, "11 novembre 2026")]
    )
    def test_says_the_first_of_a_month_as_french_does(self, day, words):
        with override("fr"):
            assert dates.full(date(2026, 11, day)) == words

    def test_leaves_the_first_as_english_writes_it(self):
        assert dates.full(date(2026, 11, 1)) == "Nov. 1, 2026"


class TestShort:
    def test_says_the_first_of_a_month_as_french_does(self):
        with override("fr"):
            assert dates.short(date(2026, 9, 1), TODAY) == f"1ᵉʳ{NO_BREAK}sept."


class TestNearDate:
    def test_keeps_the_full_date_for_those_who_hover_or_listen(self):
        html = ui.near_date(date(2026, 11, 12), TODAY)

        assert 'datetime="2026-11-12" title="Nov. 12, 2026"' in html
        assert '<span aria-hidden="true">11 d ago</span>' in html
        assert '<span class="visually-hidden">Nov. 12, 2026</span>' in html

    def test_reads_an_instant_in_the_local_day(self):
        late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

        assert "today" in ui.near_date(late, TODAY)

    def test_of_nothing_is_nothing(self):
        assert ui.near_date(None) == ""


class TestPartial:
    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (PartialDate(), "unknown"),
            (PartialDate(1972), "1972"),
            (PartialDate(1972, 3), "March 1972"),
            (PartialDate(1953, 2, 20), "02/20/1953"),
            (PartialDate(1980, estimated=True), "about 1980"),
        ],
    )
    def test_says_no_more_than_is_known(self, day, words):
        assert dates.partial(day) == words

    def test_a_whole_date_is_written_as_french_people_do(self):
        with override("fr"):
            assert dates.partial(PartialDate(1953, 2, 20)) == "20/02/1953"


class TestInstant:
    """By the clock of where the reader works: what freezes and proves a draw is typed by that clock too."""

    FROZEN = datetime(2026, 12, 1, 23, 51, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("zone", "day", "time"),
        [("UTC", "1ᵉʳ décembre 2026", "23:51"), ("Europe/Paris", "2 décembre 2026", "00:51")],
    )
    def test_says_the_hour_there(self, zone, day, time):
        with override("fr"), timezone.override(zone):
            said = dates.instant(self.FROZEN)

        assert said.startswith(day)
        assert said.endswith(time)
