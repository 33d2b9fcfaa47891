"""The price of places of support in a joint round: who would be housed were they a limit, never applied."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from chezsoi.engines.matching.joint import Caseloads, Joint, OfferedHome, Pins, housed_within, propose
from tests.engines.matching.builders import GRID, LOTTERY, RULES, TODAY, home, household

REFS = ("a", "b", "c", "d")
KINDS = ("light", "strong")


def asked(homes, **changes):
    """Describe four households in the order of their names, for as many homes as are told."""
    return Joint(
        offered=tuple(OfferedHome(home=home(ref=f"T{number}"), rules=RULES) for number in range(homes)),
        households=tuple(
            household(ref=ref, waiting_since=TODAY.replace(year=TODAY.year - 3, month=1 + place))
            for place, ref in enumerate(REFS)
        ),
        grid=GRID,
        lottery=LOTTERY,
        on=TODAY,
        size=4,
        **changes,
    )


def test_the_second_who_wishes_a_place_there_is_not_would_step_back_for_the_third():
    caseloads = Caseloads(wishes=(("a", "strong"), ("b", "strong")), places=(("strong", 1),))

    assert housed_within(asked(2), caseloads) == ("a", "c")
    assert [each.ref for each in propose(asked(2)).answers if each.home] == ["a", "b"]


def test_a_kind_nobody_spoke_of_is_not_limited_and_a_decision_taken_holds():
    wishes = (("a", "strong"), ("b", "strong"), ("z", "strong"))

    assert housed_within(asked(2), Caseloads(wishes=wishes, places=())) == ("a", "b")
    held = asked(2, pins=Pins(held=(("T0", "b"),)))
    assert housed_within(held, Caseloads(wishes=wishes, places=(("strong", 1),))) == ("b", "c")


@given(
    st.integers(1, 4),
    st.dictionaries(st.sampled_from(REFS), st.sampled_from(KINDS)),
    st.dictionaries(st.sampled_from(KINDS), st.integers(0, 2)),
)
def test_is_the_first_set_in_the_published_order_of_every_one_there_is(homes, wishes, places):
    found = housed_within(asked(homes), Caseloads(wishes=tuple(wishes.items()), places=tuple(places.items())))

    possible = [
        chosen
        for size in range(homes + 1)
        for chosen in combinations(REFS, size)
        if all(sum(wishes.get(ref) == kind for ref in chosen) <= limit for kind, limit in places.items())
    ]
    assert found == min(possible, key=lambda chosen: [ref not in chosen for ref in REFS])
