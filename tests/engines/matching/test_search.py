"""The search of one home: the very list and the very answers of examining one household after the other."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.engines.matching import Grid, NotExamined, Verdict, facts_of, reasons, score, search, shortlist
from chezsoi.engines.matching.scoring import points_of
from chezsoi.engines.matching.sights import examiner, refused
from tests.engines.matching import one_by_one
from tests.engines.matching import strategies as some
from tests.engines.matching.builders import GRID, HOME, LOTTERY, RULES, TODAY, grid_data, home, household

NO_SENIORITY = Grid.from_mapping(grid_data() | {"seniority": None})
GRIDS = st.sampled_from([GRID, NO_SENIORITY])
LAWS = st.sampled_from([RULES, replace(RULES, minimum_rooms=None, income_ceilings=())])
AMOUNTS = st.sampled_from([None, *map(Decimal, ("350", "350.00", "3.5E2", "23403", "23403.00", "60156", "66866"))])


@st.composite
def crowds(draw):
    """Draw people of every kind or that many homes suit, with amounts that are equal and not written alike."""
    kinds = st.lists(some.households() | some.mostly_eligible(st.just("h")), max_size=10)
    return tuple(
        replace(each, ref=f"{number}", max_outlay_per_month=draw(AMOUNTS), annual_reference_income=draw(AMOUNTS))
        for number, each in enumerate(draw(kinds))
    )


def asked(people, **changed):
    given_ = {"home": HOME, "households": people, "rules": RULES, "grid": GRID, "lottery": LOTTERY, "on": TODAY}
    return given_ | {"size": 2} | changed


class TestSearch:
    PEOPLE = (household(ref="street"), household(ref="housed", situation="own"), household(ref="away", rooms_max=1))

    def test_explains_one_household_once_it_is_asked(self):
        found = search(**asked(self.PEOPLE, size=1))

        assert [each.ref for each in found.candidates] == ["street"]
        assert (found.why_not("housed").rank, found.why_not("housed").lost_by) == (2, "points")
        assert found.why_not("away").relaxation.rank == 1

    def test_refuses_to_explain_a_candidate_or_somebody_it_did_not_examine(self):
        found = search(**asked(self.PEOPLE, size=1))

        for ref in ("street", "nobody"):
            with pytest.raises(NotExamined):
                found.why_not(ref)


class TestSearchProperties:
    @given(crowds() | some.populations(), some.homes() | st.just(HOME), LAWS, GRIDS, st.integers(1, 4))
    def test_answers_to_the_bit_as_one_household_after_the_other(self, people, what, rules, grid, size):
        facts = asked(people, home=what, rules=rules, grid=grid, size=size)

        expected = one_by_one.shortlist(**facts)

        assert repr(shortlist(**facts)) == repr(expected)
        assert repr(search(**facts).candidates) == repr(expected.candidates)
        assert [repr(search(**facts).why_not(why.ref)) for why in expected.others] == list(map(repr, expected.others))

    @given(crowds(), some.homes(), LAWS)
    def test_refuses_whom_the_reasons_refuse_and_tells_them_as_written(self, people, what, rules):
        vectors = [reasons(each, what, rules) for each in people]
        examine = examiner(what, rules)

        fails = [any(reason.verdict is Verdict.FAIL for reason in vector) for vector in vectors]
        assert refused(people, what, rules).tolist() == fails
        assert [repr(examine(each)) for each in people] == list(map(repr, vectors))

    @given(crowds(), GRIDS)
    def test_counts_the_points_of_the_score(self, people, grid):
        assert points_of(people, grid, TODAY) == [score(facts_of(each), grid, TODAY).points for each in people]

    def test_shares_one_reason_among_those_alike_and_never_between_amounts_written_otherwise(self):
        examine = examiner(home(), RULES)
        first, same, other = (
            examine(household(ref=ref, max_outlay_per_month=Decimal(amount)))
            for ref, amount in (("a", "350"), ("b", "350"), ("c", "350.00"))
        )

        assert [one is another for one, another in zip(first, same, strict=True)] == [True] * len(first)
        assert [one is another for one, another in zip(first, other, strict=True)].count(False) == 1
