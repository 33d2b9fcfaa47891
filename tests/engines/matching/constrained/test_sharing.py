"""Sharing a home, against every way of doing so."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.engines.matching.constrained.sharing import NotSharedInTime, share
from tests.engines.matching.campaigns import campaign

OUT = -1


@st.composite
def cases(draw):
    households, homes = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    chosen = draw(st.sets(st.tuples(st.integers(0, households - 1), st.integers(0, homes - 1))))
    some = st.integers(0, households - 1)
    return {
        "pairs": [(one, home, draw(st.integers(0, 9))) for one, home in sorted(chosen)],
        "consents": draw(st.lists(st.booleans(), min_size=households, max_size=households)),
        "rooms": draw(st.lists(st.integers(1, 3), min_size=homes, max_size=homes)),
        "incompatible": draw(st.lists(st.tuples(some, some).filter(lambda pair: pair[0] < pair[1]), max_size=3))
        if households > 1
        else [],
    }


def is_allowed(choice, case):
    for home, rooms in enumerate(case["rooms"]):
        there = {who for who, place in enumerate(choice) if place == home}
        alone_only = any(not case["consents"][who] for who in there)
        if len(there) > (1 if alone_only else rooms) or any(set(pair) <= there for pair in case["incompatible"]):
            return False
    return True


def check(case):
    mismatch = {(one, home): cost for one, home, cost in case["pairs"]}
    rows = [[OUT, *(home for one, home in mismatch if one == household)] for household in range(len(case["consents"]))]
    best = max(
        (
            tuple(home != OUT for home in choice),
            -sum(mismatch[one, home] for one, home in enumerate(choice) if home != OUT),
        )
        for choice in product(*rows)
        if is_allowed(choice, case)
    )

    found = share(**case)

    choice = [found.home_of.get(who, OUT) for who in range(len(case["consents"]))]
    assert is_allowed(choice, case)
    assert (tuple(home != OUT for home in choice), -found.mismatch) == best


@given(cases())
@settings(max_examples=60, deadline=None)
def test_equal_to_every_way(case):
    check(case)


@pytest.mark.drill
def test_equal_to_every_way_ten_thousand_times(record_result):
    tried = campaign(check, cases())

    record_result("matching-sharing", **tried)
    assert tried["faults"] == 0


def test_the_order_decides_among_more_than_one_search_takes():
    found = share([(one, one % 2, 0) for one in range(40)], consents=[one >= 20 for one in range(40)], rooms=[3, 3])

    assert found.home_of == {0: 0, 1: 1}


def test_nothing_is_answered_that_is_not_proved():
    with pytest.raises(NotSharedInTime):
        share(
            [(one, home, one * home % 7) for one in range(30) for home in range(12)],
            consents=[True] * 30,
            rooms=[2] * 12,
            incompatible=[(one, one + 1) for one in range(29)],
            seconds=0,
        )
