"""The checker of exchanges believes what is right, rejects every lie, and says on whose word."""

import json
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.engines.matchcheck import ResultRejected, exchanges
from chezsoi.engines.matchcheck.exchanges import check_exchange, check_moves
from chezsoi.engines.matching.constrained.tenants import as_mapping, exchange_homes, read_tenants
from tests.engines.matching.constrained.tenancies import FILES, best, files, spoiled, tenancies

SAID = as_mapping(exchange_homes(read_tenants(*FILES)), seconds=0)
LIES = spoiled(SAID)


def checked(said, texts=FILES):
    return check_exchange(*texts, json.dumps(said).encode())


def without_prices(monkeypatch):
    monkeypatch.setattr(exchanges, "linprog", lambda *_, **__: SimpleNamespace(status=1))


def test_the_instance_solved_by_hand_is_proved_by_prices():
    assert checked(SAID) == "prices"


@given(tenancies, st.sampled_from([2, 3]))
@settings(max_examples=40, deadline=None)
def test_what_the_engine_says_is_believed_and_one_move_more_is_not(rows, longest):
    said = as_mapping(exchange_homes(read_tenants(*files(rows)), longest=longest), seconds=0)

    assert checked(said, files(rows)) in {"prices", "search"}
    assert (said["moves"], said["total_mismatch"]) == best(rows, longest=longest)
    if said["cycles"]:
        with pytest.raises(ResultRejected):
            checked(said | {"cycles": [], "moves": 0, "total_mismatch": 0}, files(rows))


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_rejected_with_a_reason(lie):
    with pytest.raises(ResultRejected) as rejected:
        checked(LIES[lie])

    assert str(rejected.value).endswith(".")


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ("fewer moves", "5 tenants could move, not 4."),
        ("a cycle dropped", "5 tenants could move, not 3."),
        ("a costlier exchange", "As many could move with a mismatch of 405, not 445."),
    ],
)
def test_a_worse_exchange_truly_said_is_beaten_by_a_better_one(lie, reason):
    with pytest.raises(ResultRejected, match=reason):
        checked(LIES[lie])


def test_without_prices_the_solver_is_asked_again_and_it_is_said(monkeypatch):
    without_prices(monkeypatch)

    assert checked(SAID) == "search"


@pytest.mark.parametrize("over_at", [1, 2])
def test_a_search_that_is_not_over_verifies_nothing(monkeypatch, over_at):
    without_prices(monkeypatch)
    asked, search = [], exchanges.milp

    def slow(*arguments, **options):
        asked.append(1)
        return SimpleNamespace(status=1) if len(asked) == over_at else search(*arguments, **options)

    monkeypatch.setattr(exchanges, "milp", slow)

    assert checked(SAID) == "nothing"


def test_a_file_that_is_no_json_or_cannot_be_listed_is_rejected(monkeypatch):
    with pytest.raises(ResultRejected, match="not a JSON file"):
        check_exchange(*FILES, b"{")
    monkeypatch.setattr(exchanges, "MOST_CYCLES", 1)
    with pytest.raises(ResultRejected, match="more than 1 ways"):
        checked(SAID)


ASKED = {(0, 1): 4, (1, 0): 1, (1, 2): 0, (2, 0): 2, (2, 1): 9}
BEST = {"cycles": [(0, 1, 2)], "moves": 3, "mismatch": 6, "longest": 3}


def test_cycles_chosen_among_wishes_told_are_believed_when_none_is_better():
    assert check_moves(ASKED, **BEST) == "prices"
    assert check_moves(ASKED, **BEST | {"cycles": [(0, 1)], "moves": 2, "mismatch": 5, "longest": 2}) == "prices"
    assert check_moves({}, **BEST | {"cycles": [], "moves": 0, "mismatch": 0}) == "prices"


@pytest.mark.parametrize(
    "lie",
    [
        {"cycles": [(0, 1)], "moves": 2, "mismatch": 5},
        {"cycles": [(1, 2)], "moves": 2, "mismatch": 9, "longest": 2},
        {"cycles": [(0, 2, 1)]},
        {"cycles": [(0, 1, 2), (0, 1)], "moves": 5, "mismatch": 11},
        {"cycles": [(0, 1, 2)], "longest": 2},
        {"moves": 2},
        {"mismatch": 5},
    ],
)
def test_cycles_unwished_doubled_too_long_summed_wrong_or_beaten_are_not(lie):
    with pytest.raises(ResultRejected):
        check_moves(ASKED, **BEST | lie)
