"""Which homes are too cold to be let: the energy criterion of decency, year by year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chezsoi.law.parameters import NoValueInForce, Status, Value, parameter, series

ENERGY_CLASSES = "ABCDEFG"


class NotAnEnergyClass(ValueError):
    """An energy class is a letter from A to G."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyRule:
    """
    The energy limit for a lease signed, renewed or tacitly renewed on one day.

    The limit is a class, or, on the mainland in 2023 and 2024, a consumption of final energy; it is neither when no
    limit is in force yet (overseas before 2028). A class is None when the certificate is missing: nothing is then
    banned and nothing is sure, and the home's rating has to be asked for.
    """

    worst_class_allowed: str | None
    most_kwh_per_m2_year: Decimal | None
    reference: str
    link: str | None
    status: Status
    valid_from: date | None

    def bans(self, rating: str | None, *, kwh_per_m2_year: Decimal | None = None) -> bool:
        """
        Tell whether the rule surely forbids the letting.

        Raises
        ------
        NotAnEnergyClass
            If the rating is not a letter from A to G.

        Examples
        --------
        >>> rule = energy_rule_on(date(2025, 1, 1), overseas=False)
        >>> rule.bans("G"), rule.bans("F"), rule.bans(None)
        (True, False, False)
        """
        rank = None if rating is None else _rank(rating)
        if self.worst_class_allowed is not None:
            return rank is not None and rank > ENERGY_CLASSES.index(self.worst_class_allowed)
        if self.most_kwh_per_m2_year is not None:
            return kwh_per_m2_year is not None and kwh_per_m2_year >= self.most_kwh_per_m2_year
        return False

    def leaves_open(self, rating: str | None, *, kwh_per_m2_year: Decimal | None = None) -> bool:
        """
        Tell whether what is known of the home is not enough to apply the rule.

        Raises
        ------
        NotAnEnergyClass
            If the rating is not a letter from A to G.

        Examples
        --------
        >>> rule = energy_rule_on(date(2024, 12, 31), overseas=False)
        >>> rule.leaves_open("G"), rule.leaves_open("G", kwh_per_m2_year=Decimal(430)), rule.leaves_open("C")
        (True, False, False)
        """
        rank = None if rating is None else _rank(rating)
        if self.worst_class_allowed is not None:
            return rank is None
        if self.most_kwh_per_m2_year is not None:
            # Final energy never exceeds the primary energy that the class counts: A to E stay under the limit.
            return kwh_per_m2_year is None and (rank is None or rank > ENERGY_CLASSES.index("E"))
        return False


def energy_rule_on(day: date, overseas: bool) -> EnergyRule:
    """
    Read the energy limit for a lease signed on a day.

    Parameters
    ----------
    day : date
        Day the lease is signed, renewed or tacitly renewed.
    overseas : bool
        Whether the home lies in Guadeloupe, Martinique, Guyane, La Réunion or Mayotte.

    Returns
    -------
    EnergyRule
        The limit, the text it comes from and its status; without limit when none is in force. It is one criterion
        of decency, not the whole of it.

    References
    ----------
    .. [1] Decree of 18 August 2023 (classes and dates); decree 2002-120 (decent dwelling).

    Examples
    --------
    >>> energy_rule_on(date(2028, 1, 1), overseas=False).worst_class_allowed
    'E'
    """
    try:
        value = parameter("decency.dpe_min", on=day, scope=_scope(overseas))
    except NoValueInForce:
        return _no_limit()
    return EnergyRule(
        worst_class_allowed=value.value if isinstance(value.value, str) else None,
        most_kwh_per_m2_year=None if isinstance(value.value, str) else value.value,
        reference=value.reference,
        link=value.link,
        status=value.status,
        valid_from=value.valid_from,
    )


def ban_starts_on(rating: str, *, overseas: bool) -> date | None:
    """
    Find the first day on which a class may no longer be let; None when no text bans it.

    Raises
    ------
    NotAnEnergyClass
        If the rating is not a letter from A to G.

    Examples
    --------
    >>> [str(ban_starts_on(rating, overseas=False)) for rating in "GFED"]
    ['2025-01-01', '2028-01-01', '2034-01-01', 'None']
    """
    rank = _rank(rating)
    starts = (value.valid_from for value in _class_limits(overseas) if _is_worse(rank, value))
    return min((start for start in starts if start is not None), default=None)


def _class_limits(overseas: bool) -> tuple[Value, ...]:
    values = series("decency.dpe_min", scope=_scope(overseas))
    return tuple(value for value in values if isinstance(value.value, str))


def _is_worse(rank: int, limit: Value) -> bool:
    return rank > ENERGY_CLASSES.index(str(limit.value))


def _rank(rating: str) -> int:
    letter = rating.strip().upper()
    if len(letter) != 1 or letter not in ENERGY_CLASSES:
        raise NotAnEnergyClass(rating)
    return ENERGY_CLASSES.index(letter)


def _scope(overseas: bool) -> str:
    return "drom" if overseas else "metropole"


def _no_limit() -> EnergyRule:
    return EnergyRule(
        worst_class_allowed=None,
        most_kwh_per_m2_year=None,
        reference="",
        link=None,
        status=Status.VERIFIED,
        valid_from=None,
    )
