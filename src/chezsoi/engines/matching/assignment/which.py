"""
Tier 2: which home, once who is proposed is settled: the least total mismatch that houses exactly that set.

An assignment problem, solved component by component by the sparse Jonker-Volgenant algorithm of scipy. Prices of homes
then prove the optimum (linear programming duality): they are the shortest distances over the exchanges that are left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

from chezsoi.engines.matching.assignment.pairs import Integers, Pairs, Rows
from chezsoi.engines.matching.assignment.who import FREE, Housing

EXACT = 2**53


class MismatchTooLarge(ValueError):
    """The sum of the mismatches would no longer be exact."""


class HousedByNoAssignment(ValueError):
    """The set of households cannot all be housed, or the assignment is not the least: a fault of the program."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assignment:
    """
    Who lives where, at the least total mismatch, and why it is the least.

    `price_of` (homes) is how much mismatch others would gain by a home: 0 or more, 0 for a home left free.
    `cost_of` (households) is mismatch plus price at the home one has, 0 when not housed; no feasible home has less.
    """

    housing: Housing
    total: int
    price_of: Integers
    cost_of: Integers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Edges:
    """The feasible pairs of the households to be housed, sorted by rank then home."""

    ranks: Rows
    homes: Rows
    mismatch: Integers

    def only(self, chosen: NDArray[np.intp]) -> Edges:
        """Keep some of them."""
        return Edges(ranks=self.ranks[chosen], homes=self.homes[chosen], mismatch=self.mismatch[chosen])


def least_mismatch(pairs: Pairs, housed: Rows) -> Assignment:
    """
    House exactly these households, at the least total mismatch.

    Parameters
    ----------
    pairs : Pairs
        Feasible pairs and their mismatch.
    housed : array of ranks
        A set that can be housed, as `who.best_set` gives; ascending.

    Returns
    -------
    Assignment
        The total is unique; the homes given are one of the optimal ways, always the same for the same pairs.

    Raises
    ------
    MismatchTooLarge
        If a sum of mismatches could pass 2⁵³.
    HousedByNoAssignment
        If the set cannot be housed.
    """
    edges = edges_of(pairs, housed)
    if edges.mismatch.size and int(edges.mismatch.max()) * (pairs.homes + 1) >= EXACT:
        raise MismatchTooLarge(str(edges.mismatch.max()))
    home_of = np.full(pairs.households, FREE, dtype=np.intp)
    for part in _components(edges, pairs):
        ranks, homes = _solved(part)
        home_of[ranks] = homes
    if np.count_nonzero(home_of != FREE) < len(housed):
        raise HousedByNoAssignment(f"{len(housed)} households")
    return proved(edges, home_of, homes=pairs.homes)


def edges_of(pairs: Pairs, housed: Rows) -> Edges:
    """List the feasible pairs of some households."""
    rows, homes = np.nonzero(pairs.feasible(housed))
    ranks = housed[rows]
    return Edges(ranks=ranks, homes=homes, mismatch=pairs.mismatch(ranks, homes))


def proved(edges: Edges, home_of: Rows, *, homes: int) -> Assignment:
    """
    Find the prices that prove an assignment to be the least.

    The price of a home is the most that a chain of moves starting in it would gain (Bellman and Ford's shortest
    paths). When the assignment is not the least there are none.
    """
    housed = np.flatnonzero(home_of != FREE)
    own = np.zeros(len(home_of), dtype=np.int64)
    is_own = edges.homes == home_of[edges.ranks]
    own[edges.ranks[is_own]] = edges.mismatch[is_own]
    if np.count_nonzero(is_own) != len(housed):
        raise HousedByNoAssignment(f"{len(housed)} households")
    price_of = _prices(edges, home_of, own, homes)
    holder_of = np.full(homes, FREE, dtype=np.intp)
    holder_of[home_of[housed]] = housed
    cost_of = np.zeros(len(home_of), dtype=np.int64)
    cost_of[housed] = own[housed] + price_of[home_of[housed]]
    if price_of[holder_of == FREE].any():
        raise HousedByNoAssignment("a free home has a price")
    housing = Housing(home_of=home_of, holder_of=holder_of)
    return Assignment(housing=housing, total=int(own.sum()), price_of=price_of, cost_of=cost_of)


def _prices(edges: Edges, home_of: Rows, own: Integers, homes: int) -> Integers:
    """Relax every exchange until nothing changes: price[to] ≥ price[from] + mismatch at from − mismatch at to."""
    price_of = np.zeros(homes, dtype=np.int64)
    if not edges.ranks.size:
        return price_of
    by_home = np.argsort(edges.homes, kind="stable")
    reached, starts = np.unique(edges.homes[by_home], return_index=True)
    ranks = edges.ranks[by_home]
    left, gain = home_of[ranks], own[ranks] - edges.mismatch[by_home]
    for _ in range(homes + 1):
        better = np.maximum(np.maximum.reduceat(price_of[left] + gain, starts), 0)
        if np.array_equal(better, price_of[reached]):
            return price_of
        price_of[reached] = better
    raise HousedByNoAssignment("an exchange gains for ever")


def _components(edges: Edges, pairs: Pairs) -> list[Edges]:
    """Cut the pairs into parts that share neither household nor home."""
    nodes = pairs.households + pairs.homes
    ends = (edges.ranks, pairs.households + edges.homes)
    graph = csr_array((np.ones(len(edges.ranks), dtype=np.int8), ends), shape=(nodes, nodes))
    count, labels = connected_components(graph, directed=False)
    part_of = labels[edges.ranks]
    if not part_of.size or (part_of == part_of[0]).all():
        return [edges] if part_of.size else []
    order = np.argsort(part_of, kind="stable")
    cuts = np.searchsorted(part_of[order], np.arange(1, count))
    return [edges.only(part) for part in np.split(order, cuts) if part.size]


def _solved(edges: Edges) -> tuple[Rows, Rows]:
    ranks, rows = _numbered(edges.ranks)
    homes, columns = _numbered(edges.homes)
    # The solver takes a weight of 0 for no pair: one more for everybody changes nothing.
    weights = csr_array((edges.mismatch + 1.0, (rows, columns)), shape=(len(ranks), len(homes)))
    try:
        chosen, given = min_weight_full_bipartite_matching(weights)
    except ValueError as impossible:
        raise HousedByNoAssignment(str(impossible)) from None
    return ranks[chosen], homes[given]


def _numbered(numbers: Rows) -> tuple[Rows, Rows]:
    """List the distinct numbers, ascending, and the place of each in that list."""
    distinct = np.flatnonzero(np.bincount(numbers))
    places = np.zeros(int(distinct[-1]) + 1, dtype=np.intp)
    places[distinct] = np.arange(len(distinct))
    return distinct, places[numbers]
