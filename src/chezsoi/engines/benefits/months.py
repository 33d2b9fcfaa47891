"""Months, named by their first day: the clock of the benefits."""

from __future__ import annotations

from datetime import date

MONTHS = 12


def first_day(day: date) -> date:
    """Give the first day of a day's month."""
    return day.replace(day=1)


def months_before(month: date, count: int) -> date:
    """
    Go back a number of months.

    Examples
    --------
    >>> months_before(date(2026, 1, 1), 1), months_before(date(2026, 1, 1), -13)
    (datetime.date(2025, 12, 1), datetime.date(2027, 2, 1))
    """
    year, index = divmod(month.year * MONTHS + month.month - 1 - count, MONTHS)
    return date(year, index + 1, 1)


def history(month: date) -> tuple[date, ...]:
    """
    List the months whose resources the law looks at: from January two years before to the end of the year.

    Until 2020 the housing benefit looked at the year before last, since then at the twelve months before last, RSA at
    the last three. Without them the base is empty and the benefit too high.

    Examples
    --------
    >>> months = history(date(2026, 10, 1))
    >>> len(months), months[0], months[-1]
    (36, datetime.date(2024, 1, 1), datetime.date(2026, 12, 1))
    """
    return tuple(
        date(year, index, 1) for year in range(month.year - 2, month.year + 1) for index in range(1, MONTHS + 1)
    )


def key(month: date) -> str:
    """Write a month as OpenFisca wants it."""
    return f"{month.year:04d}-{month.month:02d}"
