"""
Check a result under side constraints: every constraint, every sum, and all that whole prices prove.

Prices. Let homes, caseloads and floors have prices from 0 up. In whatever choice, each household housed pays at least
its cheapest pair (price of the home and of the caseload, less what its floor pays); together they cannot pay more than
all homes and capacities cost, less what the floors require. So a household stays out if those kept before it leave less
than it must pay; and no choice of the same set has a mismatch under what these pay at least, mismatch included.
What rests on the word of a solver is counted and reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chezsoi.engines.matchcheck.checking import check_proposals
from chezsoi.engines.matchcheck.claim import Claim, is_a, read_claim, rows
from chezsoi.engines.matchcheck.left_out import check_left_out
from chezsoi.engines.matchcheck.limits import Limits, read_limits, used_and_housed
from chezsoi.engines.matchcheck.prices import Paid, Prices, cost_of, read_prices, what_is_paid
from chezsoi.engines.matchcheck.problem import read_problem
from chezsoi.engines.matchcheck.rejections import reject_unless

KIND = "side_constraints"
KEYS = {
    *("kind", "scale", "constraints", "who", "which_home", "price_of_floors", "most_housed", "not_explained"),
}
WHO = {"is_exact", "proofs", "proof_of", "by_search", "undecided"}
WHICH = {"bound": int, "gap": int, "bound_by": str, "prices": dict}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A valid result: least mismatch proved, gap, and how many households rest on the solver, or are undecided."""

    bound: int
    gap: int
    bound_by: str
    by_search: int
    undecided: int


def check_under_constraints(
    households: bytes, dwellings: bytes, result: bytes, *, support_capacity: bytes | None, group_floor: bytes | None
) -> Report:
    """
    Check a result of `chezsoi match` with side constraints.

    Raises
    ------
    ResultRejected
        With the first reason found.

    Returns
    -------
    Report
        What is proved, and what rests on the solver alone.
    """
    problem, limits = read_problem(households, dwellings), read_limits(support_capacity, group_floor)
    claim = read_claim(result)
    home_of = check_proposals(problem, claim)
    used, housed = used_and_housed(problem, limits, home_of)
    said = claim.certificate
    reject_unless(said.keys() == KEYS and said["kind"] == KIND, "The certificate is missing or of another kind.")
    reject_unless(said["constraints"] == _constraints(limits, used, housed), "The constraints stated are not those.")
    who, which = said["who"], said["which_home"]
    reject_unless(isinstance(who, dict) and who.keys() == WHO, "The certificate does not say who was left out and why.")
    rows([which], WHICH, "which_home")
    scale = said["scale"]
    reject_unless(is_a(scale, int) and scale > 0, "The scale of the prices is not a number above 0.")
    lists = read_prices(problem, limits, [*who["proofs"], which["prices"]])
    paid = what_is_paid(problem, limits, lists, home_of, scale)
    _check_total(claim, limits, lists, paid, scale)
    check_left_out(problem, limits, claim, lists, paid)
    return Report(
        bound=which["bound"],
        gap=which["gap"],
        bound_by=which["bound_by"],
        by_search=len(who["by_search"]),
        undecided=len(who["undecided"]),
    )


def _constraints(limits: Limits, used: list[int], housed: list[int]) -> dict[str, Any]:
    return {
        "caseloads": [
            {"sector": line[0], "intensity": line[1], "capacity": line[2], "used": count}
            for line, count in zip(limits.caseloads, used, strict=True)
        ],
        "floors": [
            {"group": line[0], "minimum": line[1], "housed": count}
            for line, count in zip(limits.floors, housed, strict=True)
        ],
    }


def _check_total(claim: Claim, limits: Limits, lists: Prices, paid: Paid, scale: int) -> None:
    which, total = claim.certificate["which_home"], claim.total_mismatch
    reject_unless(paid.pairs == claim.feasible_pairs, f"There are {paid.pairs} feasible pairs.")
    reject_unless(not lists.floors[-1].any(), "The prices of the total pay for floors.")
    proved = -((int(cost_of(limits, lists)[-1]) - int(paid.least[-1][paid.is_kept].sum())) // scale)
    bound, gap = which["bound"], which["gap"]
    reject_unless(which["bound_by"] in {"prices", "search"}, "The bound is by nothing known.")
    is_bound = bound == proved if which["bound_by"] == "prices" else proved <= bound <= total
    reject_unless(is_bound, f"Prices prove a least mismatch of {proved}, not {bound}.")
    reject_unless(gap == total - bound, f"The gap is {total - bound}, not {gap}.")
