"""
Is this result the right one? Read the files, then the result, then its proof, and reject at the first thing wrong.

What anyone can verify: every household is answered once; pairs are feasible and counted; mismatches and their total
are right; then, with the certificate, that nobody better ranked could be brought in (`proof`), that no assignment costs
less, and that every explanation is true and none is missing (`explanations`).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from chezsoi.engines.matchcheck.claim import Claim, read_claim
from chezsoi.engines.matchcheck.explanations import check_answer
from chezsoi.engines.matchcheck.problem import Problem, read_problem
from chezsoi.engines.matchcheck.proof import read_proof
from chezsoi.engines.matchcheck.rejections import reject_unless


def check(households: bytes, dwellings: bytes, result: bytes) -> None:
    """
    Check a result with no constraint beside one household a home.

    Parameters
    ----------
    households, dwellings, result : bytes
        The content of the three files.

    Raises
    ------
    ResultRejected
        With the first reason found. A result that passes is the right one: its set of households is the
        lexicographically best, its total the least, its explanations all true.
    """
    problem = read_problem(households, dwellings)
    claim = read_claim(result)
    home_of = check_proposals(problem, claim)
    proof = read_proof(problem, claim, home_of)
    answers = {row["household"]: row for row in claim.not_proposed}
    pairs = 0
    for one in problem.households:
        suits = problem.suits(one)
        pairs += int(np.count_nonzero(suits.pair))
        if one.id in answers:
            check_answer(problem, proof, one, suits, answers[one.id])
        else:
            proof.check_holder(one, suits.pair, problem.mismatch(one))
    reject_unless(pairs == claim.feasible_pairs, f"There are {pairs} feasible pairs, not {claim.feasible_pairs}.")


def check_proposals(problem: Problem, claim: Claim) -> dict[int, int]:
    """Check who is answered, that pairs are feasible, and the sums; give the home (its number) of each proposed."""
    known = {one.id: one for one in problem.households}
    numbers = {home: number for number, home in enumerate(problem.homes["id"].tolist())}
    _check_answered_once(known, claim)
    home_of: dict[int, int] = {}
    for row in claim.proposed:
        one, home = known[row["household"]], numbers.get(row["dwelling"])
        reject_unless(home is not None, f"There is no dwelling {row['dwelling']}.")
        home_of[one.id] = number = home or 0
        reject_unless(problem.suits(one).pair[number], f"Household {one.id} may not live in {row['dwelling']}.")
        mismatch = int(problem.mismatch(one)[number])
        reject_unless(mismatch == row["mismatch"], f"The mismatch of household {one.id} is {mismatch}.")
    reject_unless(len(set(home_of.values())) == len(home_of), "A dwelling is proposed twice.")
    total = sum(row["mismatch"] for row in claim.proposed)
    reject_unless(total == claim.total_mismatch, f"The mismatches add up to {total}, not {claim.total_mismatch}.")
    return home_of


def _check_answered_once(known: dict[int, Any], claim: Claim) -> None:
    answered = [row["household"] for row in (*claim.proposed, *claim.not_proposed)]
    strangers = [household for household in answered if household not in known]
    reject_unless(not strangers, f"There is no household {strangers[0] if strangers else None}.")
    reject_unless(len(set(answered)) == len(answered), "A household is answered twice.")
    missing = sorted(known.keys() - set(answered))
    reject_unless(not missing, f"Household {missing[0] if missing else None} has no answer.")
