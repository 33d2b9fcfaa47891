"""How much a household may earn and still be allotted a social home: the ceilings, by category and year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from chezsoi.law.parameters import Status, Value, parameter

LAST_CATEGORY = 6


class ImpossibleComposition(ValueError):
    """A household needs at least one person who is nobody's dependant."""


class Funding(StrEnum):
    """The loan that paid for the home, and fixes who may live in it."""

    PLUS = "plus"
    PLAI = "plai"


class Zone(StrEnum):
    """Where the home lies; the order of 29 July 1987 draws the zones, commune by commune around Paris."""

    PARIS_AND_ADJOINING = "paris_communes_limitrophes"
    ILE_DE_FRANCE = "ile_de_france"
    OTHER_REGIONS = "autres_regions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """
    What the ceilings look at in a household.

    `couple_age_sum` is the sum of the two ages, None when there is no couple or an age is unknown: an unknown age
    gives the lower ceiling, so ask before a household is told it earns too much.
    """

    persons: int
    dependants: int = 0
    couple_age_sum: int | None = None
    has_disabled: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.dependants < self.persons:
            raise ImpossibleComposition(f"{self.dependants} dependants among {self.persons} persons")


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """The category of a household, 1 to 6, and the persons beyond the sixth category."""

    number: int
    further_persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """The highest reference tax income (RFR of year N-2), in euros a year, and where it comes from."""

    category: Category
    euros_per_year: Decimal
    reference: str
    link: str | None
    status: Status


def ceiling_on(day: date, *, funding: Funding, zone: Zone, composition: Composition) -> Ceiling:
    """
    Read the resource ceiling that applies to a household for an allocation on a day.

    Parameters
    ----------
    day : date
        Day of the allocation.
    funding : Funding
        Funding of the home.
    zone : Zone
        Zone of the home.
    composition : Composition
        Household as it will live there.

    Returns
    -------
    Ceiling
        Euros a year, to compare with the reference tax income of year N-2. It does not say whether a later and
        lower income may be used instead, and holds for the mainland only.

    Raises
    ------
    NoValueInForce
        If no ceiling is known for that day, as PLAI since 2023: the household is then to be asked about, not refused.

    References
    ----------
    .. [1] Order of 29 July 1987, annex I, as amended every year; 2026: order of 19 December 2025.

    Examples
    --------
    >>> two = Composition(persons=2, dependants=1)
    >>> found = ceiling_on(date(2026, 11, 23), funding=Funding.PLUS, zone=Zone.OTHER_REGIONS, composition=two)
    >>> found.category.number, found.euros_per_year
    (3, Decimal('37584'))
    """
    category = category_on(day, composition)
    base = parameter(f"hlm.ceiling.{funding}.cat{category.number}", on=day, scope=zone)
    if not category.further_persons:
        return _ceiling(category, base.number, (base,))
    extra = parameter(f"hlm.ceiling.{funding}.extra", on=day, scope=zone)
    return _ceiling(category, base.number + extra.number * category.further_persons, (base, extra))


def category_on(day: date, composition: Composition) -> Category:
    """
    Find the category of a household: the highest of those whose wording it meets.

    Raises
    ------
    NoValueInForce
        If the day comes before the rule held here (2020).

    Examples
    --------
    >>> [category_on(date(2026, 1, 1), Composition(persons=2, couple_age_sum=ages)).number for ages in (55, 56)]
    [3, 2]
    """
    youth = parameter("hlm.young_couple_ages", on=day).number
    level = max(_levels(composition, youth))
    return Category(number=min(level, LAST_CATEGORY), further_persons=max(0, level - LAST_CATEGORY))


def _levels(composition: Composition, youth: Decimal) -> tuple[int, ...]:
    persons, dependants = composition.persons, composition.dependants
    levels = [persons]
    if dependants and persons - dependants == 1:
        levels.append(dependants + 2)
    if persons == 2 and not dependants and composition.couple_age_sum is not None:
        levels.append(3 if composition.couple_age_sum <= youth else 2)
    if composition.has_disabled:
        levels.append(persons + 1)
    return tuple(levels)


def _ceiling(category: Category, euros_per_year: Decimal, values: tuple[Value, ...]) -> Ceiling:
    is_sure = all(value.status is Status.VERIFIED for value in values)
    return Ceiling(
        category=category,
        euros_per_year=euros_per_year,
        reference=values[0].reference,
        link=values[0].link,
        status=Status.VERIFIED if is_sure else Status.TO_BE_CONFIRMED,
    )
