"""Who is left out under side constraints: proved by prices, or on the word of a solver, to be asked again."""

from __future__ import annotations

from typing import Any

import numpy as np

from chezsoi.engines.matchcheck.claim import Claim, is_a, rows
from chezsoi.engines.matchcheck.limits import Limits
from chezsoi.engines.matchcheck.prices import Paid, Prices, cost_of
from chezsoi.engines.matchcheck.problem import Household, Integers, Problem
from chezsoi.engines.matchcheck.rejections import reject_unless

PROOF = {"household": int, "proof": int}


def check_left_out(problem: Problem, limits: Limits, claim: Claim, lists: Prices, paid: Paid) -> list[Household]:
    """Check why each household is left out, and what it is told; list those for whom there is only a solver's word."""
    who, home_of = claim.certificate["who"], paid.home_of
    proof_of = {row["household"]: row["proof"] for row in rows(who["proof_of"], PROOF, "proof_of")}
    for name in ("by_search", "undecided"):
        is_list = isinstance(who[name], list) and all(is_a(one, int) for one in who[name])
        reject_unless(is_list, f"{name} is not a list of households.")
    reject_unless(who["is_exact"] is (not who["undecided"]), "The certificate is wrong on whether the set is exact.")
    on_trust, rooms = {*who["by_search"], *who["undecided"]}, _rooms(limits, lists, paid)
    answers = {row["household"]: row for row in claim.not_proposed}
    to_ask: list[Household] = []
    for one in problem.households:
        if one.id in home_of:
            continue
        has_pair = bool(paid.has_pair[one.rank])
        _check_told(problem, one, answers[one.id], has_pair=has_pair, home_of=home_of)
        if has_pair and one.id in proof_of:
            _check_proof(one, proof_of[one.id], paid, rooms)
        elif has_pair:
            reject_unless(one.id in on_trust, f"Nothing says why household {one.id} is left out.")
            _check_no_swap(problem, limits, one, home_of)
            to_ask.append(one)
    return to_ask


def _rooms(limits: Limits, lists: Prices, paid: Paid) -> Integers:
    """
    Compute what is left to pay by a household of each rank: one row a list of prices.

    Those kept before it pay their least; those after it and itself may be paid by the floors.
    """
    kept = np.where(paid.is_kept & paid.has_pair, paid.least, 0)
    before = np.cumsum(kept, axis=1) - kept
    later = np.where(paid.has_pair, np.minimum(paid.least, 0), 0)
    after = later.sum(axis=1)[:, None] - (np.cumsum(later, axis=1) - later)
    rooms: Integers = cost_of(limits, lists)[:, None] - before - after
    return rooms


def _check_proof(one: Household, proof: int, paid: Paid, rooms: Integers) -> None:
    reject_unless(0 <= proof < len(rooms) - 1, f"The proof for household {one.id} is not there.")
    is_out = max(int(paid.least[proof, one.rank]), 0) > int(rooms[proof, one.rank])
    reject_unless(is_out, f"The prices do not prove that household {one.id} must be left out.")


def _check_no_swap(problem: Problem, limits: Limits, one: Household, home_of: dict[int, int]) -> None:
    """Reject the result if the household could take a free home, or that of somebody ranked after it."""
    holder = {home: household for household, home in home_of.items()}
    by_id = {each.id: each for each in problem.households}
    counts = _Counts(problem, limits, [(by_id[household], home) for household, home in home_of.items()])
    for home in np.flatnonzero(problem.suits(one).pair).tolist():
        before = by_id[holder[home]] if home in holder else None
        if before is None or before.rank > one.rank:
            reject_unless(not counts.allow(one, before, home), f"Household {one.id} could be housed and is left out.")


class _Counts:
    def __init__(self, problem: Problem, limits: Limits, pairs: list[tuple[Household, int]]) -> None:
        self.problem, self.limits = problem, limits
        self.used, self.housed = [0] * (len(limits.caseloads) + 1), [0] * (len(limits.floors) + 1)
        for one, home in pairs:
            self.used[self._caseload(one, home)] += 1
            self.housed[limits.floor_of(one)] += 1

    def _caseload(self, one: Household, home: int) -> int:
        return int(self.limits.caseload_of(self.problem, one)[home])

    def allow(self, one: Household, instead_of: Household | None, home: int) -> bool:
        used, housed = list(self.used), list(self.housed)
        used[self._caseload(one, home)] += 1
        housed[self.limits.floor_of(one)] += 1
        if instead_of is not None:
            used[self._caseload(instead_of, home)] -= 1
            housed[self.limits.floor_of(instead_of)] -= 1
        return all(count <= line[2] for count, line in zip(used, self.limits.caseloads, strict=False)) and all(
            count >= line[1] for count, line in zip(housed, self.limits.floors, strict=False)
        )


def _check_told(
    problem: Problem, one: Household, said: dict[str, Any], *, has_pair: bool, home_of: dict[int, int]
) -> None:
    reason = "outranked" if has_pair else "no_feasible_dwelling"
    reject_unless(said["reason"] == reason, f"The reason for household {one.id} is {reason}.")
    named = said["threshold_household"]
    ranks = {each.id: each.rank for each in problem.households if each.id in home_of}
    is_before = named is None or (has_pair and ranks.get(named, one.rank) < one.rank)
    reject_unless(is_before, f"The threshold of household {one.id} is not housed before it.")
    changes = said["relaxations"]
    for change in changes:
        reject_unless(_opens(problem, one, change), f"A relaxation of household {one.id} opens no such dwelling.")
    order = [(change["field"], change["dwelling"]) for change in changes]
    reject_unless(order == sorted(order), f"The relaxations of household {one.id} are not in order.")


def _opens(problem: Problem, one: Household, change: dict[str, Any]) -> bool:
    """Tell whether one allowed change of one wish opens a home that was closed."""
    field, before, after = change["field"], change["from"], change["to"]
    now = {"zones": one.wishes, "typ_min": one.typ_min, "typ_max": one.typ_max, "max_rent": one.max_rent}
    if field not in now or before != now[field] or type(after) is not type(before):
        return False
    steps = {"typ_min": one.typ_min - 1, "typ_max": one.typ_max + 1}
    if field in steps and after != steps[field]:
        return False
    homes = np.flatnonzero(problem.homes["id"] == change["dwelling"])
    if not homes.size:
        return False
    suits, home = problem.suits(one), int(homes[0])
    rooms, rent = int(problem.homes["typ"][home]), int(problem.homes["rent"][home])
    opened = {
        "zones": not suits.zone[home] and after == "|".join(map(str, (*one.zones, problem.homes["zone"][home]))),
        "typ_min": rooms == after and rooms <= one.typ_max,
        "typ_max": rooms == after and rooms >= one.typ_min,
        "max_rent": not suits.rent[home] and after == max(rent, 1),
    }
    others = {"zones": suits.zone, "typ_min": suits.rooms, "typ_max": suits.rooms, "max_rent": suits.rent}
    kept = [flags[home] for name, flags in others.items() if name != field and {name, field} != {"typ_min", "typ_max"}]
    return bool(opened[field] and suits.needs[home] and all(kept))
