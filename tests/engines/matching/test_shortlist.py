"""Who is proposed for one home, and the answer each other household gets."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.engines.matching import (
    Grid,
    Household,
    HouseholdListedTwice,
    NobodyToShortlist,
    RuleCode,
    SettledBy,
    Verdict,
    shortlist,
)
from tests.engines.matching import strategies as some
from tests.engines.matching.builders import GRID, HOME, LOTTERY, RULES, TODAY, grid_data, home, household

NO_SENIORITY = Grid.from_mapping(grid_data() | {"seniority": None})
SIZES = st.integers(1, 4)


def listed(*households, size=3, what=HOME, grid=GRID):
    return shortlist(home=what, households=households, rules=RULES, grid=grid, lottery=LOTTERY, on=TODAY, size=size)


def refs(found):
    return [one.ref for one in found]


def widened(who, wish, accept):
    if wish is RuleCode.COMMUNE_IS_WISHED:
        return replace(who, wished_communes=(*who.wished_communes, accept) if who.wished_communes else ())
    return replace(who, rooms_max=None if who.rooms_max is None else max(who.rooms_max, accept))


class TestShortlist:
    STREET = household(ref="street")
    DALO = household(ref="dalo", situation="emergency", labels=frozenset({"dalo"}))
    HOUSED = household(ref="housed", situation="own")

    def test_ranks_those_no_rule_refuses(self):
        found = listed(self.HOUSED, self.STREET, self.DALO, size=2)

        assert [(one.rank, one.ref, one.score.points) for one in found.candidates] == [
            (1, "dalo", 232),
            (2, "street", 112),
        ]
        assert (found.home, found.on, found.grid_code, found.grid_version) == (HOME.ref, TODAY, "sample", 1)
        assert found.commitment == LOTTERY.commitment

    def test_tells_the_next_one_who_stands_before(self):
        (why,) = listed(self.HOUSED, self.STREET, self.DALO, size=2).others

        assert (why.ref, why.rank, why.score.points) == ("housed", 3, 22)
        assert (why.last_points, why.lost_by, why.failed, why.relaxation) == (112, SettledBy.POINTS, (), None)

    def test_keeps_a_household_with_unknown_facts_and_its_questions(self):
        (candidate,) = listed(Household(ref="met last night", situation="street")).candidates

        assert [question.rule.value for question in candidate.questions] == [
            "surface_is_enough_for_size",
            "rooms_fit_need",
            "outlay_is_bearable",
            "social_housing_needs_a_request_number",
            "regular_stay",
            "income_ceiling",
        ]

    def test_gives_every_failure_of_a_household_that_is_refused(self):
        away = household(ref="away", wished_communes=("54395",), max_outlay_per_month=Decimal(200))

        (why,) = listed(away).others

        assert [reason.rule.value for reason in why.failed] == ["commune_is_wished", "outlay_is_bearable"]
        assert (why.rank, why.last_points, why.lost_by, why.relaxation) == (None, None, None, None)
        assert len(why.reasons) == len(RuleCode)

    def test_says_the_wait_or_the_draw_decided_between_equals(self):
        equals = [household(ref=str(n), waiting_since=date(2026 - n, 1, 1)) for n in range(3)]

        by_wait = listed(*equals, size=1, grid=NO_SENIORITY)
        by_lot = listed(*(replace(one, waiting_since=None) for one in equals), size=1, grid=NO_SENIORITY)

        assert refs(by_wait.candidates) == ["2"]
        assert (by_wait.candidates[0].settled_by, by_wait.candidates[0].others_on_same_points) == (SettledBy.WAITING, 2)
        assert {why.lost_by for why in by_wait.others} == {SettledBy.WAITING}
        assert refs(by_lot.candidates) == [min(refs(by_lot.candidates) + refs(by_lot.others), key=LOTTERY.ticket_of)]
        assert {why.lost_by for why in by_lot.others} == {SettledBy.LOTTERY}

    @pytest.mark.parametrize(
        ("change", "wish", "accept"),
        [
            ({"wished_communes": ("57751",)}, RuleCode.COMMUNE_IS_WISHED, "57463"),
            ({"rooms_max": 1}, RuleCode.ROOMS_FIT_WISH, 2),
        ],
    )
    def test_offers_the_one_wish_that_would_change_it(self, change, wish, accept):
        why = listed(self.HOUSED, household(ref="wish", **change), size=1).others[-1]

        assert (why.ref, why.relaxation.wish, why.relaxation.accept, why.relaxation.rank) == ("wish", wish, accept, 1)

    @pytest.mark.parametrize(
        "change",
        [
            {"rooms_min": 3, "rooms_max": None},
            {"max_outlay_per_month": Decimal(10)},
            {"size": 9, "rooms_max": None},
            {"needs_wheelchair": True},
            {"residence_is_regular": False},
            {"excluded_homes": frozenset({HOME.ref})},
            {"wished_communes": ("57751",), "rooms_max": 1},
            {"wished_communes": ("57751",), "situation": "own", "waiting_since": None},
        ],
    )
    def test_never_offers_to_give_up_a_need_a_right_or_two_wishes(self, change):
        found = listed(self.STREET, household(ref="need", **change), size=1, what=home(wheelchair=False))

        assert found.others[-1].ref == "need"
        assert found.others[-1].relaxation is None

    def test_may_be_empty(self):
        assert listed() == replace(listed(), candidates=(), others=())

    def test_refuses_to_shortlist_nobody(self):
        with pytest.raises(NobodyToShortlist):
            listed(self.STREET, size=0)

    def test_refuses_a_household_listed_twice(self):
        with pytest.raises(HouseholdListedTwice, match="street"):
            listed(self.STREET, self.STREET)


class TestShortlistProperties:
    @given(some.populations(), SIZES)
    def test_answers_everybody_once(self, people, size):
        found = listed(*people, size=size)

        assert sorted(refs(found.candidates) + refs(found.others)) == sorted(refs(people))
        assert len(found.candidates) <= size

    @given(some.populations(), SIZES)
    def test_leaves_out_whom_a_rule_refuses_and_only_then_or_when_full(self, people, size):
        found = listed(*people, size=size)

        assert all(reason.verdict is not Verdict.FAIL for one in found.candidates for reason in one.reasons)
        assert all(why.failed or len(found.candidates) == size for why in found.others)
        assert all(bool(why.failed) == (why.rank is None) for why in found.others)

    @given(some.populations(), SIZES, st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order_of_arrival(self, people, size, random):
        assert listed(*random.sample(people, len(people)), size=size) == listed(*people, size=size)

    @given(some.populations())
    def test_costs_nothing_to_refuse_a_home(self, people):
        refused = [replace(one, excluded_homes=frozenset({"another home"})) for one in people]
        never = [replace(one, excluded_homes=frozenset()) for one in people]

        assert listed(*refused, size=99) == listed(*never, size=99)

    @given(some.populations(), st.data())
    def test_keeps_the_others_in_order_when_one_refuses_this_home(self, people, data):
        never = [replace(one, excluded_homes=frozenset()) for one in people]
        refuser = data.draw(st.sampled_from(["nobody", *refs(people)]))
        after = [replace(one, excluded_homes=frozenset({HOME.ref} if one.ref == refuser else ())) for one in never]

        expected = [ref for ref in refs(listed(*never, size=99).candidates) if ref != refuser]

        assert refs(listed(*after, size=99).candidates) == expected

    @given(some.populations(), SIZES)
    def test_offers_a_wider_wish_exactly_when_it_would_change_the_answer(self, people, size):
        for why in listed(*people, size=size).others:
            for wish, accept in ((RuleCode.COMMUNE_IS_WISHED, HOME.commune), (RuleCode.ROOMS_FIT_WISH, HOME.rooms)):
                again = listed(
                    *(widened(one, wish, accept) if one.ref == why.ref else one for one in people), size=size
                )
                rank = next((one.rank for one in again.candidates if one.ref == why.ref), None)
                is_offered = why.relaxation is not None and why.relaxation.wish is wish
                assert rank == (why.relaxation.rank if is_offered else None)
