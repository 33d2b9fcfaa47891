"""Repair an assignment of least mismatch, one shortest path a change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from chezsoi.engines.matching.assignment.pairs import Integers, Pairs, Rows
from chezsoi.engines.matching.assignment.which import EXACT, Assignment, Edges, edges_of, least_mismatch, proved
from chezsoi.engines.matching.assignment.who import FREE, Housing


def repaired_assignment(pairs: Pairs, kept: Housing, housed: Rows, price_of: Integers) -> Assignment:
    """
    House exactly `housed` at the least mismatch, from an assignment that was the least for nearly the same households.

    Parameters
    ----------
    pairs : Pairs
        The feasible pairs now.
    kept : Housing
        What remains of the assignment before; every pair of it is feasible.
    housed : array of ranks
        Whom to house; a set that can be housed.
    price_of : integer array, homes
        The prices that proved the assignment before.
    """
    edges = edges_of(pairs, housed)
    most = int(edges.mismatch.max(initial=0)) + int(price_of.max(initial=0)) + 1
    if most * (pairs.homes + 2) ** 2 >= EXACT:
        return least_mismatch(pairs, housed)
    repair = _Repair(edges, kept, housed, price_of)
    for home in np.flatnonzero((repair.holder_of == FREE) & (repair.price_of > 0)).tolist():
        repair.free(home)
    for rank in housed[repair.home_of[housed] == FREE].tolist():
        repair.house(rank)
    return proved(edges, repair.home_of, homes=pairs.homes)


@dataclass(frozen=True, slots=True, eq=False)
class _Paths:
    """Shortest distances to every home from a start, and the home before on the way (the start is no home)."""

    distance: Integers
    before: Rows


class _Repair:
    """An assignment that is the least for those it houses, but for what is still to be settled; and its prices."""

    def __init__(self, edges: Edges, kept: Housing, housed: Rows, price_of: Integers) -> None:
        self.edges, self.price_of = edges, price_of.copy()
        self.homes = len(kept.holder_of)
        self.home_of = np.full(len(kept.home_of), FREE, dtype=np.intp)
        self.home_of[housed] = kept.home_of[housed]
        self.holder_of = np.full(self.homes, FREE, dtype=np.intp)
        held = housed[kept.home_of[housed] != FREE]
        self.holder_of[kept.home_of[held]] = held
        self.own = np.zeros(len(kept.home_of), dtype=np.int64)

    def free(self, home: int) -> None:
        """Let whoever gains most take a home that was left, and so on: some home ends up free, at no price."""
        paths = self._paths(np.arange(self.homes), self.price_of)
        self._move_along(paths, home)
        self.price_of -= np.minimum(paths.distance, paths.distance[home])

    def house(self, rank: int) -> None:
        """Give a home to one more household, others moving on where that costs less."""
        own = self.edges.ranks == rank
        homes, costs = self.edges.homes[own], self.edges.mismatch[own]
        paths = self._paths(homes, costs + self.price_of[homes])
        free = np.flatnonzero(self.holder_of == FREE)
        last = int(free[np.argmin(paths.distance[free])])
        first = self._move_along(paths, last)
        self.home_of[rank], self.holder_of[first] = first, rank
        self.price_of += np.maximum(0, paths.distance[last] - paths.distance)

    def _paths(self, firsts: Rows, costs: Integers) -> _Paths:
        """Go from a start to homes at these costs, then from home to home as their holders could move."""
        edges, start, stretch = self.edges, self.homes, self.homes + 2
        at_home = edges.homes == self.home_of[edges.ranks]
        self.own[edges.ranks[at_home]] = edges.mismatch[at_home] + self.price_of[edges.homes[at_home]]
        moves = (self.home_of[edges.ranks] != FREE) & ~at_home
        ranks, homes = edges.ranks[moves], edges.homes[moves]
        weights = edges.mismatch[moves] + self.price_of[homes] - self.own[ranks]
        # Stretched so that no step weighs 0, which a sparse graph would take for no step.
        graph = csr_array(
            (
                np.concatenate([weights, costs]) * float(stretch) + 1,
                (np.append(self.home_of[ranks], np.full(len(firsts), start)), np.append(homes, firsts)),
            ),
            shape=(start + 1, start + 1),
        )
        distance, before = dijkstra(graph, indices=start, return_predecessors=True)
        reached = np.isfinite(distance[:start])
        whole = np.full(start, EXACT, dtype=np.int64)
        whole[reached] = distance[:start][reached] // stretch
        return _Paths(distance=whole, before=before[:start])

    def _move_along(self, paths: _Paths, last: int) -> int:
        """Move every holder on the path one home further; give the first home, which is now without holder."""
        home = last
        while (before := int(paths.before[home])) < self.homes:
            mover = int(self.holder_of[before])
            self.home_of[mover], self.holder_of[home] = home, mover
            home = before
        self.holder_of[home] = FREE
        return home
