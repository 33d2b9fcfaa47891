"""The audit by group: published intervals first, then what must always hold, then the likelihood, maximised anew."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import binom

from chezsoi.engines.matching import ImpossibleCount, Passage, fairness, intervals


class TestShare:
    @pytest.mark.parametrize(
        ("cases", "of", "low", "high"),
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
    )
    def test_gives_the_values_newcombe_published(self, cases, of, low, high):
        found = intervals.share(cases, of)

        assert (round(found.low, 4), round(found.high, 4)) == (low, high)

    @given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
    def test_holds_the_share_within_nothing_and_all(self, counted):
        found = intervals.share(*counted)

        assert 0 <= found.low <= found.value <= found.high <= 1

    @pytest.mark.parametrize(("cases", "of"), [(1, 0), (3, 2), (-1, 2)])
    def test_refuses_a_count_that_cannot_be(self, cases, of):
        with pytest.raises(ImpossibleCount):
            intervals.share(cases, of)


class TestRatio:
    def test_gives_the_value_koopman_published(self):
        found = intervals.ratio(36, 40, 16, 80)

        assert (round(found.low, 2), round(found.high, 2)) == (2.94, 7.15)

    def test_is_unbounded_beside_nobody_and_nothing_without_a_case(self):
        assert intervals.ratio(4, 20, 0, 50).high == math.inf
        assert intervals.ratio(0, 20, 5, 100).low == 0
        assert intervals.ratio(0, 20, 0, 50) is None

    @given(st.integers(1, 60), st.integers(1, 60), st.data())
    def test_ends_where_the_likelihood_says(self, of, others, data):
        cases, other_cases = data.draw(st.integers(1, of)), data.draw(st.integers(1, others))
        found = intervals.ratio(cases, of, other_cases, others)
        bound = 1.959964**2

        assert found.low < found.value < found.high
        assert found.low == pytest.approx(1 / intervals.ratio(other_cases, others, cases, of).high, rel=1e-6)
        for edge in (found.low, found.high):
            assert _score(edge * 1.001, cases, of, other_cases, others) >= bound * 0.97 or edge == found.low
            assert _score(edge / 1.001, cases, of, other_cases, others) >= bound * 0.97 or edge == found.high


def _score(phi, cases, of, other_cases, others):
    """Maximise the likelihood numerically at a ratio, and measure how far the cases lie from it."""

    def unlikely(theirs):
        mine = phi * theirs
        return -sum(
            count * math.log(max(value, 1e-300))
            for count, value in (
                (cases, mine), (of - cases, 1 - mine), (other_cases, theirs), (others - other_cases, 1 - theirs)
            )
        )  # fmt: skip

    most = min(1.0, 1 / phi)
    theirs = minimize_scalar(unlikely, bounds=(0, most), method="bounded", options={"xatol": 1e-13}).x
    mine = phi * theirs
    return (cases - of * mine) ** 2 / max(of * mine * (1 - mine), 1e-9) + (other_cases - others * theirs) ** 2 / max(
        others * theirs * (1 - theirs), 1e-9
    )


class TestQuantile:
    def test_bounds_a_median_of_ten_by_the_second_and_the_ninth(self):
        found = intervals.quantile([3, 1, 2, 5, 4, 7, 6, 10, 9, 8], 0.5)

        assert (found.value, found.low, found.high) == (5.5, 2, 9)

    def test_says_when_too_few_bound_it(self):
        assert intervals.quantile([], 0.5) is None
        assert intervals.quantile([7], 0.9) == intervals.Interval(value=7, low=0, high=math.inf)

    @given(st.integers(6, 80), st.sampled_from([0.5, 0.9]))
    def test_covers_as_often_as_it_says(self, count, part):
        found = intervals.quantile(range(1, count + 1), part)
        reached = binom.cdf((count if found.high == math.inf else found.high - 1), count, part)
        missed = binom.cdf(found.low - 1, count, part)

        assert reached - missed >= 0.95


class TestFairness:
    def test_sets_each_group_beside_all_the_others(self):
        young = [
            Passage(group="young", is_proposed=rank < 3, is_housed=rank < 1, months_waited=rank) for rank in range(10)
        ]
        older = [Passage(group="older", is_proposed=False, is_housed=False) for _ in range(30)]

        found = {share.group: share for share in fairness(young + older)}

        assert list(found) == ["older", "young"]
        assert (found["young"].eligible, found["young"].proposed, found["young"].housed) == (10, 3, 1)
        assert found["young"].ratio.high == math.inf
        assert found["young"].differs
        assert (found["young"].median_wait.value, found["older"].median_wait) == (4.5, None)

    def test_compares_nothing_when_there_is_one_group_or_no_proposal(self):
        (alone,) = fairness([Passage(group="a", is_proposed=True, is_housed=False)])
        nobody = fairness([Passage(group=name, is_proposed=False, is_housed=False) for name in "ab"])

        assert (alone.ratio, alone.differs) == (None, False)
        assert [share.ratio for share in nobody] == [None, None]

    @given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=40))
    def test_counts_everybody_once_whatever_the_order(self, drawn):
        passages = [Passage(group=group, is_proposed=proposed, is_housed=False) for group, proposed in drawn]

        found = fairness(passages)

        assert found == fairness(reversed(passages))
        assert sum(share.eligible for share in found) == len(passages)
        assert sum(share.proposed for share in found) == sum(proposed for _group, proposed in drawn)
