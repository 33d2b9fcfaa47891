"""What another grid would change: against two whole shortlists, drawn up apart."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.engines.matching import Grid, Household, NoTop, impact, reasons
from chezsoi.engines.matching.verdicts import Verdict
from tests.engines.matching import builders

ON = date(2026, 6, 1)


def grid(**points):
    criteria = [{"code": code, "label": code, "points": worth, "any_of": [[code]]} for code, worth in points.items()]
    rubrics = [{"code": criterion["code"], "criteria": [criterion]} for criterion in criteria]
    plain = {"code": "g", "version": 1, "title": "G", "source": "EPCI", "valid_from": "2026-01-01"}
    return Grid.from_mapping(plain | {"rubrics": rubrics})


BEFORE, AFTER = grid(street=90, dalo=50), grid(street=90, dalo=150)
PEOPLE = (
    Household(ref="a", situation="street", waiting_since=date(2025, 1, 1)),
    Household(ref="b", situation="chrs", labels=frozenset({"dalo"}), waiting_since=date(2025, 1, 1)),
    Household(ref="c", situation="street", waiting_since=date(2025, 6, 1)),
)


def found(**changed):
    given_ = {"before": BEFORE, "after": AFTER, "households": PEOPLE, "homes": (), "on": ON, "top": 2}
    return impact(**(given_ | changed))


class TestImpact:
    def test_says_who_enters_and_leaves_the_first_ranks(self):
        result = found()

        assert (result.enters, result.leaves, result.moved) == (("b",), ("c",), 3)
        first = result.moves[0]
        assert (first.ref, first.rank_before, first.rank_after) == ("b", 3, 1)
        assert (first.points_before, first.points_after) == (50, 150)

    def test_counts_by_group_whom_the_caller_groups(self):
        result = found().by_group({"a": "rough", "c": "rough", "b": "shelter"})

        assert [(each.group, each.waiting, each.top_before, each.top_after) for each in result] == [
            ("rough", 2, 2, 1), ("shelter", 1, 0, 1)
        ]  # fmt: skip
        assert [each.mean_rise for each in result] == [-1.0, 2.0]
        assert found().by_group({"a": "rough"})[0].waiting == 1

    def test_changes_nothing_under_the_same_grid(self):
        result = found(after=replace(BEFORE, version=2), homes=[(builders.HOME, builders.RULES)])

        assert (result.enters, result.leaves, result.moved, result.homes_changed) == ((), (), 0, 0)

    def test_says_which_homes_would_go_to_others(self):
        home, rules = builders.HOME, builders.RULES
        result = found(homes=[(home, rules)], size=1)

        assert [(each.home, each.before, each.after, each.changes) for each in result.homes] == [
            (home.ref, ("a",), ("b",), True)
        ]
        assert result.homes_changed == 1

    def test_leaves_out_and_names_homes_beyond_the_allowance(self):
        homes = [(replace(builders.HOME, ref=ref), builders.RULES) for ref in ("one", "two")]

        assert found(homes=homes, size=3, most_pairs=4).homes_left_out == ("two",)
        assert found(homes=homes, size=3, most_pairs=2).homes == ()

    @pytest.mark.parametrize("asked", [{"top": 0}, {"size": 0}])
    def test_refuses_to_compare_nobody(self, asked):
        with pytest.raises(NoTop):
            found(**asked)

    @given(
        st.lists(
            st.tuples(st.sampled_from(["street", "chrs", "own"]), st.booleans(), st.integers(1, 900)),
            min_size=1, max_size=25,
        )
    )  # fmt: skip
    def test_proposes_the_first_that_no_rule_refuses(self, drawn):
        people = [
            Household(
                ref=f"h{place:02}",
                situation=situation,
                labels=frozenset({"dalo"} if is_dalo else ()),
                max_outlay_per_month=outlay,
                needs_wheelchair=False,
                needs_lift_or_ground=False,
            )
            for place, (situation, is_dalo, outlay) in enumerate(drawn)
        ]
        home, rules = builders.HOME, builders.RULES
        result = found(households=people, homes=[(home, rules)], size=3)

        fits = {
            each.ref for each in people if all(said.verdict is not Verdict.FAIL for said in reasons(each, home, rules))
        }
        after = [move.ref for move in result.moves if move.ref in fits]
        before = [move.ref for move in sorted(result.moves, key=lambda move: move.rank_before) if move.ref in fits]
        assert result.homes[0].after == tuple(after[:3])
        assert result.homes[0].before == tuple(before[:3])
        assert len(result.enters) == len(result.leaves)
