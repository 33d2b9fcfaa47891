"""Compare two dates of birth, whole or partial."""

from __future__ import annotations

from chezsoi.engines.linkage.reasons import ReasonCode
from chezsoi.kernel.dates import PartialDate, Precision

YEARS_OF_A_GENERATION = 12
"""From this gap on, one name is borne by a parent and a child."""


def is_a_generation_apart(left: PartialDate, right: PartialDate) -> bool:
    """
    Tell whether two years, none of them a guess, are a parent's and a child's.

    >>> [is_a_generation_apart(PartialDate(year), PartialDate(1972)) for year in (1960, 1961)]
    [True, False]
    """
    if left.year is None or right.year is None or left.estimated or right.estimated:
        return False
    return abs(left.year - right.year) >= YEARS_OF_A_GENERATION


def compare_births(left: PartialDate, right: PartialDate) -> ReasonCode:
    """
    Say how two dates of birth agree.

    A 1 January is read as a year: it is what an administration writes for those who only know that much.

    >>> compare_births(PartialDate(1972, 3, 9), PartialDate(1972, 9, 3)).value
    'day_and_month_swapped'
    """
    if left.year is None or right.year is None:
        return ReasonCode.BIRTH_DATE_UNKNOWN
    if left.estimated or right.estimated:
        return ReasonCode.CLOSE_AGES if abs(left.year - right.year) <= 3 else ReasonCode.DIFFERENT_BIRTH_DATES
    if _is_a_year(left) or _is_a_year(right):
        return _compare_years(left, right)
    if left.precision is Precision.DAY and right.precision is Precision.DAY:
        return _compare_days(left, right)
    same = (left.year, left.month) == (right.year, right.month)
    return ReasonCode.SAME_BIRTH_MONTH if same else ReasonCode.DIFFERENT_BIRTH_DATES


def _is_a_year(birth: PartialDate) -> bool:
    return birth.month is None or (birth.month == 1 and birth.day in (None, 1))


def _compare_years(left: PartialDate, right: PartialDate) -> ReasonCode:
    if left.year == right.year:
        both = left == right and left.precision is Precision.DAY
        return ReasonCode.SAME_FIRST_OF_JANUARY if both else ReasonCode.SAME_BIRTH_YEAR
    if left.precision is right.precision is Precision.DAY and _one_digit_apart(left, right):
        return ReasonCode.BIRTH_DATES_ONE_DIGIT_APART
    return ReasonCode.DIFFERENT_BIRTH_DATES


def _compare_days(left: PartialDate, right: PartialDate) -> ReasonCode:
    if left == right:
        return ReasonCode.SAME_BIRTH_DATE
    if (left.year, left.month, left.day) == (right.year, right.day, right.month):
        return ReasonCode.DAY_AND_MONTH_SWAPPED
    if _one_digit_apart(left, right):
        return ReasonCode.BIRTH_DATES_ONE_DIGIT_APART
    return ReasonCode.DIFFERENT_BIRTH_DATES


def _one_digit_apart(left: PartialDate, right: PartialDate) -> bool:
    return sum(a != b for a, b in zip(str(left), str(right), strict=True)) == 1
