"""After a decision of people, the repaired solution is that of a full run."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from chezsoi.engines.matching.assignment.pairs import Pairs
from chezsoi.engines.matching.assignment.pinned import HomeGivenTwice, Pinned, left_to_decide, solve_again
from chezsoi.engines.matching.assignment.solution import solve
from tests.engines.matching.campaigns import campaign


@st.composite
def decisions(draw):
    """Draw pairs and up to two homes given and two pairs refused, among what is proposed as often as not."""
    households, homes = draw(st.integers(1, 9)), draw(st.integers(1, 7))
    seed = draw(st.integers(0, 2**32 - 1))
    chance = np.random.default_rng(seed)
    feasible = chance.random((households, homes)) < draw(st.sampled_from((0.2, 0.4, 0.7)))
    pairs = Pairs.of(feasible, chance.integers(0, draw(st.sampled_from((3, 60))), (households, homes)))
    proposed = list(enumerate(solve(pairs).assignment.housing.home_of.tolist()))
    among = [pair for pair in proposed if pair[1] >= 0] + [
        (int(chance.integers(households)), int(chance.integers(homes))) for _ in range(4)
    ]
    given = draw(st.lists(st.sampled_from(among), max_size=2, unique_by=(lambda p: p[0], lambda p: p[1])))
    return pairs, Pinned(given=tuple(given), refused=tuple(draw(st.lists(st.sampled_from(among), max_size=2))))


def another_way(left):
    """Solve both tiers as one dense assignment: who is housed, and at what total."""
    feasible = left.feasible(np.arange(left.households))
    ranks, homes = np.indices(feasible.shape)
    mismatch = left.mismatch(ranks, homes)
    value = np.where(feasible, 60 * left.homes * (left.households - ranks) - mismatch, 0)
    rows, columns = linear_sum_assignment(value, maximize=True)
    kept = feasible[rows, columns]
    return sorted(rows[kept].tolist()), mismatch[rows[kept], columns[kept]].sum()


def check(drawn):
    pairs, pinned = drawn
    left = left_to_decide(pairs, pinned)

    repaired, full = solve_again(left, solve(pairs), pinned), solve(left)

    assert repaired.assignment.housing.housed.tolist() == full.assignment.housing.housed.tolist()
    assert repaired.assignment.total == full.assignment.total
    assert repaired.assignment.price_of.tolist() == full.assignment.price_of.tolist()
    assert repaired.bars.bar_of.tolist() == full.bars.bar_of.tolist()
    housed = repaired.assignment.housing.housed
    assert (housed.tolist(), repaired.assignment.total) == another_way(left)
    homes = repaired.assignment.housing.home_of[housed]
    assert left.feasible(housed)[np.arange(len(housed)), homes].all()
    assert len(set(homes.tolist())) == len(homes)


@settings(max_examples=120, deadline=None)
@given(decisions())
def test_a_repair_equals_a_full_run(drawn):
    check(drawn)


@pytest.mark.drill
def test_a_repair_equals_a_full_run_ten_thousand_times(record_result):
    tried = campaign(check, decisions())

    record_result("matching-pinned", **tried)
    assert tried["faults"] == 0


def test_mismatches_too_large_for_a_repair_are_solved_from_nothing():
    pairs = Pairs.of(np.ones((3, 2), dtype=bool), np.array([[1, 2], [3, 1], [0, 5]]) * 2**44)
    pinned = Pinned(given=((2, 0),))
    left = left_to_decide(pairs, pinned)

    assert solve_again(left, solve(pairs), pinned).assignment.total == solve(left).assignment.total == 2 * 2**44


def test_a_home_is_given_once():
    with pytest.raises(HomeGivenTwice):
        Pinned(given=((0, 1), (2, 1)))
    with pytest.raises(HomeGivenTwice):
        Pinned(given=((0, 1), (0, 2)))
