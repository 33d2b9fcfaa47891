"""The least mismatch by assignments at prices: by hand, against every choice, against the other search."""

import numpy as np
import pytest
from benchmarks.constrained import drawn
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.engines.matching.assignment.which import EXACT
from chezsoi.engines.matching.constrained.least import by_assignments
from chezsoi.engines.matching.constrained.market import Caseload, market_of
from chezsoi.engines.matching.constrained.program import SCALE, lower_bound
from chezsoi.engines.matching.constrained.solving import solve
from chezsoi.engines.matching.constrained.where import place, placing
from chezsoi.engines.matching.constrained.who import select
from tests.engines.matching.constrained.markets import choices, housed, markets, mismatch, respects

A_MINUTE = 60.0


def two_households_who_would_both_live_in_the_first_sector(*, dearer=9):
    """Homes 0 and 1 share a caseload of one place; home 2, elsewhere, suits both less."""
    return market_of(
        [(0, 0, 1), (0, 2, 4), (1, 1, 2), (1, 2, dearer)],
        households=2,
        sector=[0, 0, 1],
        intensity=[1, 1],
        caseloads=(Caseload(sector=0, intensity=1, capacity=1),),
    )


def test_the_price_of_a_place_sends_elsewhere_whoever_loses_least_by_it():
    market = two_households_who_would_both_live_in_the_first_sector()
    selection = select(market)

    found = by_assignments(placing(market, selection.kept), selection.pairs, seconds=A_MINUTE)

    # Both where they wish: 1 + 2. Household 0 loses 4 - 1 elsewhere, household 1 loses 9 - 2.
    assert (found.cost, found.bound, found.by_prices) == (6, 6, True)
    assert market.home[found.pairs].tolist() == [2, 1]
    assert found.prices.caseloads[0] >= 3 * SCALE


def test_what_prices_cannot_prove_is_settled_by_the_other_search():
    # Households 1 and 2 may not both be in one sector. In fractions each home is half let: 3 + 3/2, rounded up. In
    # whole numbers 1 in home 3 and 2 in home 0 leave nothing to household 0, so 1 must go to home 1.
    market = market_of(
        [(0, 0, 3), (0, 3, 3), (1, 1, 3), (1, 3, 0), (2, 0, 0), (2, 2, 0)],
        households=3,
        sector=[0, 0, 1, 1],
        intensity=[0, 1, 1],
        caseloads=(Caseload(sector=0, intensity=1, capacity=1), Caseload(sector=1, intensity=1, capacity=1)),
    )
    selection = select(market)

    found = by_assignments(placing(market, selection.kept), selection.pairs, seconds=A_MINUTE)
    placed = place(market, selection)

    assert (found.cost, found.bound) == (6, 5)
    assert (placed.cost, placed.gap, placed.by_prices) == (6, 0, False)
    assert market.home[placed.pairs].tolist()[1:] == [1, 2]


def test_whole_prices_prove_the_bound_again():
    market = two_households_who_would_both_live_in_the_first_sector()
    selection = select(market)
    program = placing(market, selection.kept)

    found = by_assignments(program, selection.pairs, seconds=A_MINUTE)

    assert -(-lower_bound(program, found.prices)[0] // SCALE) == found.bound


def test_sums_that_would_not_be_exact_are_left_to_the_other_search():
    market = two_households_who_would_both_live_in_the_first_sector(dearer=EXACT // SCALE)
    selection = select(market)

    assert by_assignments(placing(market, selection.kept), selection.pairs, seconds=A_MINUTE) is None
    assert place(market, selection).cost == 6


@pytest.mark.parametrize("seed", [1, 4, 10])
def test_as_cheap_as_the_search_that_knows_nothing_of_assignments(seed):
    market = drawn(400, 80, seed=seed, with_floors=seed == 4)
    selection = select(market)
    program = placing(market, selection.kept)

    found = by_assignments(program, selection.pairs, seconds=A_MINUTE)
    other = solve(program, selection.pairs, seconds=A_MINUTE)

    assert other.gap == 0
    assert found.bound <= other.cost <= found.cost
    assert place(market, selection).cost == other.cost


@given(markets(floors=False), st.data())
@settings(max_examples=60, deadline=None)
def test_never_above_the_least_of_every_choice_nor_outside_the_limits(market, data):
    allowed = [choice for choice in choices(market) if respects(market, choice) and any(home >= 0 for home in choice)]
    if not allowed:
        return
    start = data.draw(st.sampled_from(allowed))
    pairs = np.array([market.pair(who, home) for who, home in enumerate(start) if home >= 0], dtype=np.int64)
    least = min(mismatch(market, choice) for choice in allowed if housed(choice) == housed(start))
    program = placing(market, housed(start))

    found = by_assignments(program, pairs, seconds=A_MINUTE)

    assert found.bound <= least <= found.cost
    assert found.gap == 0 or found.bound < found.cost
    lived = np.full(market.households, -1)
    lived[market.household[found.pairs]] = market.home[found.pairs]
    assert respects(market, tuple(lived.tolist()))
    assert housed(tuple(lived.tolist())) == housed(start)
    assert -(-lower_bound(program, found.prices)[0] // SCALE) == found.bound
