"""Joint rounds around decisions of people: repaired, they answer what a round searched again whole answers."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.engines.matching import Sharing
from chezsoi.engines.matching.joint import (
    Company,
    HomeGivenTwice,
    Mismatch,
    OfferedHome,
    Pins,
    UnknownPin,
    homes_again,
    mismatch,
    propose,
)
from chezsoi.engines.matching.joint.again import repaired
from tests.engines.matching import strategies
from tests.engines.matching.builders import RULES, TODAY, household
from tests.engines.matching.campaigns import campaign
from tests.engines.matching.joint.test_proposals import OFFERED, joint, offered


def answered(found):
    return {each.ref: each.home for each in found.answers}


def housed(homes):
    return {ref for ref, home in homes.items() if home is not None}


@st.composite
def decided(draw):
    """Draw a round and what people decided of it, among what was proposed as often as not."""
    households, homes = draw(strategies.populations(most=9)), draw(OFFERED)
    asked = joint(households, homes)
    before = answered(propose(asked))
    pairs = [(home, ref) for ref, home in before.items() if home is not None]
    pairs += [(one.home.ref, each.ref) for one in homes for each in households]
    some = st.lists(st.sampled_from(pairs), max_size=3) if pairs else st.just([])
    held = draw(some)
    unique = [each for place, each in enumerate(held) if not any(set(each) & set(other) for other in held[:place])]
    return replace(asked, pins=Pins(held=tuple(unique), refused=tuple(draw(some)))), before


def missed(asked, homes):
    """Add up how far the homes given are from the wishes."""
    people, places = {each.ref: each for each in asked.households}, {each.home.ref: each.home for each in asked.offered}
    each = [mismatch(people[ref], places[home]) for ref, home in homes.items() if home is not None]
    return Mismatch(sum(m.wish for m in each), sum(m.spare_rooms for m in each), sum(m.effort for m in each))


def check(drawn):
    asked, before = drawn

    found, whole = repaired(asked, before), propose(asked)

    assert list(found) == list(answered(whole))
    assert housed(found) == housed(answered(whole))
    assert missed(asked, found) == whole.mismatch
    given_ = [home for home in found.values() if home is not None]
    assert len(given_) == len(set(given_))
    assert all(found[ref] == home for home, ref in asked.pins.held)
    assert not {(home, ref) for ref, home in found.items()} & (set(asked.pins.refused) - set(asked.pins.held))


@settings(max_examples=150, deadline=None)
@given(decided())
def test_a_repaired_round_serves_whom_a_whole_one_serves_at_the_same_mismatch(drawn):
    check(drawn)


@pytest.mark.drill
def test_a_repaired_round_answers_as_a_whole_one_ten_thousand_times(record_result):
    tried = campaign(check, decided())

    record_result("matching-joint-again", **tried)
    assert tried["faults"] == 0


def pair():
    """Describe two alike, the first before the second, and two homes alike."""
    first = household(ref="first", waiting_since=TODAY.replace(year=2020))
    return joint([first, household(ref="second", waiting_since=TODAY.replace(year=2021))], [offered("a"), offered("b")])


def test_who_need_not_move_stays_where_homes_are_alike():
    asked = replace(pair(), pins=Pins(held=(("a", "second"),)))

    assert homes_again(asked, {"first": "b", "second": "a"}) == {"first": "b", "second": "a"}


@pytest.mark.parametrize(
    "held", [(("a", "first"), ("a", "second")), (("a", "first"), ("b", "first"))], ids=["one home", "one household"]
)
def test_two_decisions_that_clash_are_said(held):
    with pytest.raises(HomeGivenTwice):
        homes_again(replace(pair(), pins=Pins(held=held)), {"first": "a", "second": "b"})


def test_a_decision_about_somebody_else_is_said():
    with pytest.raises(UnknownPin):
        homes_again(replace(pair(), pins=Pins(refused=(("a", "nobody"),))), {"first": "a", "second": "b"})


@pytest.mark.parametrize(
    "before",
    [
        {},
        {"first": "a"},
        {"first": "a", "second": None},
        {"first": None, "second": "a"},
        {"first": "a", "second": "gone"},
        {"first": "a", "second": "b", "third": None},
    ],
    ids=["nothing", "one alone", "one left out", "the second alone", "a home of elsewhere", "somebody of elsewhere"],
)
def test_what_the_rules_would_not_answer_today_is_searched_again(before):
    asked = replace(pair(), pins=Pins(refused=(("a", "first"),)))

    assert repaired(asked, before) is None
    assert homes_again(asked, before) == {"first": "b", "second": "a"}


def rooms(*, apart):
    shared = [OfferedHome(home=replace(offered(ref).home, shared_home="flat"), rules=RULES) for ref in ("r1", "r2")]
    people = [
        household(ref=ref, waiting_since=TODAY.replace(year=2020 + place), sharing=Sharing.ALSO, rooms_max=None)
        for place, ref in enumerate(("a", "b", "c"))
    ]
    return replace(joint(people, shared), company=Company(apart=apart))


def test_company_that_could_count_in_a_shared_home_is_searched_again_whole():
    asked = rooms(apart=(("a", "b"),))
    before = answered(propose(asked))
    after = replace(asked, pins=Pins(refused=((before["a"], "a"),)))

    assert (housed(before), repaired(after, before)) == ({"a", "c"}, None)
    assert homes_again(after, before) == answered(propose(after))


def test_rooms_where_nobody_refuses_anybody_are_repaired():
    asked = rooms(apart=())
    before = answered(propose(asked))
    refused = replace(asked, pins=Pins(refused=(("r1", "a"), ("r2", "a"))))

    assert (housed(before), housed(repaired(refused, before))) == ({"a", "b"}, {"b", "c"})
