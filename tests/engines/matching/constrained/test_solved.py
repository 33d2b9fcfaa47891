"""The solved instance under its three sets of constraints."""

import json

import pytest

from chezsoi.engines.matching.assignment.matching import match
from chezsoi.engines.matching.assignment.result import as_mapping as as_mapping_unconstrained
from chezsoi.engines.matching.constrained.outcome import match_under_constraints
from chezsoi.engines.matching.constrained.result import as_mapping
from tests.engines.matching.constrained.solved import EXPECTED, INSTANCE, LIMITS


@pytest.fixture(scope="module", params=sorted(LIMITS))
def solved(request):
    return request.param, as_mapping(match_under_constraints(INSTANCE, **LIMITS[request.param]), seconds=0)


def test_the_set_is_the_lexicographically_best_and_its_mismatch_the_least(solved):
    name, said = solved
    expected = EXPECTED["lexicographic"][name]

    assert sorted(one["household"] for one in said["proposed"]) == expected["households"]
    assert said["total_mismatch"] == expected["mismatch"]
    assert said["certificate"]["which_home"]["gap"] == 0


def test_the_alternative_houses_most_then_has_most_points_then_least_mismatch(solved):
    name, said = solved
    found = said["certificate"]["most_housed"]

    assert [found["housed"], found["points"], found["mismatch"]] == EXPECTED[
        "max_housed_alternative_housed_points_mismatch"
    ][name]
    assert found["is_proved"]


def test_everything_is_proved_by_prices(solved):
    said = solved[1]["certificate"]

    assert said["who"]["is_exact"]
    assert (said["who"]["by_search"], said["not_explained"], said["which_home"]["bound_by"]) == ([], [], "prices")


def test_the_price_of_the_floors_names_who_steps_back_and_who_steps_in(solved):
    name, said = solved
    price = said["certificate"]["price_of_floors"]

    without = set(EXPECTED["lexicographic"]["support"]["households"])
    under = set(EXPECTED["lexicographic"][name]["households"])
    if name == "support_and_group_floor":
        assert price == {"steps_back": sorted(without - under), "steps_in": sorted(under - without)}
    else:
        assert price == {"steps_back": [], "steps_in": []}


def test_without_constraints_every_explanation_is_that_of_the_engine_of_bars():
    ours = as_mapping(match_under_constraints(INSTANCE), seconds=0)
    theirs = as_mapping_unconstrained(match(INSTANCE), seconds=0)

    for key in ("feasible_pairs", "total_mismatch", "not_proposed"):
        assert ours[key] == theirs[key]


def test_a_result_is_the_same_twice():
    limits = LIMITS["support"]
    first, second = (as_mapping(match_under_constraints(INSTANCE, **limits), seconds=0) for _ in range(2))

    assert json.dumps(first) == json.dumps(second)
