"""Whose turn a vacancy is: by hand, by properties, and against shares counted again with integers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.law.parameters import Status
from chezsoi.law.reservations import (
    NobodyToAsk,
    Party,
    answer_days_on,
    is_flow_compulsory_on,
    prefect_share_on,
    priority_share_on,
    whose_turn,
)

DAY = date(2026, 11, 23)
SHARES = {"prefect": 30, "town": 20, "action": 15, "own": 35}


def party(key, percent, vacancies, turned_over):
    return Party(
        key=key,
        share=Decimal(percent) / 100,
        vacancies=vacancies,
        turned_over=turned_over,
        is_landlord=key == "own",
    )


def a_year(vacancies, shares=SHARES):
    """Turn every vacancy of a year over once, and list whose turn each was."""
    given_to = dict.fromkeys(shares, 0)
    order = []
    for number in range(1, vacancies + 1):
        parties = [party(key, percent, number, given_to[key]) for key, percent in shares.items()]
        chosen = whose_turn(parties, is_first=True).key
        given_to[chosen] += 1
        order.append(chosen)
    return order


def counted_again(vacancies, shares=SHARES):
    """Do the same with integers: who is owed most hundredths of a vacancy, then the larger share, then the name."""
    given_to = dict.fromkeys(shares, 0)
    order = []
    for number in range(1, vacancies + 1):
        owed = {key: percent * number - 100 * given_to[key] for key, percent in shares.items()}
        most = max(owed.values())
        tied = [key for key, amount in owed.items() if amount == most]
        largest = max(shares[key] for key in tied)
        chosen = sorted(key for key in tied if shares[key] == largest)[0]
        given_to[chosen] += 1
        order.append(chosen)
    return order


class TestFigures:
    def test_say_their_source_and_what_is_unsure(self):
        assert (prefect_share_on(DAY).number, prefect_share_on(DAY).status) == (
            Decimal("0.3"),
            Status.TO_BE_CONFIRMED,
        )
        assert priority_share_on(DAY).status is Status.VERIFIED
        assert answer_days_on(DAY).to_confirm

    def test_flow_is_compulsory_since_its_day(self):
        days = [date(2020, 1, 1), date(2023, 11, 23), date(2023, 11, 24), DAY]
        assert [is_flow_compulsory_on(day) for day in days] == [False, False, True, True]


class TestWhoseTurn:
    def test_ten_vacancies_by_hand_and_twenty_by_count(self):
        assert a_year(10) == [
            *("own", "prefect", "town", "action", "own", "prefect", "own", "town", "prefect", "own"),
        ]
        assert {key: a_year(20).count(key) for key in SHARES} == {"own": 7, "prefect": 6, "town": 4, "action": 3}

    def test_once_a_holder_was_asked_the_landlord_is_last(self):
        parties = [party("own", 80, 5, 0), party("town", 20, 5, 3)]
        assert whose_turn(parties, is_first=True).key == "own"
        assert whose_turn(parties, is_first=False).key == "town"
        assert whose_turn(parties[:1], is_first=False).key == "own"

    def test_equal_gaps_go_to_the_larger_share_then_to_the_name(self):
        even = [party("b", 20, 5, 0), party("c", 40, 5, 1), party("a", 20, 5, 0)]
        assert whose_turn(even, is_first=True).key == "c"
        assert whose_turn([even[0], even[2]], is_first=True).key == "a"

    def test_asks_somebody(self):
        with pytest.raises(NobodyToAsk):
            whose_turn([], is_first=True)

    @given(st.lists(st.integers(1, 60), min_size=1, max_size=5), st.integers(1, 60))
    def test_over_a_year_is_what_integers_say_and_never_one_vacancy_too_many(self, percents, vacancies):
        shares = {f"h{number}": percent for number, percent in enumerate(percents)}
        if sum(shares.values()) >= 100:
            shares = {"h0": 50}
        shares["own"] = 100 - sum(shares.values())

        order = a_year(vacancies, shares)

        assert order == counted_again(vacancies, shares)
        for key, percent in shares.items():
            assert order.count(key) * 100 - percent * vacancies < 100
