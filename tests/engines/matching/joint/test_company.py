"""Rooms of shared homes in a joint round: wishes and refusals of company, and what each household is told."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from chezsoi.engines.matching import Sharing
from chezsoi.engines.matching.joint import Company, Joint, OfferedHome, Pins, propose
from tests.engines.matching import strategies
from tests.engines.matching.builders import GRID, LOTTERY, RULES, TODAY, home, household

REFS = ("a", "b", "c", "d")


def room(ref, shared_home="flat", **changes):
    facts = {"rooms": 1, "surface_m2": Decimal(10), **changes}
    return OfferedHome(home=home(ref=ref, shared_home=shared_home, **facts), rules=RULES)


def own(ref, **changes):
    return OfferedHome(home=home(ref=ref, **changes), rules=RULES)


def sharer(ref, months=0, **changes):
    """Describe a household that would share, first in the order when it waits since long."""
    since = TODAY.replace(year=TODAY.year - 3, month=1 + months)
    return household(ref=ref, waiting_since=since, sharing=changes.pop("sharing", Sharing.ALSO), **changes)


def waiting():
    return tuple(sharer(ref, place) for place, ref in enumerate(REFS))


def drawn(offered, households=None, **changes):
    everyone = households or waiting()
    asked = Joint(offered=tuple(offered), households=everyone, grid=GRID, lottery=LOTTERY, on=TODAY, size=4, **changes)
    return propose(asked)


def homes_of(found):
    return {each.ref: each.home for each in found.answers}


@given(strategies.populations(8), st.lists(strategies.homes(), max_size=4, unique_by=lambda each: each.ref))
def test_company_of_nobody_here_changes_nothing(households, offered):
    homes = [OfferedHome(home=each, rules=RULES) for each in offered]
    strangers = Company(apart=(("x", "y"),), together=(("x", "z"),), barred=(("whole", "x"),))

    assert drawn(homes, households or waiting()) == drawn(homes, households or waiting(), company=strangers)


def test_who_is_kept_out_by_company_is_answered_as_whoever_comes_too_late_is():
    flat, company = [room("r1"), room("r2")], Company(apart=(("b", "a"),))
    found, barred = drawn(flat, company=company), drawn(flat, company=Company(barred=(("flat", "b"),)))

    assert [each.home is None for each in found.answers] == [each.home is None for each in barred.answers]
    assert homes_of(found) == {"a": "r1", "b": None, "c": "r2", "d": None}
    for each in (found.answers[1], found.answers[3], barred.answers[1], barred.answers[3], drawn(flat).answers[3]):
        assert (each.home, each.possible, each.blocking, each.last, each.relaxation) == (None, 2, (), None, None)


def test_who_waits_for_a_home_of_its_own_that_a_room_would_free_is_answered_alike_too():
    households = (sharer("a", 0), sharer("b", 1), sharer("c", 2), sharer("d", 3, sharing=Sharing.OWN))
    offered = [room("r1"), room("r2"), own("T2")]
    plain, kept = drawn(offered, households), drawn(offered, households, company=Company(apart=(("a", "b"),)))

    assert homes_of(plain)["d"] is homes_of(kept)["d"] is None
    assert plain.answers[3] == kept.answers[3]
    assert (kept.answers[3].possible, kept.answers[3].blocking) == (1, ())


def test_a_wider_wish_is_still_told_where_it_leads_to_a_home_of_one_s_own():
    elsewhere = own("T2", commune="57412")
    found = drawn([room("r1"), room("r2"), elsewhere], company=Company(apart=(("a", "b"),)))

    told = next(each for each in found.answers if each.ref == "b")
    assert told.relaxation.home == "T2"


def test_those_who_both_wish_it_share_and_nobody_is_left_out_for_it():
    offered = [room("r1"), room("r2"), room("s1", "other"), room("s2", "other")]
    found = drawn(offered, company=Company(together=(("a", "d"),)))

    homes = homes_of(found)
    assert None not in homes.values()
    assert homes["a"][0] == homes["d"][0] != homes["b"][0]


@given(
    st.sets(st.sampled_from([(one, other) for one in REFS for other in REFS if one < other])),
    st.sets(st.sampled_from(REFS)),
)
def test_nothing_but_who_is_proposed_which_room_depends_on_company(apart, barred):
    offered = [room("r1"), room("r2"), room("s1", "other"), own("T2", commune="57412")]
    company = Company(apart=tuple(sorted(apart)), barred=tuple(("flat", each) for each in sorted(barred)))
    found, plain = drawn(offered, company=company), drawn(offered)

    assert [home.compatible for home in found.homes] == [home.compatible for home in plain.homes]
    assert all(len(home.candidates) <= 1 for home in found.homes if home.home != "T2")
    said = {(each.possible, each.blocking, each.last) for each in found.answers if each.home is None}
    assert said <= {(3, (), None)}
    roofs = {each.ref: each.home[0] for each in found.answers if each.home}
    assert not any(one in roofs and roofs[one] == roofs.get(other) for one, other in apart)
    assert not any(roofs.get(each) == "r" for each in barred)


def test_a_decision_taken_holds_even_for_who_was_barred():
    company = Company(barred=(("flat", "a"),))
    found = drawn([room("r1"), room("r2")], company=company, pins=Pins(held=(("r1", "a"),)))

    assert homes_of(found) == {"a": "r1", "b": "r2", "c": None, "d": None}


def test_a_decision_taken_holds_against_the_order_and_against_company():
    company = Company(apart=(("a", "b"), ("a", "c")))
    held = drawn([room("r1"), room("r2")], company=company, pins=Pins(held=(("r1", "c"),)))
    both = drawn([room("r1"), room("r2")], company=company, pins=Pins(held=(("r1", "a"), ("r2", "c"))))

    assert homes_of(held) == {"a": None, "b": "r2", "c": "r1", "d": None}
    assert homes_of(both) == {"a": "r1", "b": None, "c": "r2", "d": None}


def test_only_those_who_wish_to_share_are_proposed_a_room_and_only_others_a_home_of_their_own():
    households = (
        sharer("a", 0, sharing=Sharing.OWN),
        sharer("b", 1, sharing=Sharing.ONLY),
        sharer("c", 2),
    )
    found = drawn([room("r1"), own("T2")], households)

    assert homes_of(found) == {"a": "T2", "b": "r1", "c": None}


def test_rooms_wished_are_for_a_home_of_one_s_own():
    asks = replace(sharer("a"), rooms_min=2, rooms_max=3)

    assert homes_of(drawn([room("r1")], (asks,))) == {"a": "r1"}
