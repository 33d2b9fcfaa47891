"""Exchanges between tenants, against every exchange there is."""

import csv
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from chezsoi.engines.matching.constrained import exchange as module
from chezsoi.engines.matching.constrained.exchange import (
    NoExchangeInTime,
    TooManyCycles,
    Wish,
    cycles_of,
    exchange,
    steps,
)
from tests.engines.matching.builders import ROOT
from tests.engines.matching.campaigns import campaign

FOLDER = ROOT / "tests/cases/matching/exchange060"

wishes = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] != pair[1]), st.integers(0, 9)
)


def stored():
    with (FOLDER / "wishes.csv").open(encoding="utf-8") as file:
        return [Wish(**{key: int(value) for key, value in row.items()}) for row in csv.DictReader(file)]


def best(cycles, mismatch, busy=frozenset()):
    """Try every set of disjoint cycles: most moves, then least mismatch."""
    if not cycles:
        return 0, 0
    first, *others = cycles
    without = best(others, mismatch, busy)
    if busy & set(first):
        return without
    moves, cost = best(others, mismatch, busy | set(first))
    mine = moves + len(first), cost - sum(mismatch[step] for step in steps(first))
    return max(without, mine)


def check(drawn, longest):
    found = exchange(
        [Wish(tenant=one, home_of=two, mismatch=cost) for (one, two), cost in drawn.items()], longest=longest
    )

    moved = [step for cycle in found.cycles for step in steps(cycle)]
    assert set(moved) <= set(drawn)
    assert len({one for one, _ in moved}) == len({two for _, two in moved}) == len(moved) == found.moves
    assert found.mismatch == sum(drawn[step] for step in moved)
    assert (found.moves, -found.mismatch) == best(cycles_of(set(drawn), longest=longest), drawn)


@given(wishes, st.sampled_from([2, 3]))
@settings(max_examples=60, deadline=None)
def test_equal_to_every_exchange(drawn, longest):
    check(drawn, longest)


@pytest.mark.drill
def test_equal_to_every_exchange_ten_thousand_times(record_result):
    tried = campaign(check, wishes, st.sampled_from([2, 3]))

    record_result("matching-exchange", **tried)
    assert tried["faults"] == 0


def test_cycles_are_listed_once_each():
    everyone = {(one, two) for one in range(5) for two in range(5) if one != two}

    found = cycles_of(everyone, longest=3)

    assert len(found) == len(set(found)) == 10 + 20
    assert all(cycle[0] == min(cycle) for cycle in found)


def test_the_stored_instance_has_twice_the_moves_of_swaps_of_two():
    expected = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    two, three = exchange(stored(), longest=2), exchange(stored())

    assert (two.moves, three.moves) == (expected["two"], expected["three"])
    assert three.moves >= 2 * two.moves
    assert exchange(stored()) == three


def test_swaps_of_three_stay_under_an_exchange_without_limit():
    cost = np.full((60, 60), 60.0)
    np.fill_diagonal(cost, 0)
    for wish in stored():
        cost[wish.tenant, wish.home_of] = -1
    rows, columns = linear_sum_assignment(cost)
    expected = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))

    assert (rows != columns).sum() == expected["without_limit"] >= expected["three"]


def test_too_many_ways_are_refused(monkeypatch):
    monkeypatch.setattr(module, "MOST_CYCLES", 1)

    with pytest.raises(TooManyCycles):
        exchange([Wish(tenant=one, home_of=two) for one in range(4) for two in range(4)])


def test_no_exchange_is_answered_that_is_not_proved():
    with pytest.raises(NoExchangeInTime):
        exchange([Wish(tenant=one, home_of=two) for one in range(25) for two in range(25)], seconds=0)
