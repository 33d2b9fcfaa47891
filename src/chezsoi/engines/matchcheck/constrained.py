"""
Check a result under side constraints: every constraint, every sum, and all that whole prices prove.

Prices. Let homes, caseloads and floors have prices from 0 up. In whatever choice, each household housed pays at least
its cheapest pair (price of the home and of the caseload, less what its floor pays); together they cannot pay more than
all homes and capacities cost, less what the floors require. So a household stays out if those kept before it leave less
than it must pay; and no choice of the same set has a mismatch under what these pay at least, mismatch included.
What rests on the word of a solver is asked again (`trust`, `alternatives`, `told`), never believed; what a search does
not answer in its time is reported.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from chezsoi.engines.matchcheck.alternatives import check_most_housed, check_price
from chezsoi.engines.matchcheck.checking import check_proposals
from chezsoi.engines.matchcheck.claim import Claim, is_a, read_claim, rows
from chezsoi.engines.matchcheck.left_out import check_left_out
from chezsoi.engines.matchcheck.limits import Limits, read_limits, used_and_housed
from chezsoi.engines.matchcheck.prices import Paid, Prices, cost_of, read_prices, what_is_paid
from chezsoi.engines.matchcheck.problem import Household, Problem, read_problem
from chezsoi.engines.matchcheck.rejections import reject_unless
from chezsoi.engines.matchcheck.searches import LONGEST, Allowance, searches_of
from chezsoi.engines.matchcheck.told import Told, is_unexplained
from chezsoi.engines.matchcheck.trust import ask_total, ask_who

KIND = "side_constraints"
KEYS = {
    *("kind", "scale", "constraints", "who", "which_home", "price_of_floors", "most_housed", "not_explained"),
}
WHO = {"is_exact", "proofs", "proof_of", "by_search", "undecided"}
WHICH = {"bound": int, "gap": int, "bound_by": str, "prices": dict}


# Columns that the searches behind one of the explanations, the price and the alternative may go through.
ALLOWED = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    What is found right, and what is not.

    The least mismatch and what says so (`prices` prove it; a `search` was made again), the gap, how many are left out
    on the word of a solver, asked again (`by_search`), or were `undecided` by it; how many have no explanation; and
    what the searches did not verify in time.
    """

    bound: int
    gap: int
    bound_by: str
    by_search: int
    undecided: int
    unexplained: int
    not_verified: tuple[str, ...]


def check_under_constraints(
    households: bytes,
    dwellings: bytes,
    result: bytes,
    *,
    support_capacity: bytes | None,
    group_floor: bytes | None,
    seconds: float = LONGEST,
    allowed: int = ALLOWED,
) -> Report:
    """
    Check a result of `chezsoi match` with side constraints.

    Parameters
    ----------
    households, dwellings, result : bytes
        The content of the three files.
    support_capacity, group_floor : bytes or None
        The content of the files of limits.
    seconds : float
        Time given to each search.
    allowed : int
        Pairs that the searches about explanations may go through, and as many about each other rule.

    Raises
    ------
    ResultRejected
        With the first reason found.

    Returns
    -------
    Report
        What is proved, what was searched again, and what was not verified.
    """
    problem, limits = read_problem(households, dwellings), read_limits(support_capacity, group_floor)
    claim = read_claim(result)
    home_of = check_proposals(problem, claim)
    used, housed = used_and_housed(problem, limits, home_of)
    lists, scale = _read_certificate(problem, limits, claim, used, housed)
    paid = what_is_paid(problem, limits, lists, home_of, scale)
    _check_total(claim, limits, lists, paid, scale)
    to_ask = check_left_out(problem, limits, claim, lists, paid)
    is_unsaid = is_unexplained(problem, claim, paid)
    return _asked_again(problem, limits, claim, paid, to_ask, is_unsaid=is_unsaid, seconds=seconds, allowed=allowed)


def _read_certificate(
    problem: Problem, limits: Limits, claim: Claim, used: list[int], housed: list[int]
) -> tuple[Prices, int]:
    said = claim.certificate
    reject_unless(said.keys() == KEYS and said["kind"] == KIND, "The certificate is missing or of another kind.")
    reject_unless(said["constraints"] == _constraints(limits, used, housed), "The constraints stated are not those.")
    who, which, scale = said["who"], said["which_home"], said["scale"]
    reject_unless(isinstance(who, dict) and who.keys() == WHO, "The certificate does not say who was left out and why.")
    rows([which], WHICH, "which_home")
    reject_unless(is_a(scale, int) and scale > 0, "The scale of the prices is not a number above 0.")
    reject_unless(isinstance(who["proofs"], list), "The proofs are not a list.")
    return read_prices(problem, limits, [*who["proofs"], which["prices"]]), scale


def _asked_again(
    problem: Problem,
    limits: Limits,
    claim: Claim,
    paid: Paid,
    to_ask: list[Household],
    *,
    is_unsaid: bool,
    seconds: float,
    allowed: int,
) -> Report:
    """Make the searches, those on which the result itself rests first."""
    searches, which = replace(searches_of(problem, limits), seconds=seconds), claim.certificate["which_home"]
    not_verified = []
    if left_open := ask_who(searches, paid, to_ask):
        not_verified.append(_households(left_open))
    if which["bound_by"] == "search" and not ask_total(searches.without_floors(), claim, paid):
        not_verified.append("the total")
    if not check_price(searches.within(Allowance(allowed)), problem, claim, paid):
        not_verified.append("the price of the floors")
    if not check_most_housed(searches.within(Allowance(allowed)), problem, claim, paid):
        not_verified.append("the choice that houses most")
    answers = {row["household"]: row for row in claim.not_proposed}
    within = searches.within(Allowance(allowed))
    told = Told(problem=problem, limits=limits, paid=paid, answers=answers, searches=within)
    if not is_unsaid and (left_open := told.check()):
        not_verified.append(f"what is told to {_households(left_open)}")
    return Report(
        bound=which["bound"],
        gap=which["gap"],
        bound_by=which["bound_by"],
        by_search=len(to_ask),
        undecided=len(claim.certificate["who"]["undecided"]),
        unexplained=len(claim.certificate["not_explained"]),
        not_verified=tuple(not_verified),
    )


def _households(many: int) -> str:
    return f"{many} household{'s' if many > 1 else ''}"


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
