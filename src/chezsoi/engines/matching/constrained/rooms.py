"""Homes and rooms given one to a household, when some must not share a home and teams can follow only so many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, vstack

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

ALONE = -1
# Households decided in one search: their weights are powers of two, exact in floating point.
AT_ONCE = 16
LARGEST_WEIGHT = 2**20


class NotPlacedInTime(RuntimeError):
    """The time given ran out before a search was proved best: nothing is answered."""


class HeldApart(ValueError):
    """Homes already given cannot all be kept: two households that must not share a home hold rooms of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most so many of some pairs together: what a team can follow, of those who wish it."""

    pairs: frozenset[tuple[int, int]]
    capacity: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Rooms:
    """
    Who may live where, and what living under one roof asks.

    Parameters
    ----------
    household, home : numpy.ndarray of int64, shape (pairs,)
        The feasible pairs, sorted by household; a household is its rank in the published order.
    misses : numpy.ndarray of int64, shape (pairs, tiers)
        How far each pair is from the wishes, 0 or more, the first column deciding before the second.
    part_of : numpy.ndarray of int64, shape (homes,)
        The shared home each one is a room of; -1 for a home of one's own.
    apart, together : tuple of (int, int)
        Households that must not share a home, and those that wish to.
    limits : tuple of Limit
    """

    household: Numbers
    home: Numbers
    misses: Numbers
    part_of: Numbers
    households: int
    apart: tuple[tuple[int, int], ...] = ()
    together: tuple[tuple[int, int], ...] = ()
    limits: tuple[Limit, ...] = ()

    @property
    def homes(self) -> int:
        """Count the homes and rooms."""
        return len(self.part_of)

    @cached_property
    def table(self) -> Flags:
        """Tell which household may live in which home, shape (households, homes)."""
        table = np.zeros((self.households, self.homes), dtype=bool)
        table[self.household, self.home] = True
        return table


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The home of each household housed; how many wished companies share a home, and what is missed, by tier."""

    home_of: dict[int, int]
    together: int
    misses: tuple[int, ...]


def place_rooms(rooms: Rooms, *, first: Sequence[int] = (), seconds: float = 60.0) -> Placed:
    """
    House households in the published order, each one if all before it and it can be housed together.

    Among the ways to house that very set: the most wished companies under one roof, then the least of each tier of
    mismatch, then, for the result to be the same everywhere, the first home of the file for the first household.

    Parameters
    ----------
    rooms : Rooms
    first : sequence of int
        Households whose home is settled already, by people: they are served before the order.
    seconds : float
        Time given to each search.

    Raises
    ------
    HeldApart, NotPlacedInTime

    Notes
    -----
    A packing in whole numbers, NP-hard in general, by HiGHS; most households are settled before it, by exchange paths:
    whoever reaches no free home even if nobody refused anybody is out for good (Hall, 1935). It proposes; people
    decide, and each household answers for itself.

    Examples
    --------
    >>> import numpy as np
    >>> who, where = np.array([0, 0, 1, 1, 2, 2]), np.array([0, 1, 0, 1, 0, 1])
    >>> flat = Rooms(household=who, home=where, misses=np.zeros((6, 1), dtype=np.int64),
    ...              part_of=np.array([7, 7]), households=3, apart=((0, 1),))
    >>> place_rooms(flat).home_of
    {0: 0, 2: 1}
    """
    search = _Search(rooms, seconds)
    kept = set(first)
    chosen = search.best(np.zeros(len(rooms.household)), kept, kept) if kept else np.zeros(0, dtype=np.int64)
    if chosen is None:
        raise HeldApart(", ".join(map(str, first)))
    waiting = sorted(set(rooms.household.tolist()) - kept)
    while waiting := _within_reach(rooms, chosen, waiting):
        some, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        worth = np.zeros(rooms.households)
        worth[some] = 2.0 ** np.arange(len(some) - 1, -1, -1)
        chosen = search.sure(-worth[rooms.household], kept, kept | set(some))
        kept = set(rooms.household[chosen].tolist())
    return search.settle(kept)


def _within_reach(rooms: Rooms, chosen: Numbers, waiting: Iterable[int]) -> list[int]:
    """Keep those from whom exchanges lead to a free home, refusals of company left aside."""
    reached = np.ones(rooms.homes, dtype=bool)
    reached[rooms.home[chosen]] = False
    held_by = {int(rooms.home[pair]): int(rooms.household[pair]) for pair in chosen}
    while True:
        more = [home for home, holder in held_by.items() if not reached[home] and rooms.table[holder, reached].any()]
        if not more:
            return [each for each in waiting if rooms.table[each, reached].any()]
        reached[more] = True


@dataclass(slots=True)
class _Search:
    rooms: Rooms
    seconds: float
    once: csr_array = field(init=False)
    rows: csr_array = field(init=False)
    most: npt.NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        rooms, size = self.rooms, len(self.rooms.household)
        pairs = np.arange(size)
        self.once = _flags(rooms.household, pairs, (rooms.households, size))
        homes = _flags(rooms.home, pairs, (rooms.homes, size))
        parts = [homes, *self._apart(), *self._limits()]
        self.rows = csr_array(vstack(parts))
        limits = [each.capacity for each in rooms.limits]
        self.most = np.concatenate([np.ones(self.rows.shape[0] - len(limits)), np.array(limits, dtype=float)])

    def _apart(self) -> list[csr_array]:
        """Write one row for two who must not share, and a home where both may have a room."""
        found = [
            there
            for pair in self.rooms.apart
            for home in np.unique(self.rooms.part_of[self.rooms.part_of != ALONE]).tolist()
            if (there := self._rooms_of(home, pair)).any() and len(set(self.rooms.household[there].tolist())) > 1
        ]
        return [csr_array(np.array(found, dtype=float))] if found else []

    def _rooms_of(self, home: int, households: tuple[int, ...]) -> Flags:
        there: Flags = (self.rooms.part_of[self.rooms.home] == home) & np.isin(self.rooms.household, households)
        return there

    def _limits(self) -> list[csr_array]:
        pairs = list(zip(self.rooms.household.tolist(), self.rooms.home.tolist(), strict=True))
        found = [[pair in each.pairs for pair in pairs] for each in self.rooms.limits]
        return [csr_array(np.array(found, dtype=float))] if found else []

    def sure(self, costs: npt.NDArray[np.float64], must: set[int], may: set[int]) -> Numbers:
        found = self.best(costs, must, may)
        if found is None:
            raise AssertionError("those kept can be housed together: they were")
        return found

    def best(self, costs: npt.NDArray[np.float64], must: set[int], may: set[int]) -> Numbers | None:
        """Choose pairs at the least cost that house some and may house others; None when it cannot be."""
        columns = np.flatnonzero(np.isin(self.rooms.household, sorted(may)))
        least = np.isin(np.arange(self.rooms.households), sorted(must)).astype(float)
        rows = [
            LinearConstraint(self.once[:, columns], least, 1),
            LinearConstraint(self.rows[:, columns], -np.inf, self.most),
        ]
        found = _solved(costs[columns], rows, self.seconds)
        return None if found is None else columns[np.flatnonzero(found > 0.5)]

    def settle(self, kept: set[int]) -> Placed:
        """Give each of the set its home, tier after tier."""
        rooms = self.rooms
        columns = np.flatnonzero(np.isin(rooms.household, sorted(kept)))
        companies = self._companies(columns)
        tiers = _Tiers(self, columns, companies)
        met = tiers.most_together()
        missed = tuple(tiers.least(rooms.misses[columns, tier]) for tier in range(rooms.misses.shape[1]))
        for weight in _turns(rooms, sorted(kept)):
            tiers.least(weight[rooms.household[columns]] * rooms.home[columns])
        chosen = columns[tiers.chosen]
        home_of = dict(zip(rooms.household[chosen].tolist(), rooms.home[chosen].tolist(), strict=True))
        return Placed(home_of=home_of, together=met, misses=missed)

    def _companies(self, columns: Numbers) -> list[tuple[Flags, Flags]]:
        """List, for each wished company and each shared home, the pairs that would bring either there."""
        homes = np.unique(self.rooms.part_of[self.rooms.part_of != ALONE]).tolist()
        found = [
            tuple(self._rooms_of(home, (each,))[columns] for each in pair)
            for pair in self.rooms.together
            for home in homes
        ]
        return [(one, other) for one, other in found if one.any() and other.any()]


class _Tiers:
    """One search after the other over the same set, each held to the best of those before."""

    def __init__(self, search: _Search, columns: Numbers, companies: list[tuple[Flags, Flags]]) -> None:
        size, self.met, self.seconds = len(columns), len(companies), search.seconds
        who = search.once[:, columns]
        housed = np.unique(search.rooms.household[columns])
        self.rows = [
            LinearConstraint(_wider(who[housed], self.met), 1, 1),
            LinearConstraint(_wider(search.rows[:, columns], self.met), -np.inf, search.most),
        ]
        for number, both in enumerate(companies):
            for there in both:
                row = np.concatenate([-there.astype(float), np.zeros(self.met)])
                row[size + number] = 1
                self.rows.append(LinearConstraint(row[None, :], -np.inf, 0))
        self.size = size
        self.chosen = np.zeros(0, dtype=np.int64)

    def most_together(self) -> int:
        return -self._least(np.concatenate([np.zeros(self.size), -np.ones(self.met)]))

    def least(self, costs: Numbers) -> int:
        return self._least(np.concatenate([costs.astype(float), np.zeros(self.met)]))

    def _least(self, costs: npt.NDArray[np.float64]) -> int:
        if self.size == 0:
            return 0
        found = _solved(costs, self.rows, self.seconds, whole=self.size)
        if found is None:
            raise AssertionError("those kept can be housed together: they were")
        total = round(float(costs @ np.round(found)))
        self.rows.append(LinearConstraint(costs[None, :], -np.inf, total))
        self.chosen = np.flatnonzero(found[: self.size] > 0.5)
        return total


def _wider(table: csr_array, more: int) -> csr_array:
    return csr_array(hstack([table, csr_array((table.shape[0], more))]))


def _turns(rooms: Rooms, kept: Sequence[int]) -> Iterator[Numbers]:
    """Weigh a few households at a time so that the first home of the first one decides before the next."""
    base = max(rooms.homes, 2)
    few = max(int(np.log(LARGEST_WEIGHT) / np.log(base)), 1)
    for start in range(0, len(kept), few):
        some = kept[start : start + few]
        weight = np.zeros(rooms.households, dtype=np.int64)
        weight[some] = base ** np.arange(len(some) - 1, -1, -1)
        yield weight


def _flags(rows: Numbers, columns: Numbers, shape: tuple[int, int]) -> csr_array:
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)


def _solved(
    costs: npt.NDArray[np.float64], rows: list[LinearConstraint], seconds: float, *, whole: int | None = None
) -> npt.NDArray[np.float64] | None:
    """Solve in whole numbers (the first `whole` of them alone if said); None when nothing is possible."""
    integrality = np.ones(len(costs))
    integrality[len(costs) if whole is None else whole :] = 0
    found = milp(
        costs,
        integrality=integrality,
        bounds=Bounds(0, 1),
        constraints=rows,
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if found.status == 2:
        return None
    if found.status != 0:
        raise NotPlacedInTime(found.message)
    values: npt.NDArray[np.float64] = found.x
    return values
