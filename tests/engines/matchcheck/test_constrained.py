"""The checker under side constraints believes what is right and rejects what is not."""

import copy
import json
from dataclasses import replace

import numpy as np
import pytest

from chezsoi.engines.matchcheck import ResultRejected
from chezsoi.engines.matchcheck.constrained import check_under_constraints
from chezsoi.engines.matching.assignment.instance import read_instance
from chezsoi.engines.matching.constrained.outcome import match_under_constraints
from chezsoi.engines.matching.constrained.program import Program
from chezsoi.engines.matching.constrained.result import as_mapping
from chezsoi.engines.matching.constrained.solving import solve
from tests.engines.matching.assignment.instances import files
from tests.engines.matching.assignment.solved import table
from tests.engines.matching.constrained.solved import CAPACITIES, FILES, FLOORS, INSTANCE, LIMITS


@pytest.fixture(scope="module")
def result():
    return as_mapping(match_under_constraints(INSTANCE, **LIMITS["support_and_group_floor"]), seconds=0)


def report(said, *, texts=FILES, capacities=CAPACITIES, floors=FLOORS):
    return check_under_constraints(*texts, json.dumps(said).encode(), support_capacity=capacities, group_floor=floors)


def test_a_result_is_believed_and_its_bound_reported(result):
    found = report(result)

    assert (found.bound, found.gap, found.bound_by, found.by_search, found.undecided) == (958, 0, "prices", 0, 0)


def other(floors):
    return FLOORS.replace(b"B,2", b"B,3") if floors else CAPACITIES.replace(b"0,1,1", b"0,1,0")


def test_a_constraint_is_counted_again(result):
    with pytest.raises(ResultRejected, match="1 households for 0 places"):
        report(result, capacities=other(False))
    with pytest.raises(ResultRejected, match="2 households housed, not 3"):
        report(result, floors=other(True))
    with pytest.raises(ResultRejected, match="The constraints stated are not those"):
        report(result, floors=None)


def dropped(said):
    gone = said["proposed"].pop()
    said["total_mismatch"] -= gone["mismatch"]
    refusal = {"reason": "outranked", "threshold_household": None, "relaxations": []}
    said["not_proposed"].append({"household": gone["household"], **refusal})


def put_down_to_the_solver(said):
    dropped(said)
    out = said["not_proposed"][-1]["household"]
    said["certificate"]["who"]["by_search"] = [out]


def wrong_total(said):
    said["total_mismatch"] += 1


def bound_without_proof(said):
    said["certificate"]["which_home"] |= {"bound": 959, "gap": -1}


def search_under_what_is_proved(said):
    said["certificate"]["which_home"] |= {"bound": 900, "gap": 58, "bound_by": "search"}


def another_gap(said):
    said["certificate"]["which_home"]["gap"] = 1


def no_certificate(said):
    said["certificate"] = {}


def no_proof(said):
    said["certificate"]["who"]["proof_of"] = []


def proof_that_is_not_there(said):
    said["certificate"]["who"]["proof_of"][0]["proof"] = 99


def prices_of_nothing(said):
    said["certificate"]["who"]["proofs"] = [
        {"dwellings": [], "caseloads": [], "floors": []} for _ in said["certificate"]["who"]["proofs"]
    ]


def negative_price(said):
    said["certificate"]["which_home"]["prices"]["dwellings"] = [[0, -1]]


def price_of_no_home(said):
    said["certificate"]["which_home"]["prices"]["dwellings"] = [[99, 1]]


def false_capacity(said):
    said["certificate"]["constraints"]["caseloads"][0]["capacity"] += 1


def called_exact(said):
    said["certificate"]["who"]["undecided"] = [33]


def threshold_ranked_after(said):
    next(row for row in said["not_proposed"] if row["threshold_household"])["threshold_household"] = 29


def wrong_reason(said):
    next(row for row in said["not_proposed"] if row["threshold_household"])["reason"] = "no_feasible_dwelling"


def a_need_is_relaxed(said):
    row = next(row for row in said["not_proposed"] if row["relaxations"])
    row["relaxations"][0] |= {"field": "wheelchair", "from": 1, "to": 0}


def a_change_that_opens_nothing(said):
    row = next(row for row in said["not_proposed"] if row["relaxations"])
    row["relaxations"][0]["dwelling"] = 9


CORRUPTIONS = [
    *(dropped, put_down_to_the_solver, wrong_total, bound_without_proof, search_under_what_is_proved, another_gap),
    *(no_certificate, no_proof, proof_that_is_not_there, prices_of_nothing, negative_price, price_of_no_home),
    *(false_capacity, called_exact, threshold_ranked_after, wrong_reason, a_need_is_relaxed),
    a_change_that_opens_nothing,
]


@pytest.mark.parametrize("corruption", CORRUPTIONS)
def test_a_corrupted_result_is_rejected(result, corruption):
    said = copy.deepcopy(result)
    corruption(said)

    with pytest.raises(ResultRejected):
        report(said)


def proposing(outcome, pairs):
    """Say a result that proposes other pairs, all its sums true."""
    market, cost = outcome.market, int(outcome.market.mismatch[pairs].sum())
    placed = replace(outcome.placed, pairs=pairs, cost=cost)
    selection = replace(outcome.selection, kept=tuple(sorted(market.household[pairs].tolist())))
    return as_mapping(replace(outcome, placed=placed, selection=selection), seconds=0)


def test_a_costlier_assignment_with_its_true_total_is_rejected_unless_its_gap_is_said():
    people = [row | {"zones": "0|1|2|3|4|5|6|7|8|9|10|11"} for row in table("households.csv")]
    texts = files((people, table("dwellings.csv")))
    outcome = match_under_constraints(read_instance(*texts))
    market, kept = outcome.market, outcome.selection.kept
    must = np.isin(np.arange(market.households), kept)
    program = Program(
        market=market,
        cost=-market.mismatch,
        must=must,
        may=np.zeros_like(must),
        counts=market.counted,
        least=market.minimum,
    )
    said = proposing(outcome, solve(program, outcome.placed.pairs, seconds=10).pairs)
    assert said["total_mismatch"] > outcome.placed.cost

    found = report(said, texts=texts, capacities=None, floors=None)
    assert (found.bound, found.gap) == (outcome.placed.cost, said["total_mismatch"] - outcome.placed.cost)

    said["certificate"]["which_home"]["gap"] = 0
    with pytest.raises(ResultRejected, match="The gap is"):
        report(said, texts=texts, capacities=None, floors=None)

    said["certificate"]["which_home"] |= {"bound": said["total_mismatch"], "bound_by": "search"}
    with pytest.raises(ResultRejected, match=f"can be housed at a mismatch of {outcome.placed.cost}"):
        report(said, texts=texts, capacities=None, floors=None)


def test_the_set_that_houses_most_is_rejected():
    outcome = match_under_constraints(INSTANCE, **LIMITS["support"])

    with pytest.raises(ResultRejected):
        report(proposing(outcome, outcome.alternative.pairs), floors=None)
