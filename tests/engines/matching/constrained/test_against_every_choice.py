"""The set, its mismatch and the alternative are those found by trying every choice."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.engines.matching.constrained.alternative import most_housed
from chezsoi.engines.matching.constrained.market import Market
from chezsoi.engines.matching.constrained.price import price_of_floors
from chezsoi.engines.matching.constrained.where import place
from chezsoi.engines.matching.constrained.who import FloorOutOfReach, select
from tests.engines.matching.campaigns import campaign
from tests.engines.matching.constrained.markets import choices, housed, markets, mismatch, respects

points = st.lists(st.integers(0, 5), min_size=7, max_size=7)


def check(market: Market, drawn: list[int]) -> None:
    allowed = [choice for choice in choices(market) if respects(market, choice)]
    if not allowed:
        with pytest.raises(FloorOutOfReach):
            select(market)
        return
    best = max([who in housed(choice) for who in range(market.households)] for choice in allowed)
    expected = tuple(np.flatnonzero(best).tolist())

    found = select(market)
    assert found.kept == expected
    assert found.undecided == ()
    placed = place(market, found)
    least = min(mismatch(market, choice) for choice in allowed if housed(choice) == expected)
    assert (placed.cost, placed.bound) == (least, least)
    check_alternative(market, np.array(drawn[: market.households]), allowed)


def check_alternative(market, drawn, allowed):
    best = max((len(housed(each)), sum(drawn[list(housed(each))]), -mismatch(market, each)) for each in allowed)

    found = most_housed(market, select(market), drawn)

    assert (found.housed, found.points, -found.mismatch) == best
    assert found.is_proved


@given(markets(), points)
@settings(max_examples=60, deadline=None)
def test_equal_to_every_choice(market, drawn):
    check(market, drawn)


@pytest.mark.drill
def test_equal_to_every_choice_ten_thousand_times(record_result):
    tried = campaign(check, markets(), points)

    record_result("matching-constrained", **tried)
    assert tried["faults"] == 0


@given(markets())
@settings(max_examples=30, deadline=None)
def test_the_price_of_floors_is_the_difference_with_none(market):
    try:
        found = select(market)
    except FloorOutOfReach:
        return

    price = price_of_floors(market, found)

    without = set(select(market.without_floors()).kept)
    assert set(found.kept) == without - set(price.steps_back) | set(price.steps_in)
    assert not without & set(price.steps_in)
