"""How far a home is from what a household wished: three published tiers, one after the other, never weighed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matching.homes import Home
from chezsoi.engines.matching.households import Household

UNKNOWN_EFFORT = 100
"""Percent of what can be paid, where the rent or the limit is not known: as if all of it were spent."""


@dataclass(frozen=True, slots=True, order=True)
class Mismatch:
    """
    How far a home is from a household's wishes, the first tier that differs deciding.

    `wish` is the place of the commune among the wishes, from 0 (0 too for a household that accepts anywhere);
    `spare_rooms` the rooms above the fewest it asked for; `effort` the percent, rounded down, of what it can pay that
    rent and charges take. It measures no merit, and says nothing of needs: those are rules, and hold for every pair.
    """

    wish: int
    spare_rooms: int
    effort: int


def mismatch(household: Household, home: Home) -> Mismatch:
    """
    Measure a pair that no rule refuses.

    Examples
    --------
    >>> from chezsoi.engines.matching import HomeKind
    >>> home = Home(ref="T3", kind=HomeKind.PRIVATE, commune="57751", rooms=3, rent_per_month=Decimal(300),
    ...             charges_per_month=Decimal(20))
    >>> asked = Household(ref="a", wished_communes=("57463", "57751"), rooms_min=2, max_outlay_per_month=Decimal(400))
    >>> mismatch(asked, home)
    Mismatch(wish=1, spare_rooms=1, effort=80)
    """
    return Mismatch(
        wish=_wish(household, home), spare_rooms=_spare_rooms(household, home), effort=_effort(household, home)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """
    The three tiers written in one integer, so that sums over a whole round compare as the tiers do.

    A tier's unit is more than the lower tiers can add up to over `pairs` homes: no carry, hence no weight.
    """

    rooms: int
    wish: int

    @classmethod
    def over(cls, found: Sequence[Mismatch], *, pairs: int) -> Scale:
        """Choose the units for so many homes let together."""
        rooms = 1 + pairs * max((each.effort for each in found), default=0)
        wish = rooms * (1 + pairs * max((each.spare_rooms for each in found), default=0))
        return cls(rooms=rooms, wish=wish)

    def pack(self, found: Mismatch) -> int:
        """Write the three tiers as one integer."""
        return found.wish * self.wish + found.spare_rooms * self.rooms + found.effort

    def unpack(self, packed: int) -> Mismatch:
        """Read the three tiers, or their sums, back."""
        wish, rest = divmod(packed, self.wish)
        spare_rooms, effort = divmod(rest, self.rooms)
        return Mismatch(wish=wish, spare_rooms=spare_rooms, effort=effort)


def packed(
    households: Sequence[Household], homes: Sequence[Home], rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> tuple[NDArray[np.int64], Scale]:
    """Measure many pairs, given by the places of their household and home, and give the scale that reads them back."""
    found = [
        mismatch(households[row], homes[column]) for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]
    scale = Scale.over(found, pairs=min(len(households), len(homes)))
    return np.array([scale.pack(each) for each in found], dtype=np.int64), scale


def _wish(household: Household, home: Home) -> int:
    wished = household.wished_communes
    return wished.index(home.commune) if home.commune in wished else 0


def _spare_rooms(household: Household, home: Home) -> int:
    if home.rooms is None or household.rooms_min is None:
        return 0
    return max(home.rooms - household.rooms_min, 0)


def _effort(household: Household, home: Home) -> int:
    limit, rent = household.max_outlay_per_month, home.rent_per_month
    if not limit or rent is None:
        return UNKNOWN_EFFORT
    return int(Decimal(100) * (rent + (home.charges_per_month or 0)) / limit)
