"""A liar who writes a whole proof: one household is taken out of the file, and who holds its place is hidden."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np

from chezsoi.engines.matchcheck.explanations import relaxations
from chezsoi.engines.matchcheck.problem import read_problem
from tests.engines.matching.assignment import brute
from tests.engines.matching.assignment.instances import files

Said = dict[str, Any]
Rows = tuple[list[dict[str, Any]], list[dict[str, Any]]]
NOBODY = 10**6


def leaving_out(household: int, rows: Rows, result_of: Callable[[Rows], Said]) -> Said | None:
    """
    Leave out a household proposed, every word of the result agreeing with the rest; nothing where that cannot be.

    The others are solved truly, so that prices and sums are right. Then no home is said to lead to a holder whom the
    household outranks, only to the worst of the other holders.
    """
    people, homes = brute.published_order(rows[0]), {row["id"]: row for row in rows[1]}
    rank_of = {row["id"]: rank for rank, row in enumerate(people)}
    said = result_of(([row for row in rows[0] if row["id"] != household], rows[1]))
    holder = {row["dwelling"]: people[rank_of[row["household"]]] for row in said["proposed"]}
    leads = {home: [to for to in homes if brute.feasible(holder[home], homes[to])] for home in holder}
    its_own = [home for home in homes if brute.feasible(people[rank_of[household]], homes[home])]
    ends = {home: rank_of[holder[home]["id"]] if home in holder else NOBODY for home in homes}
    hidden = {home for home in _reached(its_own, leads) if ends[home] > rank_of[household]}
    if any(home not in holder for home in hidden):
        return None
    worst = _worst({home: rank for home, rank in ends.items() if home not in hidden}, leads)
    if worst.keys() != homes.keys():
        return None
    for row in said["certificate"]["dwellings"]:
        rank, row["towards"] = worst[row["dwelling"]]
        row["worst_reachable"] = None if rank == NOBODY else people[rank]["id"]
    _answer_all(said, rows, {home: rank for home, (rank, _) in worst.items()})
    return json.loads(json.dumps(said))


def _reached(start: list[int], leads: dict[int, list[int]]) -> set[int]:
    reached = list(start)
    for home in reached:
        reached += [to for to in leads.get(home, ()) if to not in reached]
    return set(reached)


def _worst(ends: dict[int, int], leads: dict[int, list[int]]) -> dict[int, tuple[int, int | None]]:
    """Find the worst end that each home leads to, and the next step towards it."""
    found: dict[int, tuple[int, int | None]] = {}
    for end, rank in sorted(ends.items(), key=lambda each: -each[1]):
        if end in found:
            continue
        found[end] = rank, None
        queue = [end]
        for home in queue:
            fresh = [one for one, to in leads.items() if home in to and one not in found]
            found |= dict.fromkeys(fresh, (rank, home))
            queue += fresh
    return found


def _answer_all(said: Said, rows: Rows, worst: dict[int, int]) -> None:
    """Count the pairs of everybody, and tell all those left out what follows from these worst ends."""
    problem = read_problem(*files(rows))
    bars = np.array([worst[home] for home in problem.homes["id"].tolist()])
    proposed = {row["household"] for row in said["proposed"]}
    said["not_proposed"], said["feasible_pairs"] = [], 0
    for one in problem.households:
        suits = problem.suits(one)
        said["feasible_pairs"] += int(suits.pair.sum())
        if one.id in proposed:
            continue
        threshold = int(bars[suits.pair].max(initial=-1))
        said["not_proposed"].append(
            {
                "household": one.id,
                "reason": "no_feasible_dwelling" if threshold < 0 else "outranked",
                "threshold_household": problem.households[threshold].id if 0 <= threshold < NOBODY else None,
                "relaxations": relaxations(problem, one, suits, bars > one.rank),
            }
        )
