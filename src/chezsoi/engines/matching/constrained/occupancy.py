"""Who is where, and the moves that make room for one household more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from chezsoi.engines.matching.constrained.market import FREE, Market, Mask, Numbers


def bits(mask: Mask) -> Iterator[int]:
    """List the homes of a mask, the first of the file first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


@dataclass(frozen=True, slots=True)
class Closed:
    """Why nobody moves: homes and caseloads that are all in use by households with nowhere else to go."""

    homes: Mask
    caseloads: frozenset[int]


class Occupancy:
    """
    A feasible choice of pairs, kept while households are taken one by one.

    `kept` households stay housed for ever, perhaps elsewhere; the others housed are there to reach a floor and may be
    sent away as long as it is still reached.
    """

    def __init__(self, market: Market) -> None:
        """Start with every home empty."""
        self.market = market
        self.rows = market.rows
        self._intensity = market.intensity.tolist()
        self._group = market.group.tolist()
        self._sectors = market.sectors
        self.kept: set[int] = set()
        self._empty()

    def _empty(self) -> None:
        market = self.market
        self.home_of: dict[int, int] = {}
        self.occupant = [FREE] * market.homes
        self.used = [0] * len(market.caseloads)
        self.housed = [0] * len(market.floors)
        self.free: Mask = (1 << market.homes) - 1
        self.held: dict[int, Mask] = dict.fromkeys(set(self._intensity), 0)

    def pairs(self) -> Numbers:
        """List the pairs in use."""
        return np.array(sorted(self.market.pair(*each) for each in self.home_of.items()), dtype=np.int64)

    def become(self, pairs: Numbers) -> None:
        """Take another feasible choice of pairs."""
        self._empty()
        for pair in pairs.tolist():
            self._enter(int(self.market.household[pair]), int(self.market.home[pair]))

    def dismiss(self) -> None:
        """Send away, the last in the order first, whoever is neither kept nor needed by a floor."""
        for household in sorted(self.home_of.keys() - self.kept, reverse=True):
            group = self._group[household]
            if group < 0 or self.housed[group] > self.market.floors[group].minimum:
                self._leave(household)

    def caseload(self, household: int, home: int) -> int:
        """Name the caseload a household would use in a home, -1 for none."""
        return self.market.caseload_at.get((int(self.market.sector[home]), self._intensity[household]), FREE)

    def _enter(self, household: int, home: int) -> None:
        self.home_of[household], self.occupant[home] = home, household
        self.free &= ~(1 << home)
        self.held[self._intensity[household]] |= 1 << home
        if (caseload := self.caseload(household, home)) >= 0:
            self.used[caseload] += 1
        if self._group[household] >= 0:
            self.housed[self._group[household]] += 1

    def _leave(self, household: int) -> None:
        home = self.home_of.pop(household)
        self.occupant[home] = FREE
        self.free |= 1 << home
        self.held[self._intensity[household]] &= ~(1 << home)
        if (caseload := self.caseload(household, home)) >= 0:
            self.used[caseload] -= 1
        if self._group[household] >= 0:
            self.housed[self._group[household]] -= 1

    def make_room(self, household: int, closed: Mask) -> bool:
        """
        House one more household by a chain of moves, if a simple one exists.

        A chain that would overload a caseload is not taken, so `False` decides nothing while caseloads bind.
        """
        came_from: dict[int, int] = {}
        seen, queue, reachable = closed, [household], self._reachable()
        for mover in queue:
            hits = self.rows[mover] & ~seen & self._within_caseloads(mover, reachable)
            seen |= hits
            for home in bits(hits & self.free):
                came_from[home] = mover
                if self._follow(household, home, came_from):
                    return True
            for home in bits(hits & ~self.free):
                came_from[home] = mover
                occupant = self.occupant[home]
                if occupant in self.kept:
                    queue.append(occupant)
                elif self._may_go(occupant, household) and self._follow(household, home, came_from):
                    return True
                else:
                    queue.append(occupant)
        return False

    def _reachable(self) -> dict[int, Mask]:
        everywhere = (1 << self.market.homes) - 1
        reachable = dict.fromkeys(self.held, everywhere)
        for (sector, intensity), index in self.market.caseload_at.items():
            if intensity in reachable and self.used[index] >= self.market.caseloads[index].capacity:
                reachable[intensity] &= ~self._sectors.get(sector, 0)
        return reachable

    def _within_caseloads(self, mover: int, reachable: dict[int, Mask]) -> Mask:
        intensity = self._intensity[mover]
        allowed = reachable[intensity] | self.held[intensity]
        if mover in self.home_of:
            allowed |= self._sectors[int(self.market.sector[self.home_of[mover]])]
        return allowed

    def _may_go(self, occupant: int, instead: int) -> bool:
        group = self._group[occupant]
        if group < 0 or group == self._group[instead]:
            return True
        return bool(self.housed[group] > self.market.floors[group].minimum)

    def _follow(self, household: int, last: int, came_from: dict[int, int]) -> bool:
        moves, home = [], last
        while True:
            mover = came_from[home]
            moves.append((mover, home))
            if mover == household:
                break
            home = self.home_of[mover]
        before = [(mover, self.home_of[mover]) for mover, _ in moves if mover in self.home_of]
        if (sent_away := self.occupant[last]) >= 0:
            before.append((sent_away, last))
        self._replace(before, moves)
        if all(used <= each.capacity for used, each in zip(self.used, self.market.caseloads, strict=True)):
            return True
        self._replace(moves, before)
        return False

    def _replace(self, old: list[tuple[int, int]], new: list[tuple[int, int]]) -> None:
        for household, _ in old:
            self._leave(household)
        for household, home in new:
            self._enter(household, home)

    def closure(self, household: int, closed: Mask) -> Closed:
        """
        Guess what blocks a household: full caseloads where it meets one, homes otherwise, and so on for who is there.

        The guess is only worth what `proof` makes of it.
        """
        full = {
            key: index
            for key, index in self.market.caseload_at.items()
            if self.used[index] >= self.market.caseloads[index].capacity
        }
        homes, caseloads, queue, seen = closed, set[int](), [household], {household}
        for mover in queue:
            left = self.rows[mover] & ~homes
            met: list[int] = []
            for (sector, intensity), index in full.items():
                if intensity == self._intensity[mover] and left & self._sectors.get(sector, 0):
                    left &= ~self._sectors[sector]
                    if index not in caseloads:
                        caseloads.add(index)
                        met += [each for each, at in self.home_of.items() if self.caseload(each, at) == index]
            homes |= left
            met += [self.occupant[home] for home in bits(left & ~self.free)]
            fresh = [each for each in met if each not in seen]
            seen.update(fresh)
            queue += fresh
        return Closed(homes=homes, caseloads=frozenset(caseloads))
