"""
Check a result of `chezsoi match-exchange` from its two files alone, knowing nothing of the engine that wrote it.

Cycles are listed again. That no other choice moves more, or as many with less mismatch, is proved by prices found
here: whole numbers, one a tenant, such that no cycle is worth more than the prices of its tenants. Where no prices
prove it (the problem is NP-hard, and some instances have none), it is asked of a solver again, and said apart.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array

from chezsoi.engines.matchcheck.claim import is_a, rows
from chezsoi.engines.matchcheck.problem import (
    HOUSEHOLD_NUMBERS,
    Booleans,
    Integers,
    Problem,
    households_in,
    lines_of,
    read_homes,
    reject_twice,
)
from chezsoi.engines.matchcheck.rejections import ResultRejected, reject_unless

KEYS = {
    *("longest", "wishes", "cycles", "moves", "total_mismatch", "not_moved", "dwellings_without_tenant", "seconds"),
}
MOVE = {"tenant": int, "dwelling": int, "mismatch": int}
STAY = {"tenant": int, "reason": str}
MOST_CYCLES = 200_000
SECONDS = 60.0

Cycle = tuple[int, ...]
Wishes = dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """Tenants (by their line, from 0): who would move to whose home at which mismatch, and every cycle of that."""

    tenants: tuple[int, ...]
    homes: tuple[int, ...]
    without_tenant: list[int]
    wishes: Wishes
    cycles: list[Cycle]

    def cost(self, cycle: Cycle) -> int:
        """Add the mismatches of a cycle."""
        return sum(self.wishes[step] for step in steps(cycle))


def check_exchange(tenants: bytes, dwellings: bytes, result: bytes) -> str:
    """
    Check who exchanges with whom.

    Parameters
    ----------
    tenants, dwellings, result : bytes
        The content of the three files.

    Returns
    -------
    str
        What says that no choice is better: `prices` (added up here, in whole numbers), `search` (a solver, asked
        again), or `nothing`, when the search was not over in its time.

    Raises
    ------
    ResultRejected
        With the first reason found.
    """
    said = _read_claim(result)
    asked = _read_files(tenants, dwellings, longest=said["longest"])
    found = len(asked.wishes)
    reject_unless(found == said["wishes"], f"There are {found} wishes, not {said['wishes']}.")
    reject_unless(
        said["dwellings_without_tenant"] == asked.without_tenant, "The dwellings without a tenant are not those listed."
    )
    moving = _check_cycles(asked, said)
    _check_stays(asked, said, moving)
    if _prices_prove(asked, said["moves"], said["total_mismatch"]):
        return "prices"
    return _search_again(asked, said["moves"], said["total_mismatch"])


def check_moves(wishes: Wishes, cycles: Sequence[Cycle], *, moves: int, mismatch: int, longest: int) -> str:
    """
    Check cycles chosen among wishes already told: each step is wished, nobody moves twice, no choice is better.

    Parameters
    ----------
    wishes : dict of (tenant, tenant whose home it would take) to mismatch
        Tenants by number, from 0.
    cycles : sequence of tuple of int
        Each takes the home of the next, the last that of the first.
    moves, mismatch : int
        The sums claimed.
    longest : {2, 3}
        How many may have to move together.

    Returns
    -------
    str
        As `check_exchange`.

    Raises
    ------
    ResultRejected
        With the first reason found.

    Examples
    --------
    >>> check_moves({(0, 1): 2, (1, 0): 0}, [(0, 1)], moves=2, mismatch=2, longest=3)
    'prices'
    >>> check_moves({(0, 1): 2, (1, 0): 0}, [], moves=0, mismatch=0, longest=3)
    Traceback (most recent call last):
    chezsoi.engines.matchcheck.rejections.ResultRejected: 2 tenants could move, not 0.
    """
    tenants = range(1 + max((one for step in wishes for one in step), default=-1))
    asked = Asked(
        tenants=tuple(tenants), homes=tuple(tenants), without_tenant=[], wishes=wishes, cycles=_cycles(wishes, longest)
    )
    moving = [one for cycle in cycles for one in cycle]
    for cycle in cycles:
        reject_unless(2 <= len(cycle) <= longest, f"A cycle has {len(cycle)} tenants.")
        for one, other in steps(cycle):
            reject_unless((one, other) in wishes, f"Tenant {one} does not wish for the home of {other}.")
    reject_twice(moving, "A tenant moves twice.")
    reject_unless(len(moving) == moves, f"{len(moving)} tenants move, not {moves}.")
    total = sum(asked.cost(cycle) for cycle in cycles)
    reject_unless(total == mismatch, f"The mismatches add up to {total}, not {mismatch}.")
    if _prices_prove(asked, moves, mismatch):
        return "prices"
    return _search_again(asked, moves, mismatch)


def steps(cycle: Cycle) -> list[tuple[int, int]]:
    """List who takes whose home."""
    return [(one, cycle[(place + 1) % len(cycle)]) for place, one in enumerate(cycle)]


def _read_claim(content: bytes) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(content)
    except (ValueError, RecursionError):
        raise ResultRejected("The result is not a JSON file.") from None
    reject_unless(isinstance(said, dict) and said.keys() == KEYS, "The result is not of chezsoi match-exchange.")
    for key in ("longest", "wishes", "moves", "total_mismatch"):
        reject_unless(is_a(said[key], int), f"{key} is not a whole number.")
    reject_unless(said["longest"] in {2, 3}, "longest is neither 2 nor 3.")
    reject_unless(isinstance(said["cycles"], list), "cycles is not a list.")
    for cycle in said["cycles"]:
        moves = rows(cycle, MOVE, "cycles")
        reject_unless(2 <= len(moves) <= said["longest"], f"A cycle has {len(moves)} tenants.")
    rows(said["not_moved"], STAY, "not_moved")
    return said


def _read_files(tenants: bytes, dwellings: bytes, *, longest: int) -> Asked:
    lines = lines_of(tenants, "tenants", (*HOUSEHOLD_NUMBERS, "dwelling"), ("group", "zones"))
    reject_twice((line["id"] for line in lines), "The file of tenants has an id twice.")
    lived_in = tuple(line["dwelling"] for line in lines)
    reject_twice(lived_in, "The file of tenants has two tenants in one dwelling.")
    homes = read_homes(dwellings)
    every = homes["id"].tolist()
    missing = sorted(set(lived_in) - set(every))
    reject_unless(not missing, f"The file of dwellings lacks dwelling {missing[0] if missing else None}.")
    wishes = _wishes(Problem(households=households_in(lines), homes=homes), lived_in)
    return Asked(
        tenants=tuple(line["id"] for line in lines),
        homes=lived_in,
        without_tenant=[home for home in every if home not in set(lived_in)],
        wishes=wishes,
        cycles=_cycles(wishes, longest),
    )


def _wishes(problem: Problem, lived_in: tuple[int, ...]) -> Wishes:
    """A home is wished for when it suits, better than the home lived in, if that one suits at all."""
    place = {home: number for number, home in enumerate(problem.homes["id"].tolist())}
    found: Wishes = {}
    own = np.array([place[home] for home in lived_in], dtype=np.intp)
    for number, one in enumerate(problem.households):
        suits: Booleans = problem.suits(one).pair
        mismatch: Integers = problem.mismatch(one)
        better = suits[own] & ((mismatch[own] < mismatch[own[number]]) | ~suits[own[number]])
        better[number] = False
        found |= {(number, int(other)): int(mismatch[own[other]]) for other in np.flatnonzero(better)}
    return found


def _cycles(wishes: Wishes, longest: int) -> list[Cycle]:
    """List every cycle once, its first tenant the smallest."""
    to: dict[int, set[int]] = {}
    of: dict[int, set[int]] = {}
    for one, other in wishes:
        to.setdefault(one, set()).add(other)
        of.setdefault(other, set()).add(one)
    found: list[Cycle] = []
    for first in sorted(to):
        for second in sorted(each for each in to[first] if each > first):
            if second in of.get(first, ()):
                found.append((first, second))
            if longest == 3:
                thirds = to.get(second, set()) & of.get(first, set())
                found += [(first, second, third) for third in sorted(thirds) if third > first]
            reject_unless(len(found) <= MOST_CYCLES, f"There are more than {MOST_CYCLES} ways to exchange.")
    return found


def _check_cycles(asked: Asked, said: dict[str, Any]) -> set[int]:
    """Check that each takes the home of the next at the mismatch said, nobody twice, and the sums."""
    number = {tenant: place for place, tenant in enumerate(asked.tenants)}
    moving: list[int] = []
    for cycle in said["cycles"]:
        for move, after in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
            one, other = number.get(move["tenant"]), number.get(after["tenant"])
            reject_unless(one is not None, f"There is no tenant {move['tenant']}.")
            is_next = other is not None and asked.homes[other] == move["dwelling"]
            reject_unless(is_next, f"Tenant {move['tenant']} does not take the home of the next of its cycle.")
            cost = asked.wishes.get((one or 0, other or 0))
            reject_unless(cost is not None, f"Tenant {move['tenant']} does not wish for {move['dwelling']}.")
            reject_unless(cost == move["mismatch"], f"The mismatch of tenant {move['tenant']} is {cost}.")
            moving.append(one or 0)
    reject_twice(moving, "A tenant moves twice.")
    reject_unless(len(moving) == said["moves"], f"{len(moving)} tenants move, not {said['moves']}.")
    total = sum(move["mismatch"] for cycle in said["cycles"] for move in cycle)
    reject_unless(total == said["total_mismatch"], f"The mismatches add up to {total}, not {said['total_mismatch']}.")
    return set(moving)


def _check_stays(asked: Asked, said: dict[str, Any], moving: set[int]) -> None:
    """Check that every other tenant is told why it stays, once and truly."""
    told = {row["tenant"]: row["reason"] for row in said["not_moved"]}
    staying = {asked.tenants[number] for number in range(len(asked.tenants)) if number not in moving}
    is_whole = len(told) == len(said["not_moved"]) and told.keys() == staying
    reject_unless(is_whole, "Those who stay are not each told why, once.")
    wishing, wished = {one for one, _ in asked.wishes}, {other for _, other in asked.wishes}
    in_cycles = {one for cycle in asked.cycles for one in cycle}
    for number in set(range(len(asked.tenants))) - moving:
        reason = "other_cycles" if number in in_cycles else "no_cycle"
        if number not in wished:
            reason = "home_not_wished"
        if number not in wishing:
            reason = "no_home_wished"
        one = asked.tenants[number]
        reject_unless(told[one] == reason, f"Tenant {one} stays for {reason}, not {told[one][:40]}.")


def _prices_prove(asked: Asked, moves: int, mismatch: int) -> bool:
    """
    Prove the claim by addition: when no cycle is worth more than its tenants' prices, no choice is worth more than all.

    A cycle is worth `unit` a move less its mismatch, `unit` above any total: moves first. Prices are the linear
    relaxation's, in parts of one, rounded up and mended in whole numbers; rounding alone cannot reach one.
    """
    if not asked.cycles:
        return moves == 0
    unit = 1 + max(asked.wishes.values()) * len(asked.tenants)
    worth = [unit * len(cycle) - asked.cost(cycle) for cycle in asked.cycles]
    found = linprog(
        -np.array(worth, dtype=float),
        A_ub=_incidence(asked),
        b_ub=np.ones(len(asked.tenants)),
        method="highs",
        options={"time_limit": SECONDS},
    )
    if found.status != 0:
        return False
    parts = 4 * len(asked.tenants)
    prices = [max(0, int(np.ceil(parts * price - 0.5))) for price in -found.ineqlin.marginals]
    for cycle, value in zip(asked.cycles, worth, strict=True):
        prices[cycle[0]] += max(0, parts * value - sum(prices[one] for one in cycle))
    return sum(prices) // parts == unit * moves - mismatch


def _search_again(asked: Asked, moves: int, mismatch: int) -> str:
    sizes = np.array([len(cycle) for cycle in asked.cycles])
    costs = np.array([asked.cost(cycle) for cycle in asked.cycles])
    once = LinearConstraint(_incidence(asked), -np.inf, 1)
    most = _chosen(-sizes, [once])
    if most is None:
        return "nothing"
    possible = int(sizes[most].sum())
    reject_unless(possible <= moves, f"{possible} tenants could move, not {moves}.")
    least = _chosen(costs, [once, LinearConstraint(sizes, moves, moves)])
    if least is None:
        return "nothing"
    total = int(costs[least].sum())
    reject_unless(total >= mismatch, f"As many could move with a mismatch of {total}, not {mismatch}.")
    return "search"


def _incidence(asked: Asked) -> csr_array:
    pairs = [(one, number) for number, cycle in enumerate(asked.cycles) for one in cycle]
    which, columns = zip(*pairs, strict=True)
    shape = (len(asked.tenants), len(asked.cycles))
    return coo_array((np.ones(len(pairs)), (which, columns)), shape=shape).tocsr()


def _chosen(costs: Integers, rules: Sequence[LinearConstraint]) -> Integers | None:
    """Give the cycles of a best choice, none when the time is over."""
    found = milp(
        costs.astype(float),
        integrality=np.ones(len(costs)),
        bounds=Bounds(0, 1),
        constraints=list(rules),
        options={"time_limit": SECONDS, "mip_rel_gap": 0.0},
    )
    return np.flatnonzero(found.x > 0.5) if found.status == 0 else None
