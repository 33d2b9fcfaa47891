"""The published optimum of the solved instance, and the answers of brute force on random small ones."""

from typing import Any

import pytest
from hypothesis import given, settings

from chezsoi.engines.matching.assignment import relaxations
from chezsoi.engines.matching.assignment.matching import match
from chezsoi.engines.matching.assignment.result import as_mapping
from tests.engines.matching.assignment import brute, solved
from tests.engines.matching.assignment.instances import Row, Rows, instances, read
from tests.engines.matching.campaigns import campaign


def answer(rows: Rows) -> dict[str, Any]:
    return as_mapping(match(read(rows)), seconds=0)


@pytest.fixture(scope="module")
def found():
    return as_mapping(match(solved.instance()), seconds=0)


class TestSolvedInstance:
    def test_proposes_the_published_set_at_the_published_mismatch(self, found):
        assert found["feasible_pairs"] == solved.EXPECTED["n_edges"]
        proposed = sorted(each["household"] for each in found["proposed"])
        assert proposed == solved.EXPECTED["tier1_matched_households"]
        assert found["total_mismatch"] == solved.EXPECTED["tier2_min_mismatch"]

    def test_names_the_published_thresholds(self, found):
        said = {
            str(each["household"]): each["threshold_household"] if each["reason"] == "outranked" else each["reason"]
            for each in found["not_proposed"]
        }
        assert said == solved.EXPECTED["displaceable_household_of_each_unmatched"]


def differences(rows: Rows) -> list[str]:
    """Compare every part of the answer with brute force."""
    households, homes = rows
    found = answer(rows)
    chosen, total = brute.best(households, homes)
    faults = []
    if {each["household"] for each in found["proposed"]} != chosen or found["total_mismatch"] != total:
        faults.append("optimum")
    if found["feasible_pairs"] != sum(brute.feasible(one, home) for one in households for home in homes):
        faults.append("pairs")
    by_id = {row["id"]: row for side in rows for row in side}
    faults += [fault for each in found["proposed"] for fault in _of_proposal(each, by_id)]
    return faults + [
        fault for each in found["not_proposed"] for fault in _of_answer(each, by_id[each["household"]], rows)
    ]


def _of_proposal(each: dict[str, Any], by_id: dict[int, Row]) -> list[str]:
    one, home = by_id[each["household"]], by_id[each["dwelling"]]
    is_right = brute.feasible(one, home) and each["mismatch"] == brute.mismatch(one, home)
    return [] if is_right else ["proposal"]


def _of_answer(each: dict[str, Any], one: Row, rows: Rows) -> list[str]:
    has_any = any(brute.feasible(one, home) for home in rows[1])
    right = {
        "reason": "outranked" if has_any else "no_feasible_dwelling",
        "threshold_household": brute.threshold(one, *rows),
        "relaxations": brute.relaxations(one, *rows),
    }
    return [part for part, said in right.items() if each[part] != said]


def check(rows: Rows) -> None:
    assert differences(rows) == []


@settings(max_examples=200, deadline=None)
@given(instances())
def test_equals_brute_force(rows):
    check(rows)


@settings(max_examples=40, deadline=None)
@given(instances())
def test_says_the_same_whatever_the_order_of_the_rows(rows):
    shuffled = tuple(list(reversed(side[1::2])) + side[::2] for side in rows)

    assert answer(shuffled) == answer(rows)


@settings(max_examples=20, deadline=None)
@given(instances())
def test_explains_the_same_few_households_at_a_time(rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relaxations, "CELLS", 1)
        few_at_a_time = answer(rows)

    assert few_at_a_time == answer(rows)


@pytest.mark.drill
def test_equals_brute_force_ten_thousand_times(record_result):
    tried = campaign(check, instances())

    record_result("matching-brute-force", **tried)
    assert tried["faults"] == 0
