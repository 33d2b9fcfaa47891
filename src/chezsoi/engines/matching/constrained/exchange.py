"""Tenants who would exchange their homes: as many moves as possible by swaps of two or of three."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

MOST_CYCLES = 200_000


class TooManyCycles(ValueError):
    """There are more ways to exchange than can be weighed: take fewer wishes, or parts of the territory."""


class NoExchangeInTime(RuntimeError):
    """The time given ran out before the best exchange was proved: none is answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A tenant would move to the home of another, which is feasible for it; `mismatch` is 0 or more."""

    tenant: int
    home_of: int
    mismatch: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """
    Cycles of tenants: each takes the home of the next, the last that of the first. Nobody is in two.

    `moves` is the most possible within the length allowed, `mismatch` the least for that many moves.
    """

    cycles: tuple[tuple[int, ...], ...]
    moves: int
    mismatch: int


def exchange(wishes: Sequence[Wish], *, longest: int = 3, seconds: float = 60.0) -> Exchange:
    """
    Choose who exchanges with whom: the most moves, then the least mismatch.

    Parameters
    ----------
    wishes : sequence of Wish
        Nobody moves but to a home wished for; a wish for one's own home is passed over.
    longest : {2, 3}
        How many households may have to move together. All sign the same day, or nobody moves.
    seconds : float
        Time given to each of the two searches.

    Raises
    ------
    TooManyCycles, NoExchangeInTime

    Notes
    -----
    The cycle formulation of Abraham, Blum and Sandholm, *Clearing algorithms for barter exchange markets* (EC 2007):
    NP-hard from length three on, one variable a cycle. With no bound on length it would be an assignment. The result
    is a proposal to tenants and landlords; it binds nobody, and whoever declines keeps their home and their wishes.

    Examples
    --------
    >>> found = exchange([Wish(tenant=0, home_of=1), Wish(tenant=1, home_of=2), Wish(tenant=2, home_of=0)])
    >>> found.cycles, found.moves
    (((0, 1, 2),), 3)
    """
    mismatch = {(wish.tenant, wish.home_of): wish.mismatch for wish in wishes if wish.tenant != wish.home_of}
    cycles = cycles_of(set(mismatch), longest=longest)
    if not cycles:
        return Exchange(cycles=(), moves=0, mismatch=0)
    sizes = np.array([len(cycle) for cycle in cycles])
    costs = np.array([sum(mismatch[step] for step in steps(cycle)) for cycle in cycles])
    once = _once(cycles)
    most = _chosen(-sizes, [once], seconds)
    moves = int(sizes[most].sum())
    best = _chosen(costs, [once, LinearConstraint(sizes, moves, moves)], seconds)
    return Exchange(cycles=tuple(cycles[number] for number in best), moves=moves, mismatch=int(costs[best].sum()))


def steps(cycle: tuple[int, ...]) -> list[tuple[int, int]]:
    """List who takes whose home."""
    return list(zip(cycle, (*cycle[1:], cycle[0]), strict=True))


def cycles_of(wishes: set[tuple[int, int]], *, longest: int) -> list[tuple[int, ...]]:
    """List the cycles of two, and of three if allowed, each from its smallest tenant on."""
    wished: dict[int, list[int]] = {}
    for tenant, home_of in sorted(wishes):
        wished.setdefault(tenant, []).append(home_of)
    found: list[tuple[int, ...]] = []
    for first in sorted(wished):
        later = [other for other in wished[first] if other > first]
        found += [(first, other) for other in later if (other, first) in wishes]
        for second in later if longest >= 3 else ():
            found += [
                (first, second, third) for third in wished.get(second, []) if third > first and (third, first) in wishes
            ]
            _refuse_too_many(found)
        _refuse_too_many(found)
    return found


def _refuse_too_many(cycles: list[tuple[int, ...]]) -> None:
    if len(cycles) > MOST_CYCLES:
        raise TooManyCycles(f"There are more than {MOST_CYCLES} ways to exchange.")


def _once(cycles: list[tuple[int, ...]]) -> LinearConstraint:
    pairs = [(tenant, number) for number, cycle in enumerate(cycles) for tenant in cycle]
    rows, columns = zip(*pairs, strict=True)
    table = coo_array((np.ones(len(pairs)), (rows, columns)), shape=(max(rows) + 1, len(cycles)))
    return LinearConstraint(table.tocsr(), -np.inf, 1)


def _chosen(
    costs: np.ndarray[tuple[int], np.dtype[np.int64]], rows: list[LinearConstraint], seconds: float
) -> list[int]:
    found = milp(
        costs.astype(float),
        integrality=np.ones(len(costs)),
        bounds=Bounds(0, 1),
        constraints=rows,
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if found.status != 0:
        raise NoExchangeInTime(found.message)
    return [int(number) for number in np.flatnonzero(found.x > 0.5)]
