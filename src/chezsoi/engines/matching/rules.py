"""The rules in force on a day, as the caller read them from the dated law: each value with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class EmptyTable(ValueError):
    """A table by household size has no value."""


class Status(StrEnum):
    """How far a rule can be relied on."""

    VERIFIED = "verified"
    TO_BE_CONFIRMED = "to_be_confirmed"
    DESIGN_CHOICE = "design_choice"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a threshold comes from: an article, or who declared it; since when; how far it was checked."""

    reference: str
    status: Status
    since: date | None = None


BY_HOUSEHOLD = Source(reference="declared by the household", status=Status.DECLARED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeTable:
    """
    A value by number of persons: the first is for one person, the last for every larger household.

    >>> source = Source(reference="CCH D822-25", status=Status.TO_BE_CONFIRMED)
    >>> table = SizeTable(values=(Decimal(9), Decimal(16), Decimal(25)), source=source)
    >>> table.least_for(2), table.least_for(7)
    (Decimal('16'), Decimal('25'))
    """

    values: tuple[Decimal, ...]
    source: Source

    def __post_init__(self) -> None:
        if not self.values:
            raise EmptyTable(self.source.reference)

    def least_for(self, persons: int) -> Decimal:
        """Give the value for a household of that many persons (at least one)."""
        return self.values[min(max(persons, 1), len(self.values)) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyFloor:
    """The worst energy class that may still be let on the day; None when no class is banned yet."""

    worst_class: str | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeCeilings:
    """Yearly ceilings in euros of one funding in the home's zone, by category of household, first to last."""

    funding: str
    by_category: tuple[Decimal, ...]
    per_extra_person: Decimal
    source: Source

    def for_category(self, category: int) -> Decimal:
        """Give the ceiling of a category; beyond the last one, so much more per person."""
        last = len(self.by_category)
        if category <= last:
            return self.by_category[category - 1]
        return self.by_category[-1] + (category - last) * self.per_extra_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """
    The law of one day and place, handed to the engine; it looks nothing up.

    `minimum_rooms` None sets no need in rooms. `income_ceilings` holds the zone of the home, one entry a funding.
    """

    minimum_surfaces_m2: SizeTable
    worst_energy_class: EnergyFloor
    worst_energy_class_overseas: EnergyFloor
    request_number: Source
    regular_stay: Source
    minimum_rooms: SizeTable | None = None
    income_ceilings: tuple[IncomeCeilings, ...] = ()

    def ceilings_for(self, funding: str | None) -> IncomeCeilings | None:
        """Find the ceilings of a funding; None when they are not known."""
        return next((ceilings for ceilings in self.income_ceilings if ceilings.funding == funding), None)
