"""The published order: strict, total, indifferent to the order of arrival."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.engines.matching import HouseholdListedTwice, SettledBy, Standing, order

STANDINGS = st.lists(
    st.builds(
        Standing,
        ref=st.integers(0, 50).map(str),
        points=st.integers(0, 3),
        waiting_since=st.sampled_from([None, date(2024, 1, 1), date(2025, 1, 1)]),
        ticket=st.sampled_from([b"1", b"2", b"3"]),
    ),
    unique_by=lambda standing: standing.ref,
)


def standing(ref, points=90, since=None, ticket=b"1"):
    return Standing(ref=ref, points=points, waiting_since=since and date(since, 1, 1), ticket=ticket)


def refs(places):
    return [place.standing.ref for place in places]


class TestOrder:
    ENTRANTS = (
        standing("drawn second", since=2024, ticket=b"9"),
        standing("fewer points", points=60, since=2015, ticket=b"0"),
        standing("no date", ticket=b"0"),
        standing("drawn first", since=2024, ticket=b"3"),
        standing("younger", since=2025, ticket=b"0"),
        standing("most points", points=150, ticket=b"9"),
    )

    def test_goes_by_points_then_waiting_then_lottery(self):
        places = order(self.ENTRANTS, grid_counts_waiting=False)

        assert refs(places) == [
            "most points",
            "drawn first",
            "drawn second",
            "younger",
            "no date",
            "fewer points",
        ]
        assert [place.settled_by.value for place in places] == [
            "points",
            "lottery",
            "lottery",
            "waiting",
            "waiting",
            "points",
        ]
        assert [place.others_on_same_points for place in places] == [0, 3, 3, 3, 3, 0]

    def test_does_not_count_waiting_twice(self):
        places = order(self.ENTRANTS, grid_counts_waiting=True)

        assert refs(places) == ["most points", "no date", "younger", "drawn first", "drawn second", "fewer points"]
        assert {place.settled_by for place in places[1:5]} == {SettledBy.LOTTERY}

    def test_refuses_a_household_listed_twice(self):
        with pytest.raises(HouseholdListedTwice, match="twice"):
            order([standing("once"), standing("twice"), standing("twice")], grid_counts_waiting=True)

    @given(STANDINGS, st.booleans(), st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order_of_arrival(self, standings, counts, random):
        shuffled = random.sample(standings, len(standings))

        assert order(shuffled, grid_counts_waiting=counts) == order(standings, grid_counts_waiting=counts)

    @given(STANDINGS, st.booleans())
    def test_gives_every_household_one_rank(self, standings, counts):
        places = order(standings, grid_counts_waiting=counts)

        assert [place.rank for place in places] == list(range(1, len(standings) + 1))
        assert sorted(refs(places)) == sorted(one.ref for one in standings)

    @given(STANDINGS, st.booleans(), st.data())
    def test_keeps_the_others_in_order_when_one_leaves(self, standings, counts, data):
        leaves = data.draw(st.sampled_from(["none", *(one.ref for one in standings)]))
        stay = [one for one in standings if one.ref != leaves]

        expected = [ref for ref in refs(order(standings, grid_counts_waiting=counts)) if ref != leaves]

        assert refs(order(stay, grid_counts_waiting=counts)) == expected
