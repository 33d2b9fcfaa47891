"""Rooms given one by one: the order first, then company, wishes and the file, against every choice there is."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import OptimizeResult

from chezsoi.engines.matching.constrained import rooms as module
from chezsoi.engines.matching.constrained.rooms import ALONE, HeldApart, Limit, NotPlacedInTime, Rooms, place_rooms

HOUSEHOLDS, HOMES = 5, 4


def rooms(pairs, part_of, *, misses=None, households=None, **limits):
    found = sorted(pairs)
    costs = misses or {}
    return Rooms(
        household=np.array([household for household, _ in found], dtype=np.int64),
        home=np.array([home for _, home in found], dtype=np.int64),
        misses=np.array([costs.get(pair, (0, 0)) for pair in found], dtype=np.int64).reshape(len(found), 2),
        part_of=np.array(part_of, dtype=np.int64),
        households=households or HOUSEHOLDS,
        **limits,
    )


@st.composite
def situations(draw):
    every = list(itertools.product(range(HOUSEHOLDS), range(HOMES)))
    pairs = draw(st.sets(st.sampled_from(every), min_size=1, max_size=14))
    couples = st.sampled_from(list(itertools.combinations(range(HOUSEHOLDS), 2)))
    limits = st.builds(Limit, pairs=st.frozensets(st.sampled_from(sorted(pairs))), capacity=st.integers(0, 2))
    return rooms(
        pairs,
        draw(st.lists(st.sampled_from([ALONE, 0, 0, 1]), min_size=HOMES, max_size=HOMES)),
        misses={pair: draw(st.tuples(st.integers(0, 2), st.integers(0, 2))) for pair in sorted(pairs)},
        apart=tuple(sorted(draw(st.sets(couples, max_size=4)))),
        together=tuple(sorted(draw(st.sets(couples, max_size=3)))),
        limits=tuple(draw(st.lists(limits, max_size=2))),
    )


@given(situations())
def test_is_the_first_of_every_choice_there_is(given_rooms):
    found = place_rooms(given_rooms)

    assert found.home_of == by_every_choice(given_rooms)


@given(situations(), st.integers(0, HOUSEHOLDS - 1))
def test_declining_support_never_makes_a_household_less_placed(given_rooms, declines):
    free = tuple(
        replace(each, pairs=frozenset(pair for pair in each.pairs if pair[0] != declines))
        for each in given_rooms.limits
    )

    if declines in place_rooms(given_rooms).home_of:
        assert declines in place_rooms(replace(given_rooms, limits=free)).home_of


def test_two_of_four_who_refuse_each_other_never_share_the_flat():
    pairs = [(household, room) for household in range(4) for room in range(3)]

    found = place_rooms(rooms(pairs, [0, 0, 0], apart=((0, 1), (1, 2))))

    assert sorted(found.home_of) == [0, 2, 3]


def test_company_comes_before_the_wishes_and_after_the_order():
    pairs, flats = [(0, 0), (0, 2), (1, 1)], [0, 1, 1]
    asked = {"misses": {(0, 2): (5, 0)}, "together": ((0, 1),)}

    found = place_rooms(rooms(pairs, flats, **asked))
    with_a_third = place_rooms(rooms([*pairs, (2, 2)], flats, **asked))

    assert (found.home_of, found.together, found.misses) == ({0: 2, 1: 1}, 1, (5, 0))
    assert (with_a_third.home_of, with_a_third.together) == ({0: 0, 1: 1, 2: 2}, 0)


def test_what_people_decided_is_served_first_and_cannot_break_company():
    pairs = [(0, 0), (0, 1), (1, 0), (1, 1)]
    flat = rooms(pairs, [0, 0], apart=((0, 1),))

    assert place_rooms(flat, first=[1]).home_of == {1: 0}
    with pytest.raises(HeldApart):
        place_rooms(flat, first=[0, 1])


def test_nobody_without_a_pair_is_housed():
    assert place_rooms(rooms([], [0, 0])).home_of == {}


def test_answers_nothing_when_time_runs_out(monkeypatch):
    monkeypatch.setattr(module, "milp", lambda *args, **kwargs: OptimizeResult(status=1, message="time limit", x=None))

    with pytest.raises(NotPlacedInTime):
        place_rooms(rooms([(0, 0)], [ALONE]))


def by_every_choice(given_rooms):
    """Try every way of giving homes, and keep the first in the order of the tiers."""
    misses = {
        (household, home): missed
        for household, home, missed in zip(
            given_rooms.household.tolist(), given_rooms.home.tolist(), given_rooms.misses.tolist(), strict=True
        )
    }
    options = [[None, *(home for home in range(HOMES) if (each, home) in misses)] for each in range(HOUSEHOLDS)]
    allowed = [choice for choice in itertools.product(*options) if is_allowed(given_rooms, choice)]
    best = min(allowed, key=lambda choice: rank_of(given_rooms, misses, choice))
    return {household: home for household, home in enumerate(best) if home is not None}


def roof(given_rooms, home):
    return None if home is None or given_rooms.part_of[home] == ALONE else given_rooms.part_of[home]


def is_allowed(given_rooms, choice):
    taken = [home for home in choice if home is not None]
    roofs = [roof(given_rooms, home) for home in choice]
    return (
        len(set(taken)) == len(taken)
        and not any(roofs[one] is not None and roofs[one] == roofs[other] for one, other in given_rooms.apart)
        and all(sum(pair in each.pairs for pair in enumerate(choice)) <= each.capacity for each in given_rooms.limits)
    )


def rank_of(given_rooms, misses, choice):
    roofs = [roof(given_rooms, home) for home in choice]
    met = sum(roofs[one] is not None and roofs[one] == roofs[other] for one, other in given_rooms.together)
    missed = [misses[pair] for pair in enumerate(choice) if pair[1] is not None]
    return (
        [home is None for home in choice],
        -met,
        [sum(tier) for tier in zip((0, 0), *missed, strict=True)],
        [HOMES if home is None else home for home in choice],
    )
