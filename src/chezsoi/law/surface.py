"""How large a home must at least be for the people who will live in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chezsoi.law.parameters import Status, Value, parameter


class NobodyToHouse(ValueError):
    """A household counts at least one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceRule:
    """The minimum surface in force on one day; below it, no housing benefit is paid."""

    first: Value
    second: Value
    extra: Value
    cap: Value

    def minimum_m2(self, persons: int) -> Decimal:
        """
        Give the smallest surface allowed, in square metres, for a number of occupants.

        Parameters
        ----------
        persons : int
            People who will live there, children in alternate custody included.

        Returns
        -------
        Decimal
            Square metres. The floor under which housing benefit is not paid, not the size a household needs.

        Raises
        ------
        NobodyToHouse
            If there is nobody.

        References
        ----------
        .. [1] Code de la construction et de l'habitation, art. R822-25 (article to be confirmed).

        Examples
        --------
        >>> rule = surface_rule_on(date(2026, 11, 23))
        >>> [int(rule.minimum_m2(persons)) for persons in (1, 2, 3, 7, 8, 12)]
        [9, 16, 25, 61, 70, 70]
        """
        if persons < 1:
            raise NobodyToHouse(persons)
        if persons == 1:
            return self.first.number
        return min(self.cap.number, self.second.number + self.extra.number * (persons - 2))

    @property
    def reference(self) -> str:
        return self.first.reference

    @property
    def status(self) -> Status:
        return self.first.status


def surface_rule_on(day: date) -> SurfaceRule:
    """
    Read the minimum surfaces in force on a day.

    Raises
    ------
    NoValueInForce
        If the day comes before the rule.
    """
    return SurfaceRule(
        first=parameter("surface.min.1", on=day),
        second=parameter("surface.min.2", on=day),
        extra=parameter("surface.min.extra", on=day),
        cap=parameter("surface.min.cap", on=day),
    )
