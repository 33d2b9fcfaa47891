"""
Ask again, in whole numbers, what a result has from a solver: one plain program over the pairs of the two files.

Nothing is generated, priced or taken apart: every pair is a column, and rows say one home a household, one household a
home, no caseload above its capacity, every floor reached. A choice that answers is counted again in whole numbers. That
there is none is still the word of a solver, but of one that was asked by somebody else, and of the whole question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, vstack

from chezsoi.engines.matchcheck.limits import Limits
from chezsoi.engines.matchcheck.problem import Booleans, Household, Integers, Problem

# Seconds for one search.
LONGEST = 60.0
# A search costs its columns, and some work whatever they are.
AT_LEAST = 300
CLEARLY = 1e-6


class NotInTime(Exception):
    """A search was not answered within its time, or the work allowed is done."""


@dataclass(slots=True)
class Allowance:
    """How many columns may still be searched; a count and no clock, so that every machine verifies the same things."""

    columns: int

    @property
    def is_spent(self) -> bool:
        """Tell whether no search is allowed any more."""
        return self.columns < 0

    def spend(self, columns: int) -> None:
        """Take from the allowance, or give up."""
        self.columns -= columns + AT_LEAST
        if self.is_spent:
            raise NotInTime


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Columns of a program: households (by rank) and homes (by place), mismatch, caseload used (-1 for none)."""

    household: Integers
    home: Integers
    mismatch: Integers
    caseload: Integers

    def among(self, some: Booleans) -> Pairs:
        """Keep the pairs of some households."""
        kept = some[self.household]
        return Pairs(
            household=self.household[kept],
            home=self.home[kept],
            mismatch=self.mismatch[kept],
            caseload=self.caseload[kept],
        )

    def with_(self, more: Pairs) -> Pairs:
        """Add pairs at the end."""
        return Pairs(
            household=np.append(self.household, more.household),
            home=np.append(self.home, more.home),
            mismatch=np.append(self.mismatch, more.mismatch),
            caseload=np.append(self.caseload, more.caseload),
        )


def pairs_of(problem: Problem, limits: Limits, one: Household, homes: Integers) -> Pairs:
    """Write the pairs of one household with some homes."""
    return Pairs(
        household=np.full(len(homes), one.rank, dtype=np.int64),
        home=homes.astype(np.int64),
        mismatch=problem.mismatch(one)[homes],
        caseload=limits.caseload_of(problem, one)[homes],
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """The pairs chosen, none when no choice exists; `most` is the most that the solver leaves possible."""

    chosen: Pairs | None
    worth: int
    most: int
    is_best: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Searches:
    """The feasible pairs of the files, their limits, and how much work is allowed."""

    pairs: Pairs
    capacities: Integers
    minima: Integers
    floor: Integers
    allowance: Allowance | None = None
    seconds: float = LONGEST

    @property
    def nobody(self) -> Booleans:
        """Flag no household."""
        return np.zeros(len(self.floor), dtype=bool)

    def within(self, allowance: Allowance) -> Searches:
        """Search the same pairs, as long as the work allowed lasts."""
        return replace(self, allowance=allowance)

    def without_floors(self) -> Searches:
        """Search the same pairs, all floors lifted."""
        return replace(self, minima=self.minima[:0], floor=np.full_like(self.floor, -1))

    def wider(self, more: Pairs) -> Searches:
        """Search some pairs more."""
        return replace(self, pairs=self.pairs.with_(more))

    def best(self, *, must: Booleans, may: Booleans, worth: Any, least: tuple[tuple[Integers, int], ...] = ()) -> Found:
        """
        Choose pairs that house all of `must`, at will some of `may`, and are worth most.

        Parameters
        ----------
        must, may : numpy.ndarray of bool, shape (households,)
        worth : callable
            From `Pairs` to what each is worth, in whole numbers.
        least : tuple of (numpy.ndarray of int64, int)
            What each household counts for, and the least its sum may be.

        Raises
        ------
        NotInTime
            The solver found nothing and excluded nothing.
        """
        pairs = self.pairs.among(must | may)
        values = np.asarray(worth(pairs), dtype=np.int64)
        if self.allowance is not None:
            self.allowance.spend(len(values))
        if not np.isin(np.flatnonzero(must), pairs.household).all():
            return Found(chosen=None, worth=0, most=0, is_best=True)
        if not len(values):
            is_reached = not (self.minima > 0).any() and all(minimum <= 0 for _, minimum in least)
            return Found(chosen=pairs if is_reached else None, worth=0, most=0, is_best=True)
        rows, low, high = self._rows(pairs, must, least)
        found = milp(
            -values.astype(float),
            integrality=np.ones(len(values)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(rows.astype(float), low, high),
            options={"time_limit": self.seconds, "mip_rel_gap": 0.0},
        )
        if found.status == 2:
            return Found(chosen=None, worth=0, most=0, is_best=True)
        if found.x is None:
            raise NotInTime
        taken = found.x > 0.5
        counts = rows @ taken.astype(np.int64)
        if not ((low <= counts) & (counts <= high)).all():
            raise NotInTime
        most = int(np.floor(-found.mip_dual_bound + CLEARLY * max(1.0, abs(found.mip_dual_bound))))
        chosen = Pairs(
            household=pairs.household[taken],
            home=pairs.home[taken],
            mismatch=pairs.mismatch[taken],
            caseload=pairs.caseload[taken],
        )
        return Found(chosen=chosen, worth=int(values[taken].sum()), most=most, is_best=found.status == 0)

    def _rows(self, pairs: Pairs, must: Booleans, least: tuple[tuple[Integers, int], ...]) -> tuple[Any, Any, Any]:
        people, household = np.unique(pairs.household, return_inverse=True)
        homes, home = np.unique(pairs.home, return_inverse=True)
        counted = [(self.floor[pairs.household] == number).astype(np.int64) for number in range(len(self.minima))]
        counted += [value[pairs.household] for value, _ in least]
        rows = [
            _counting(household, len(people)),
            _counting(home, len(homes)),
            _counting(pairs.caseload, len(self.capacities)),
            *(coo_array(line[None, :]) for line in counted),
        ]
        minima = np.append(self.minima, [minimum for _, minimum in least]).astype(float)
        low = np.concatenate([must[people].astype(float), np.zeros(len(homes) + len(self.capacities)), minima])
        ones = np.ones(len(people) + len(homes))
        high = np.concatenate([ones, self.capacities.astype(float), np.full(len(minima), np.inf)])
        return vstack(rows, format="csr"), low, high

    def entering(self, *, kept: Booleans, candidates: Booleans, others: Booleans) -> Booleans:
        """
        Find which candidates could each be housed with all those kept, `others` being free to come for the floors.

        Each search takes in as many as it can; whoever it took is answered, until one takes nobody.
        """
        left = candidates.copy()
        # Without a floor the others are of use to nobody.
        others = others if self.minima.size else self.nobody
        while left.any():
            found = self.best(must=kept, may=left | others, worth=lambda pairs, left=left: left[pairs.household])
            if not found.is_best and found.worth == 0:
                raise NotInTime
            if found.chosen is None or found.worth == 0:
                break
            left[found.chosen.household] = False
        return candidates & ~left


def _counting(places: Integers, size: int) -> Any:
    """Write one row a place, with 1 in the columns that are there; -1 is nowhere."""
    columns = np.flatnonzero(places >= 0)
    ones = np.ones(len(columns), dtype=np.int64)
    return coo_array((ones, (places[columns], columns)), shape=(size, len(places)))


def searches_of(problem: Problem, limits: Limits) -> Searches:
    """Write the pairs of the files as columns."""
    each = [pairs_of(problem, limits, one, np.flatnonzero(problem.suits(one).pair)) for one in problem.households]
    nothing = np.zeros(0, dtype=np.int64)
    return Searches(
        pairs=Pairs(
            **{
                name: np.concatenate([nothing, *(getattr(one, name) for one in each)])
                for name in ("household", "home", "mismatch", "caseload")
            }
        ),
        capacities=np.array([line[2] for line in limits.caseloads], dtype=np.int64),
        minima=np.array([line[1] for line in limits.floors], dtype=np.int64),
        floor=np.array([limits.floor_of(one) for one in problem.households], dtype=np.int64),
    )
