"""
The certificate: bars prove that the set is the best, prices that the assignment is the least.

Bars. Say that a home leads to those its holder could take. A household enters the set exactly if one of its homes
leads, step by step, to a free home or to a household ranked behind it. The certificate names for each home the worst
household so reached; it is right if it is reached along `towards`, and if no home has one better than its own holder,
nor than a home it leads to.

Prices. With prices from 0 up, 0 on free homes, whoever has the home of least mismatch + price has the home of an
assignment of least total mismatch (linear programming duality).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from chezsoi.engines.matchcheck.claim import Claim, rows
from chezsoi.engines.matchcheck.problem import Booleans, Household, Integers, Problem
from chezsoi.engines.matchcheck.rejections import reject_unless

KIND = "exchanges_and_prices"
DWELLING = {"dwelling": int, "worst_reachable": (int, type(None)), "towards": (int, type(None)), "price": int}
HOUSEHOLD = {"household": int, "cost": int}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Proof:
    """The certificate in numbers: `bars` are ranks, that of nobody being behind everyone; `towards` is -1 at an end."""

    home_of: dict[int, int]
    cost_of: dict[int, int]
    bars: Integers
    towards: list[int]
    prices: Integers

    def check_holder(self, one: Household, feasible: Booleans, mismatch: Integers) -> None:
        """Check what a household proposed a home says of that home."""
        home, cost = self.home_of[one.id], self.cost_of[one.id]
        onward = self.towards[home]
        reject_unless(onward < 0 or feasible[onward], f"Household {one.id} could not move on as the certificate says.")
        reject_unless(
            self.bars[home] >= one.rank, f"Household {one.id} is itself worse than the one named at its dwelling."
        )
        behind = feasible & (self.bars > self.bars[home])
        reject_unless(not behind.any(), f"From the dwelling of household {one.id} a worse one is reached.")
        costs = mismatch + self.prices
        reject_unless(costs[home] == cost, f"The cost of household {one.id} is not that of its dwelling.")
        reject_unless((costs[feasible] >= cost).all(), f"The total is not the least: household {one.id} could move.")


def read_proof(problem: Problem, claim: Claim, home_of: dict[int, int]) -> Proof:
    """Read the certificate, and check what needs no pair: everyone is in it, ends are ends, free homes cost nothing."""
    said = claim.certificate
    reject_unless(said.keys() == {"kind", "dwellings", "households"}, "The certificate is missing or malformed.")
    reject_unless(said["kind"] == KIND, "The certificate is of an unknown kind.")
    dwellings, households = (
        rows(said["dwellings"], DWELLING, "certificate"),
        rows(said["households"], HOUSEHOLD, "cost"),
    )
    by_id = {row["dwelling"]: row for row in dwellings}
    ids = problem.homes["id"].tolist()
    reject_unless(len(dwellings) == len(by_id) and by_id.keys() == set(ids), "The certificate leaves a dwelling out.")
    cost_of = {row["household"]: row["cost"] for row in households}
    is_whole = len(households) == len(cost_of) and cost_of.keys() == home_of.keys()
    reject_unless(is_whole, "The certificate leaves a household out.")
    in_order = [by_id[dwelling] for dwelling in ids]
    proof = Proof(
        home_of=home_of,
        cost_of=cost_of,
        bars=_bars(problem, in_order),
        towards=_towards(ids, in_order),
        prices=np.array([row["price"] for row in in_order], dtype=np.int64),
    )
    _check_ends(problem, proof)
    _check_steps(proof)
    return proof


def _bars(problem: Problem, in_order: list[dict[str, Any]]) -> Integers:
    ranks: dict[int | None, int] = {one.id: one.rank for one in problem.households}
    ranks[None] = len(ranks)
    named = [row["worst_reachable"] for row in in_order]
    reject_unless(all(one in ranks for one in named), "The certificate names a household that is not in the file.")
    return np.array([ranks[one] for one in named], dtype=np.int64)


def _towards(ids: list[int], in_order: list[dict[str, Any]]) -> list[int]:
    numbers: dict[int | None, int] = {dwelling: number for number, dwelling in enumerate(ids)}
    numbers[None] = -1
    named = [row["towards"] for row in in_order]
    reject_unless(all(one in numbers for one in named), "The certificate names a dwelling that is not in the file.")
    return [numbers[one] for one in named]


def _check_ends(problem: Problem, proof: Proof) -> None:
    """A free home costs nothing and leads nowhere; a path ends in a free home or with the holder that is named."""
    ends = np.full(len(proof.bars), len(problem.households), dtype=np.int64)
    is_free = np.ones(len(ends), dtype=bool)
    for one in problem.households:
        if one.id in proof.home_of:
            ends[proof.home_of[one.id]], is_free[proof.home_of[one.id]] = one.rank, False
    is_end = np.array(proof.towards) < 0
    reject_unless((proof.prices >= 0).all(), "A dwelling has a price below 0.")
    reject_unless(not proof.prices[is_free].any(), "A free dwelling has a price.")
    reject_unless(is_end[is_free].all(), "A free dwelling leads somewhere.")
    reject_unless((proof.bars == ends)[is_end].all(), "A path of the certificate ends with another household.")


def _check_steps(proof: Proof) -> None:
    """Follow every path to its end: the bar stays the same, and no path turns in a circle."""
    done = [onward < 0 for onward in proof.towards]
    for start in range(len(done)):
        path: list[int] = []
        home = start
        while not done[home]:
            reject_unless(len(path) <= len(done), "A path of the certificate turns in a circle.")
            onward = proof.towards[home]
            reject_unless(proof.bars[onward] == proof.bars[home], "A path of the certificate changes its household.")
            path.append(home)
            home = onward
        for home in path:
            done[home] = True
