"""Several consenting households in one home, and those who must not share one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

Numbers = npt.NDArray[np.int64]
# Households decided in one search: their weights are powers of two, exact in floating point.
AT_ONCE = 16


class NotSharedInTime(RuntimeError):
    """The time given ran out before a search was proved best: no sharing is answered."""


@dataclass(frozen=True, kw_only=True)
class Shared:
    """
    A way of housing households, several to a home where all of them consent.

    `home_of` gives the home of each household housed, by rank; `mismatch` is the least for that set.
    """

    home_of: dict[int, int]
    mismatch: int


def share(
    pairs: Sequence[tuple[int, int, int]],
    *,
    consents: Sequence[bool],
    rooms: Sequence[int],
    incompatible: Sequence[tuple[int, int]] = (),
    seconds: float = 60.0,
) -> Shared:
    """
    House households in the published order, each one if all before it and it can be housed, several to a home or not.

    Parameters
    ----------
    pairs : sequence of (int, int, int)
        Household (its rank), home, mismatch: the home would do, alone or shared.
    consents : sequence of bool
        One a household: whether it agreed to share. Without its consent it is alone in its home. Not consenting costs
        no rank.
    rooms : sequence of int
        One a home: how many households may share it (1: it is not shared).
    incompatible : sequence of (int, int)
        Households that must not share a home, whatever they consent to.
    seconds : float
        Time given to each search.

    Raises
    ------
    NotSharedInTime

    Notes
    -----
    Rooms and conflicts on pairs make it a packing in whole numbers (NP-hard in general): meant for hundreds of pairs, a
    commission's day, not for a whole territory.

    Examples
    --------
    >>> pairs = [(0, 0, 0), (1, 0, 0), (2, 0, 0)]
    >>> share(pairs, consents=[True, False, True], rooms=[2]).home_of
    {0: 0, 2: 0}
    """
    if not pairs:
        return Shared(home_of={}, mismatch=0)
    table = np.array(sorted(pairs), dtype=np.int64)
    search = _Search(table, np.array(consents), np.array(rooms), incompatible, seconds)
    kept: set[int] = set()
    waiting = sorted(set(table[:, 0].tolist()))
    for start in range(0, len(waiting), AT_ONCE):
        some = waiting[start : start + AT_ONCE]
        worth = np.zeros(len(consents))
        worth[some] = 2.0 ** np.arange(len(some) - 1, -1, -1)
        chosen = search.best(-worth[table[:, 0]], kept, kept | set(some))
        kept = set(table[chosen, 0].tolist())
    chosen = search.best(table[:, 2].astype(float), kept, kept)
    home_of = {int(household): int(home) for household, home in table[chosen, :2]}
    return Shared(home_of=home_of, mismatch=int(table[chosen, 2].sum()))


class _Search:
    def __init__(
        self,
        table: Numbers,
        consents: npt.NDArray[np.bool_],
        rooms: Numbers,
        incompatible: Sequence[tuple[int, int]],
        seconds: float,
    ) -> None:
        self.household, self.seconds, self.households = table[:, 0], seconds, len(consents)
        self.once = (self.household == np.arange(len(consents))[:, None]).astype(float)
        there = table[:, 1] == np.arange(len(rooms))[:, None]
        # Who does not consent takes all the rooms of a home.
        taken = there * np.where(consents[self.household], 1, rooms[table[:, 1]])
        self.rows = [LinearConstraint(taken.astype(float), -np.inf, rooms.astype(float))]
        apart = [
            there[home] & np.isin(self.household, pair)
            for pair in incompatible
            for home in range(len(rooms))
            if (there[home] & np.isin(self.household, pair)).sum() == 2
        ]
        if apart:
            self.rows.append(LinearConstraint(np.array(apart, dtype=float), -np.inf, 1))

    def best(self, costs: npt.NDArray[np.float64], must: set[int], may: set[int]) -> Numbers:
        everyone = np.arange(self.households)
        least, most = np.isin(everyone, sorted(must)), np.isin(everyone, sorted(may))
        found = milp(
            costs,
            integrality=np.ones(len(costs)),
            bounds=Bounds(0, 1),
            constraints=[*self.rows, LinearConstraint(self.once, least.astype(float), most.astype(float))],
            options={"time_limit": self.seconds, "mip_rel_gap": 0.0},
        )
        if found.status != 0:
            raise NotSharedInTime(found.message)
        return np.flatnonzero(found.x > 0.5)
