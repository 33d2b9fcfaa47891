"""What a home would cost and leave to live on, once the benefits are known: arithmetic alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from chezsoi.engines.benefits.cautions import Caution
from chezsoi.engines.benefits.households import Person

CENT = Decimal("0.01")
DAYS_IN_A_MONTH = 30
ADULT_FROM = 14
FURTHER_ADULT = Decimal("0.5")
YOUNG_CHILD = Decimal("0.3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """
    What one home would cost one household in one month of the law, in euros a month.

    An estimate, not entitlement: only the CAF decides. `effort_rate` is a fraction, `math.inf` when there is nothing
    to live on, never 0. `rav_per_day_uc` is what is left to live on a day and a consumption unit. `resources` are
    those after the move, housing benefit left out.
    """

    housing_benefit: Decimal
    rsa: Decimal
    rls: Decimal
    resources: Decimal
    net_outlay: Decimal
    effort_rate: float
    residual_income: Decimal
    rav_per_day_uc: Decimal
    engine_version: str
    law_date: date
    warnings: tuple[Caution, ...]

    @property
    def effort_is_infinite(self) -> bool:
        """Tell whether there is nothing to pay with."""
        return math.isinf(self.effort_rate)


def cents(amount: float | Decimal) -> Decimal:
    """
    Round to the cent; OpenFisca counts with 32-bit numbers, exact to a tenth of a cent below 8,000 euros.

    Examples
    --------
    >>> cents(573.4871826171875), cents(31.579999923706055)
    (Decimal('573.49'), Decimal('31.58'))
    """
    exact = amount if isinstance(amount, Decimal) else Decimal(f"{amount:.3f}")
    return exact.quantize(CENT, ROUND_HALF_UP)


def consumption_units(persons: tuple[Person, ...], day: date) -> Decimal:
    """
    Weigh a household: 1, then 0.5 for each further person of 14 or more, 0.3 for each younger one.

    References
    ----------
    .. [1] Insee, échelle d'équivalence de l'OCDE modifiée.

    Examples
    --------
    >>> from chezsoi.engines.benefits.households import Role
    >>> mother = Person(role=Role.LEAD, birth_date=date(1990, 1, 1))
    >>> child = Person(role=Role.CHILD, birth_date=date(2020, 1, 1))
    >>> consumption_units((mother, child, child), date(2026, 10, 1))
    Decimal('1.6')
    """
    grown = sum(person.age_on(day) >= ADULT_FROM for person in persons)
    first = max(grown - 1, 0)
    young = len(persons) - max(grown, 1)
    return 1 + first * FURTHER_ADULT + young * YOUNG_CHILD


def net_outlay(*, rent: Decimal, charges: Decimal, rls: Decimal, housing_benefit: Decimal) -> Decimal:
    """
    Give what is left to pay for a home, never less than nothing.

    Examples
    --------
    >>> D = Decimal
    >>> net_outlay(rent=D(300), charges=D(50), rls=D("31.58"), housing_benefit=D(277))
    Decimal('41.42')
    """
    return max(rent - rls + charges - housing_benefit, Decimal(0)).quantize(CENT)


def effort_rate(outlay: Decimal, resources: Decimal) -> float:
    """
    Give the share of the resources a home takes; infinite without resources, whatever the outlay.

    Examples
    --------
    >>> round(effort_rate(Decimal("41.42"), Decimal("573.49")), 4), effort_rate(Decimal("41.42"), Decimal(0))
    (0.0722, inf)
    """
    return float(outlay / resources) if resources > 0 else math.inf


def rav_per_day(residual: Decimal, units: Decimal) -> Decimal:
    """
    Give what is left a day (a thirtieth of a month) and a consumption unit.

    Examples
    --------
    >>> rav_per_day(Decimal("532.07"), Decimal(1))
    Decimal('17.74')
    """
    return (residual / DAYS_IN_A_MONTH / units).quantize(CENT, ROUND_HALF_UP)
