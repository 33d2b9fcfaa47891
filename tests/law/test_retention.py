"""How long records are kept: the rules that have no period, and those counted in days."""

from datetime import date

import pytest

from chezsoi.law import retention

DAY = date(2026, 11, 23)


def test_what_names_nobody_is_kept_without_an_end():
    assert retention.NAMES_NOBODY.ends_on(date(2020, 1, 1), on=DAY) is None
    with pytest.raises(ValueError, match="no period"):
        retention.NAMES_NOBODY.last_day_kept(on=DAY)


def test_a_copy_of_a_file_is_kept_for_days():
    ends_on = retention.COPY_OF_A_FILE.ends_on(date(2026, 10, 24), on=DAY)

    assert ends_on == DAY
    assert retention.COPY_OF_A_FILE.last_day_kept(on=DAY) == date(2026, 10, 24)
