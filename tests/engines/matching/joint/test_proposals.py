"""Joint rounds against an exhaustive search on small files, and every answer against a round drawn again."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.engines.matching import HouseholdListedTwice, NobodyToShortlist, RuleCode, Verdict, reasons
from chezsoi.engines.matching.joint import (
    HomeListedTwice,
    Joint,
    Mismatch,
    OfferedHome,
    Pins,
    UnknownPin,
    mismatch,
    propose,
)
from tests.engines.matching import strategies
from tests.engines.matching.builders import GRID, LOTTERY, PRIVATE_HOME, RULES, TODAY, decimals, household

HOMES = st.builds(
    lambda ref, commune, rent: OfferedHome(
        home=replace(PRIVATE_HOME, ref=ref, commune=commune, rent_per_month=rent), rules=RULES
    ),
    ref=st.sampled_from(["T2-Metz", "B", "C", "D"]),
    commune=st.sampled_from(["57463", "57751"]),
    rent=st.sampled_from(decimals(240, 300, 360)),
)
OFFERED = st.lists(HOMES, max_size=4, unique_by=lambda each: each.home.ref).map(tuple)


def joint(households, offered, *, size=4, pins=None):
    return Joint(
        offered=tuple(offered), households=tuple(households), grid=GRID, lottery=LOTTERY, on=TODAY, size=size,
        pins=pins or Pins(),
    )  # fmt: skip


def offered(ref, **changes):
    return OfferedHome(home=replace(PRIVATE_HOME, ref=ref, **changes), rules=RULES)


def compatible(each, one):
    return all(reason.verdict is not Verdict.FAIL for reason in reasons(each, one.home, one.rules))


def every_sharing(households, homes):
    """List every way to give at most one home to each, as tuples of homes or None, in the order of households."""
    for given_ in product([None, *range(len(homes))], repeat=len(households)):
        taken = [column for column in given_ if column is not None]
        fits = (c is None or compatible(h, homes[c]) for h, c in zip(households, given_, strict=True))
        if len(set(taken)) == len(taken) and all(fits):
            yield given_


def missed(households, homes, sharing):
    each = [
        mismatch(household_, homes[column].home)
        for household_, column in zip(households, sharing, strict=True)
        if column is not None
    ]
    return Mismatch(sum(m.wish for m in each), sum(m.spare_rooms for m in each), sum(m.effort for m in each))


@settings(max_examples=60)
@given(strategies.populations(most=5), OFFERED)
def test_the_best_of_all_sharings_in_order_then_in_wishes(households, homes):
    found = propose(joint(households, homes))

    known = {each.ref: each for each in households}
    ranked = [known[answer.ref] for answer in found.answers]
    best = max(
        every_sharing(ranked, homes),
        key=lambda sharing: ([c is not None for c in sharing], _less(missed(ranked, homes, sharing))),
    )
    assert [answer.home is not None for answer in found.answers] == [column is not None for column in best]
    assert found.mismatch == missed(ranked, homes, best)


@settings(max_examples=60)
@given(strategies.populations(most=8), OFFERED)
def test_an_answer_holds_when_the_round_is_drawn_again(households, homes):
    found = propose(joint(households, homes))

    for answer in found.answers:
        again = _widened(households, answer)
        if again is not None:
            assert _answer(propose(joint(again, homes)), answer.ref).home is not None
        if answer.last is not None:
            without = [each for each in households if each.ref != answer.last]
            assert answer.last_place < answer.place
            assert _answer(propose(joint(without, homes)), answer.last) is None
        if answer.blocking:
            held = [one for one in found.homes if one.home in answer.blocking]
            places = [one.candidates[0].place for one in held]
            assert len(held) == len(answer.blocking)
            assert max(places) == answer.last_place < answer.place


@settings(max_examples=60)
@given(strategies.populations(most=8), OFFERED, st.integers(1, 4))
def test_candidates_are_the_household_proposed_then_those_proposed_nothing(households, homes, size):
    found = propose(joint(households, homes, size=size))

    for one in found.homes:
        holders = [answer.ref for answer in found.answers if answer.home == one.home]
        others = one.candidates[len(holders) :]
        keys = [(each.proposed_elsewhere is not None, each.place) for each in others]
        assert len(one.candidates) == min(size, one.compatible)
        assert [each.ref for each in one.candidates[: len(holders)]] == holders
        assert keys == sorted(keys)
        assert holders or all(each.proposed_elsewhere for each in others)


def test_whoever_could_make_room_moves_so_that_more_are_housed():
    first = household(ref="first", wished_communes=(), labels=frozenset({"dalo"}))
    second = household(ref="second", wished_communes=("57463",), labels=frozenset())
    metz, elsewhere = offered("metz", commune="57463"), offered("elsewhere", commune="57751")

    found = propose(joint([second, first], [metz, elsewhere]))

    assert {answer.ref: answer.home for answer in found.answers} == {"first": "elsewhere", "second": "metz"}


def test_says_the_one_commune_that_would_change_it():
    here = household(ref="here", wished_communes=("57463",), labels=frozenset({"dalo"}))
    behind = household(ref="behind", wished_communes=("57463",), labels=frozenset())

    found = propose(joint([here, behind], [offered("metz"), offered("woippy", commune="57751")]))

    answer = _answer(found, "behind")
    assert (answer.blocking, answer.last, answer.last_place) == (("metz",), "here", 1)
    assert (answer.relaxation.wish, answer.relaxation.accept) == (RuleCode.COMMUNE_IS_WISHED, "57751")


def test_never_offers_to_widen_a_need():
    needs = household(ref="needs", needs_wheelchair=True, wished_communes=())

    (answer,) = propose(joint([needs], [offered("stairs", wheelchair=False)])).answers

    assert (answer.possible, answer.relaxation, answer.last) == (0, None, None)


def test_a_decision_already_taken_holds_and_the_rest_is_searched_again():
    best = household(ref="best", labels=frozenset({"dalo"}))
    chosen = household(ref="chosen", labels=frozenset())
    homes = [offered("metz"), offered("other")]

    found = propose(joint([best, chosen], homes, pins=Pins(held=(("metz", "chosen"),))))
    refused = propose(joint([best, chosen], homes[:1], pins=Pins(refused=(("metz", "best"),))))

    assert {answer.ref: answer.home for answer in found.answers} == {"best": "other", "chosen": "metz"}
    assert {answer.ref: answer.home for answer in refused.answers} == {"best": None, "chosen": "metz"}


def test_says_what_cannot_be_drawn():
    one = household(ref="one")

    with pytest.raises(NobodyToShortlist):
        propose(joint([one], [], size=0))
    with pytest.raises(HomeListedTwice):
        propose(joint([one], [offered("metz"), offered("metz")]))
    with pytest.raises(HouseholdListedTwice):
        propose(joint([one, one], [offered("metz")]))
    with pytest.raises(UnknownPin):
        propose(joint([one], [offered("metz")], pins=Pins(held=(("metz", "nobody"),))))


def _less(found):
    return (-found.wish, -found.spare_rooms, -found.effort)


def _answer(found, ref):
    return next((answer for answer in found.answers if answer.ref == ref), None)


def _widened(households, answer):
    relaxation = answer.relaxation
    if relaxation is None:
        return None
    household_ = next(each for each in households if each.ref == answer.ref)
    if relaxation.wish is RuleCode.COMMUNE_IS_WISHED:
        wider = replace(household_, wished_communes=(*household_.wished_communes, relaxation.accept))
    else:
        wider = replace(household_, rooms_max=relaxation.accept)
    return [wider if each.ref == answer.ref else each for each in households]
