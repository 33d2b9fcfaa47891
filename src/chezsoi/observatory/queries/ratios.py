"""What each indicator of the SIAO is made of: a tally, perhaps divided by another, or by that of the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from chezsoi.kernel.actor import Actor
from chezsoi.observatory.choices import Indicator, Qualifier
from chezsoi.observatory.models import ErasedCount
from chezsoi.observatory.queries.tallies import TALLIES_VERSION, Tallies, Tally
from chezsoi.people.models import Household
from chezsoi.territories import queries as territories
from chezsoi.territories.models import Territory

SHARE_STEP = Decimal("0.0001")
ELSEWHERE = "/elsewhere"
"""Ends the code of what an erased file counted for in its territory, and not in the union it is part of."""
LESS = "/less"
"""Ends the code of what an erased file took away: another of the same household counts in its stead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """What is counted, and what it is divided by; a growth is divided by the same of the year before, less one."""

    above: Tally
    below: Tally | None = None
    is_growth: bool = False

    @property
    def is_part(self) -> bool:
        """Tell whether what is left of the whole would be known from a share."""
        return self.below is not None and not self.is_growth


RATIOS: dict[Indicator, Ratio] = {
    Indicator.ORIENTED_SHARE: Ratio(above=Tally.ORIENTED, below=Tally.MET),
    Indicator.ORIENTED: Ratio(above=Tally.ORIENTED),
    Indicator.ORIENTED_GROWTH: Ratio(above=Tally.ORIENTED, below=Tally.ORIENTED, is_growth=True),
    Indicator.WITHOUT_WORKER: Ratio(above=Tally.NO_WORKER, below=Tally.ASSESSED),
    Indicator.ACCESS: Ratio(above=Tally.HOUSED),
    Indicator.ACCESS_ORDINARY: Ratio(above=Tally.ORDINARY, below=Tally.HOUSED),
    Indicator.ACCESS_ADAPTED: Ratio(above=Tally.ADAPTED, below=Tally.HOUSED),
    Indicator.ACCESS_STREET: Ratio(above=Tally.FROM_STREET, below=Tally.HOUSED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What an indicator is, before anything is hidden."""

    numerator: int
    denominator: int | None
    value: Decimal | None
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class Ratios:
    """The tallies of some years, those of the year before included, with what the erased files count for."""

    counted: Tallies
    erased: Counter[tuple[int, str, int]]

    @classmethod
    def read(cls, places: Sequence[Territory], years: Sequence[int]) -> Ratios:
        """Read the records of some territories over some years."""
        asked = {*years, *(year - 1 for year in years if year > 1)}
        keys = [place.pk for place in places]
        erased: Counter[tuple[int, str, int]] = Counter()
        for row in ErasedCount.objects.filter(territory__in=keys, year__in=asked, version=TALLIES_VERSION):
            erased[row.territory_id, row.indicator, row.year] += row.value
        return cls(Tallies.read(keys, asked), erased)

    def value(self, indicator: Indicator, year: int, *places: Territory) -> Value:
        """Give an indicator of a territory or, of several, of their union: never a sum."""
        ratio = RATIOS[indicator]
        numerator = self.count(ratio.above, year, *places)
        if ratio.below is None:
            return Value(numerator=numerator, denominator=None, value=Decimal(numerator))
        denominator = self.count(ratio.below, year - 1 if ratio.is_growth else year, *places)
        if not denominator:
            return Value(numerator=numerator, denominator=0, value=None, qualifier=Qualifier.NOTHING_COUNTED)
        share = Decimal(numerator) / denominator - (1 if ratio.is_growth else 0)
        return Value(numerator=numerator, denominator=denominator, value=share.quantize(SHARE_STEP, ROUND_HALF_UP))

    def count(self, tally: Tally, year: int, *places: Territory) -> int:
        """Count the units of a year; of several territories, each once."""
        keys = [place.pk for place in places]
        found = len(self.counted.of(tally, year, *keys)) + self._erased(tally, year, keys)
        return found - self._erased(tally + ELSEWHERE, year, keys) if len(keys) > 1 else found

    def _erased(self, code: str, year: int, places: Sequence[int]) -> int:
        return sum(self.erased[key, code, year] - self.erased[key, code + LESS, year] for key in places)


def contribution_of(household: Household, *, actor: Actor) -> dict[tuple[str, int], int]:
    """
    Give what one file counts for in each tally of its territory, by code and year.

    A code that ends with `/elsewhere` is what it counts for there and not in the union of the territories that share a
    SIAO with it: the same household counts in the union by another file. One that ends with `/less` is taken away.
    """
    place = household.territory
    union = [each.pk for each in territories.sharing_a_siao(place, actor=actor)]
    years = _years_of(household)
    with_it, without = Tallies.read(union, years), Tallies.read(union, years, without=household.pk)
    found = {}
    for tally in Tally:
        for year in years:
            here = len(with_it.of(tally, year, place.pk)) - len(without.of(tally, year, place.pk))
            apart = here - (len(with_it.of(tally, year, *union)) - len(without.of(tally, year, *union)))
            found[tally.value, year], found[tally + ELSEWHERE, year] = here, apart
    return {(code if value > 0 else code + LESS, year): abs(value) for (code, year), value in found.items() if value}


def _years_of(household: Household) -> set[int]:
    days = [
        *household.orientations.values_list("decided_on", flat=True),
        *household.assessments.values_list("assessed_on", flat=True),
        *household.leases.values_list("signed_on", flat=True),
        *household.orientations.values_list("steps__happened_on", flat=True),
    ]
    return {day.year for day in days if day is not None}
