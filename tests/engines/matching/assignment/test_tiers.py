"""The tiers against another way of solving them, and what an explanation promises."""

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from chezsoi.engines.matching.assignment.feasibility import pairs_of
from chezsoi.engines.matching.assignment.pairs import Pairs
from chezsoi.engines.matching.assignment.solution import solve
from chezsoi.engines.matching.assignment.territories import part_of, territories
from chezsoi.engines.matching.assignment.which import (
    HousedByNoAssignment,
    MismatchTooLarge,
    edges_of,
    least_mismatch,
    proved,
)
from chezsoi.engines.matching.assignment.who import best_set
from chezsoi.engines.matching.assignment.why_not import blocking_set, thresholds
from tests.engines.matching.assignment import solved
from tests.engines.matching.assignment.instances import read


def drawn(seed, *, households=160, homes=70, share=0.04):
    """Draw pairs where some homes suit few; more homes than a word has bits."""
    chance = np.random.default_rng(seed)
    share_of_home = share * chance.exponential(1, homes)
    feasible = chance.random((households, homes)) < share_of_home
    return feasible, chance.integers(0, 90, (households, homes))


@pytest.mark.parametrize("seed", range(6))
def test_both_tiers_equal_one_dense_assignment(seed):
    feasible, mismatch = drawn(seed)
    large = 90 * 70 + 1
    value = np.where(feasible, (len(feasible) - np.arange(len(feasible)))[:, None] * large - mismatch, 0)
    rows, columns = linear_sum_assignment(value, maximize=True)
    kept = feasible[rows, columns]

    found = solve(Pairs.of(feasible, mismatch)).assignment

    assert found.housing.housed.tolist() == sorted(rows[kept].tolist())
    assert found.total == mismatch[rows[kept], columns[kept]].sum()


@pytest.mark.parametrize("seed", range(3))
def test_a_blocking_set_is_one_home_too_few(seed):
    pairs = Pairs.of(*drawn(seed))
    solution = solve(pairs)
    housing = solution.assignment.housing
    outside = np.flatnonzero((housing.home_of < 0) & pairs.bitmap.any(axis=1))
    threshold_of = thresholds(pairs, solution.bars, outside)
    assert outside.size

    for rank, threshold in zip(outside.tolist(), threshold_of.tolist(), strict=True):
        blocking = blocking_set(pairs, housing, rank)

        assert len(blocking.homes) == len(blocking.holders)
        assert blocking.holders.max() == threshold < rank
        members = np.append(blocking.holders, rank)
        reached = np.flatnonzero(pairs.feasible(members).any(axis=0))
        assert reached.tolist() == blocking.homes.tolist()


@pytest.mark.parametrize("seed", range(3))
def test_a_blocking_set_names_exactly_those_whose_leaving_would_let_the_household_in(seed):
    feasible, mismatch = drawn(seed)
    pairs = Pairs.of(feasible, mismatch)
    housing = solve(pairs).assignment.housing
    outside = np.flatnonzero((housing.home_of < 0) & feasible.any(axis=1))

    for rank in outside[:: len(outside) // 4].tolist():
        together = [np.append(housing.housed[housing.housed != each], rank) for each in housing.housed]
        lets_in = [
            (maximum_bipartite_matching(csr_array(feasible[some]), perm_type="column") >= 0).all() for some in together
        ]
        assert blocking_set(pairs, housing, rank).holders.tolist() == housing.housed[lets_in].tolist()


def test_territories_share_nothing_and_forget_nobody():
    people, homes = solved.table("households.csv"), solved.table("dwellings.csv")
    far = [
        row
        | {"id": row["id"] + 100, "tie_rank": row["tie_rank"] + 100}
        | {"zones": "|".join(str(int(zone) + 50) for zone in row["zones"].split("|"))}
        for row in people
    ]
    far_homes = [row | {"id": row["id"] + 100, "zone": row["zone"] + 50} for row in homes]
    instance = read(([*people, *far], [*homes, *far_homes]))

    parts = [part_of(instance, *part) for part in territories(instance)]

    assert [len(part.dwellings) for part in parts] == [12, 12]
    totals = [solve(pairs_of(part)).assignment.total for part in parts]
    assert totals == [solved.EXPECTED["tier2_min_mismatch"]] * 2


def test_nobody_is_housed_where_nothing_is_feasible():
    found = solve(Pairs.of(np.zeros((3, 2), dtype=bool), np.zeros((3, 2), dtype=np.int64)))

    assert found.assignment.housing.housed.size == found.assignment.total == 0
    assert found.bars.bar_of.tolist() == [3, 3]


def test_sums_that_would_not_be_exact_are_refused():
    pairs = Pairs.of(np.ones((2, 2), dtype=bool), np.full((2, 2), 2**52))

    with pytest.raises(MismatchTooLarge):
        least_mismatch(pairs, best_set(pairs).housed)


class TestAnAssignmentThatIsNotTheLeast:
    PAIRS = Pairs.of(np.array([[True, True], [True, True], [True, False]]), np.array([[0, 5], [5, 0], [9, 0]]))

    def test_is_seen_where_two_would_gain_by_exchanging(self):
        with pytest.raises(HousedByNoAssignment, match="for ever"):
            proved(edges_of(self.PAIRS, np.array([0, 1])), np.array([1, 0, -1]), homes=2)

    def test_is_seen_where_one_would_gain_by_a_free_home(self):
        with pytest.raises(HousedByNoAssignment, match="free home"):
            proved(edges_of(self.PAIRS, np.array([0])), np.array([1, -1, -1]), homes=2)

    def test_is_seen_where_a_pair_is_not_feasible(self):
        with pytest.raises(HousedByNoAssignment, match="1 households"):
            proved(edges_of(self.PAIRS, np.array([2])), np.array([-1, -1, 1]), homes=2)

    def test_nor_has_a_set_that_cannot_be_housed(self):
        with pytest.raises(HousedByNoAssignment):
            least_mismatch(self.PAIRS, np.arange(3))
