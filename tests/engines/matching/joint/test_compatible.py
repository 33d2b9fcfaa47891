"""All pairs at once say what the rules say of one pair, and the mismatch keeps its tiers apart."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chezsoi.engines.matching import Verdict, reasons
from chezsoi.engines.matching.joint.compatible import OfferedHome, failures
from chezsoi.engines.matching.joint.mismatch import Mismatch, Scale, mismatch
from tests.engines.matching import strategies
from tests.engines.matching.builders import RULES, home, household

OTHER_LAW = replace(RULES, minimum_rooms=None, income_ceilings=())
LAWS = st.sampled_from([RULES, OTHER_LAW])
TIERS = st.builds(Mismatch, wish=st.integers(0, 30), spare_rooms=st.integers(0, 6), effort=st.integers(0, 100))


@given(
    st.lists(strategies.households(), max_size=6),
    st.lists(st.builds(OfferedHome, home=strategies.homes(), rules=LAWS), max_size=5),
)
def test_as_many_rules_fail_as_the_reasons_of_each_pair_say(households, offered):
    found = failures(households, offered)

    assert found.tolist() == [
        [sum(reason.verdict is Verdict.FAIL for reason in reasons(each, one.home, one.rules)) for one in offered]
        for each in households
    ]


@given(st.lists(TIERS, min_size=1, max_size=8), st.data())
def test_sums_over_a_round_compare_as_the_tiers_do(found, data):
    scale = Scale.over(found, pairs=len(found))
    some = data.draw(st.lists(st.sampled_from(found), max_size=len(found)))
    others = data.draw(st.lists(st.sampled_from(found), max_size=len(found)))

    assert scale.unpack(sum(map(scale.pack, some))) == _sum(some)
    assert (sum(map(scale.pack, some)) < sum(map(scale.pack, others))) == (_sum(some) < _sum(others))


def test_measures_the_wish_then_the_rooms_then_the_effort():
    first, second = home(commune="57463", rooms=3), home(commune="57751", rooms=2)
    asks = household(wished_communes=("57463", "57751"), rooms_min=1, rooms_max=3)

    assert mismatch(asks, first) < mismatch(asks, second)


def test_a_rent_or_a_limit_nobody_knows_counts_as_all_that_can_be_paid():
    assert mismatch(household(max_outlay_per_month=None), home()).effort == 100
    assert mismatch(household(), home(rent_per_month=None)).effort == 100


def _sum(found):
    return Mismatch(
        sum(each.wish for each in found), sum(each.spare_rooms for each in found), sum(each.effort for each in found)
    )
