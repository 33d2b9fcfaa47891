"""Who would move to whose home, as the rules of one pair say, and the exchange that trying them all finds."""

from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.engines.matchcheck.exchanges import check_moves
from chezsoi.engines.matching import RuleCode, Verdict, reasons
from chezsoi.engines.matching.constrained.exchange import exchange, steps
from chezsoi.engines.matching.joint import Nearer, OfferedHome, Tenant, gains, mismatch, moves_wished
from tests.engines.matching import strategies
from tests.engines.matching.builders import RULES, home, household

TENANTS = st.lists(
    st.builds(
        Tenant,
        household=strategies.households(),
        home=st.builds(OfferedHome, home=strategies.homes(), rules=st.just(RULES)),
    ),
    max_size=5,
)


def tenant(lives_in, *wished, **changes):
    who = household(wished_communes=wished, **changes)
    return Tenant(household=who, home=OfferedHome(home=home(commune=lives_in), rules=RULES))


def suits(who, other):
    told = reasons(who.household, other.home.home, other.home.rules)
    return Verdict.FAIL not in {reason.verdict for reason in told}


def nearer(who, other):
    """Say again, pair by pair, that a home suits better than the one lived in."""
    if not suits(who, other):
        return False
    own = mismatch(who.household, who.home.home)
    return not suits(who, who) or mismatch(who.household, other.home.home) < own


def most_moves(wished):
    """Try every set of cycles of two and three."""
    everyone = sorted({one for step in wished for one in step})
    cycles = [
        cycle
        for size in (2, 3)
        for cycle in permutations(everyone, size)
        if cycle[0] == min(cycle) and set(steps(cycle)) <= wished
    ]
    return max(
        (
            sum(map(len, chosen))
            for count in range(3)
            for chosen in combinations(cycles, count)
            if len({one for cycle in chosen for one in cycle}) == sum(map(len, chosen))
        ),
        default=0,
    )


@given(TENANTS)
@settings(deadline=None)
def test_a_move_is_wished_when_no_rule_refuses_it_and_it_is_nearer_than_one_s_own(tenants):
    wished = {(wish.tenant, wish.home_of) for wish in moves_wished(tenants)}

    assert wished == {
        (one, other)
        for one, who in enumerate(tenants)
        for other, there in enumerate(tenants)
        if one != other and nearer(who, there)
    }


@given(TENANTS)
@settings(deadline=None, max_examples=60)
def test_the_exchange_found_is_believed_apart_and_moves_as_many_as_trying_them_all(tenants):
    wished = moves_wished(tenants)
    found = exchange(wished)
    told = {(wish.tenant, wish.home_of): wish.mismatch for wish in wished}

    proof = check_moves(told, found.cycles, moves=found.moves, mismatch=found.mismatch, longest=3)

    assert proof in {"prices", "search"}
    assert found.moves == most_moves(set(told))


@given(TENANTS)
@settings(deadline=None, max_examples=60)
def test_every_move_wished_gains_something_that_can_be_named(tenants):
    for wish in moves_wished(tenants):
        one, other = tenants[wish.tenant], tenants[wish.home_of]
        assert gains(one, other.home)


def test_a_gain_is_a_rule_one_s_own_home_fails_else_the_first_tier_that_is_nearer():
    elsewhere = OfferedHome(home=home(commune="57751"), rules=RULES)

    assert gains(tenant("57463", "57751"), elsewhere) == (RuleCode.COMMUNE_IS_WISHED,)
    assert gains(tenant("57463", "57751", "57463"), elsewhere) == (Nearer.COMMUNE,)


def test_nobody_wishes_nothing():
    assert moves_wished([]) == ()
