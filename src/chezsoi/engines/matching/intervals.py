"""What a small number of cases allows one to say: intervals of a share, of a ratio of shares, of a quantile."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import NormalDist

LEVEL = 0.95
_STEPS = 200
_NOTHING = 1e-12


class ImpossibleCount(ValueError):
    """More cases than there are in the group, or a group of nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A value and the bounds a level of confidence gives it; `high` is infinite when nothing bounds it."""

    value: float
    low: float
    high: float


def share(cases: int, of: int, *, level: float = LEVEL) -> Interval:
    """
    Bound a proportion by Wilson's score interval, without continuity correction.

    Parameters
    ----------
    cases, of : int
        Cases in the group, and how many it has, at least one.
    level : float
        Confidence, between 0 and 1.

    Returns
    -------
    Interval
        A proportion between 0 and 1, never beyond, even from 0 cases or all. It bounds chance alone, not what is
        wrongly recorded.

    Raises
    ------
    ImpossibleCount
        For a group of nobody, or more cases than members.

    References
    ----------
    .. [1] Newcombe, R. G., Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, 1998,
       857-872, method 3 and Table I (81 of 263: 0.2553 to 0.3662).

    Examples
    --------
    >>> found = share(81, 263)
    >>> round(found.low, 4), round(found.high, 4)
    (0.2553, 0.3662)
    """
    _check(cases, of)
    z = _z(level)
    middle = (cases + z * z / 2) / (of + z * z)
    half = z / (of + z * z) * math.sqrt(cases * (of - cases) / of + z * z / 4)
    low = 0.0 if cases == 0 else max(0.0, middle - half)
    high = 1.0 if cases == of else min(1.0, middle + half)
    return Interval(value=cases / of, low=low, high=high)


def ratio(cases: int, of: int, other_cases: int, others: int, *, level: float = LEVEL) -> Interval | None:
    """
    Bound the ratio of two proportions by Koopman's asymptotic score interval.

    Parameters
    ----------
    cases, of : int
        Cases in the group, and how many it has.
    other_cases, others : int
        The same of those it is compared with.
    level : float
        Confidence, between 0 and 1.

    Returns
    -------
    Interval or None
        1 is the same chance; an interval that holds 1 shows no difference. None without a case on either side. It
        compares groups as recorded, and says nothing of why they differ.

    Raises
    ------
    ImpossibleCount
        For a group of nobody, or more cases than members.

    References
    ----------
    .. [1] Koopman, P. A. R., Confidence intervals for the ratio of two binomial proportions, Biometrics 40, 1984,
       513-517 (36 of 40 against 16 of 80: 2.94 to 7.15).
    .. [2] Fagerland, M. W., Lydersen, S., Laake, P., Recommended confidence intervals for two independent binomial
       proportions, Statistical Methods in Medical Research 24, 2015, 224-254: recommends it.

    Examples
    --------
    >>> found = ratio(36, 40, 16, 80)
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (4.5, 2.94, 7.15)
    """
    _check(cases, of)
    _check(other_cases, others)
    if cases == other_cases == 0:
        return None
    bound = _z(level) ** 2
    value = math.inf if other_cases == 0 else (cases / of) / (other_cases / others)

    def fits(candidate: float) -> bool:
        return _koopman(candidate, cases, of, other_cases, others) <= bound

    low = 0.0 if cases == 0 else _edge(fits, inside=value, towards=0.0)
    high = math.inf if other_cases == 0 else _edge(fits, inside=value, towards=math.inf)
    return Interval(value=value, low=low, high=high)


def quantile(values: Sequence[float], part: float, *, level: float = LEVEL) -> Interval | None:
    """
    Give a quantile and bound it by two of the values, whatever their distribution.

    Parameters
    ----------
    values : sequence of float
        As observed, in any order; the unit is the caller's.
    part : float
        The quantile, strictly between 0 and 1 (0.5 for the median).
    level : float
        Confidence at least reached when both bounds are finite.

    Returns
    -------
    Interval or None
        The value interpolated between neighbours (definition 7 of Hyndman and Fan), and the order statistics that
        bound it; 0 or infinity where too few values bound a side. None without values. Waits that are not over count
        for what they have lasted: it is no forecast.

    References
    ----------
    .. [1] David, H. A., Nagaraja, H. N., Order Statistics, 3rd ed., Wiley, 2003, section 7.1.
    .. [2] Hyndman, R. J., Fan, Y., Sample quantiles in statistical packages, The American Statistician 50, 1996,
       361-365.

    Examples
    --------
    >>> found = quantile(range(1, 11), 0.5)
    >>> found.value, found.low, found.high
    (5.5, 2, 9)
    """
    ranked = sorted(values)
    if not ranked:
        return None
    count, tail = len(ranked), (1 - level) / 2
    below_it = tuple(accumulate(_chance(number, count, part) for number in range(count + 1)))
    lower = sum(reached <= tail for reached in below_it) - 1
    upper = 1 + sum(reached < 1 - tail for reached in below_it)
    place = (count - 1) * part
    below = math.floor(place)
    above = min(below + 1, count - 1)
    return Interval(
        value=ranked[below] + (place - below) * (ranked[above] - ranked[below]),
        low=ranked[lower] if lower >= 0 else 0,
        high=ranked[upper - 1] if upper <= count else math.inf,
    )


def _chance(number: int, count: int, part: float) -> float:
    """Give the probability that so many of the values lie below the quantile."""
    ways = math.lgamma(count + 1) - math.lgamma(number + 1) - math.lgamma(count - number + 1)
    return math.exp(ways + number * math.log(part) + (count - number) * math.log(1 - part))


def _check(cases: int, of: int) -> None:
    if of < 1 or not 0 <= cases <= of:
        raise ImpossibleCount(f"{cases} of {of}")


def _z(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


def _koopman(phi: float, cases: int, of: int, other_cases: int, others: int) -> float:
    """Give the score statistic of a ratio, at the likeliest proportions that have this ratio."""
    total, everyone = cases + other_cases, of + others
    slope = of * phi + other_cases * phi + cases + others
    mine = (slope - math.sqrt(max(0.0, slope * slope - 4 * phi * everyone * total))) / (2 * everyone)
    return _away(cases, of, min(mine, 1.0)) + _away(other_cases, others, min(mine / phi, 1.0))


def _away(cases: int, of: int, proportion: float) -> float:
    """Give how far cases lie from what a proportion makes one expect, squared, in variances."""
    distance, variance = (cases - of * proportion) ** 2, of * proportion * (1 - proportion)
    if variance < _NOTHING:
        return 0.0 if distance < _NOTHING else math.inf
    return distance / variance


def _edge(fits: Callable[[float], bool], *, inside: float, towards: float) -> float:
    """Find by halving where a ratio stops fitting, on a scale of logarithms, from one that fits."""
    far = math.log(1e-9) if towards == 0 else math.log(1e9)
    near = math.log(inside) if 0 < inside < math.inf else -far
    for _ in range(_STEPS):
        middle = (near + far) / 2
        near, far = (middle, far) if fits(math.exp(middle)) else (near, middle)
    return math.exp(near)
