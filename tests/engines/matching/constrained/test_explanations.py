"""Every explanation is what a new run under the same constraints gives."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.engines.matching.constrained import outcome, who
from chezsoi.engines.matching.constrained.market import Caseload, Floor
from chezsoi.engines.matching.constrained.reading import market_of_instance
from chezsoi.engines.matching.constrained.who import FloorOutOfReach, select
from chezsoi.engines.matching.constrained.why import explain
from tests.engines.matching.assignment.instances import instances, read
from tests.engines.matching.campaigns import campaign
from tests.engines.matching.constrained.solved import INSTANCE, LIMITS

limits = st.fixed_dictionaries(
    {
        "caseloads": st.sets(st.tuples(st.integers(0, 1), st.integers(1, 3))).map(
            lambda drawn: tuple(Caseload(sector=one, intensity=two, capacity=1) for one, two in sorted(drawn))
        ),
        "floors": st.sampled_from([(), (Floor(group="B", minimum=1),), (Floor(group="B", minimum=2),)]),
    }
)


def in_sectors(rows):
    return rows[0], [home | {"sector": home["zone"] // 2} for home in rows[1]]


def kept(rows, limits):
    """Run again from the rows: the ids in the set."""
    instance = read(rows)
    found = select(market_of_instance(instance, limits["caseloads"], limits["floors"]))
    return {int(instance.households.id[rank]) for rank in found.kept}


def explained(rows, limits):
    instance = read(rows)
    market = market_of_instance(instance, limits["caseloads"], limits["floors"])
    found = select(market)
    return instance, market, found, explain(instance, market, found)


def moved(order, household, before):
    """Rank one household just before another, by order of points."""
    left = [one for one in order if one != household]
    left.insert(left.index(before), household)
    return {one: len(left) - place for place, one in enumerate(left)}


def would_do(rows, limits, household, **change):
    people = [row | (change if row["id"] == household else {}) for row in rows[0]]
    return household in kept((people, rows[1]), limits)


def check(rows, limits):
    check_as_they_are(in_sectors(rows), limits)


def check_as_they_are(rows, limits):
    try:
        instance, _, found, said = explained(rows, limits)
    except FloorOutOfReach:
        return
    order = instance.households.id.tolist()
    for rank in set(range(len(order))) - set(found.kept):
        row = next(row for row in rows[0] if row["id"] == order[rank])
        earlier = [order[each] for each in found.kept if each < rank]
        check_threshold(rows, limits, order, rank, earlier=earlier, threshold=said.threshold_of.get(rank))
        expected = sorted(enough(rows, limits, row))
        assert sorted((change.field, change.to) for change in said.changes_of[rank]) == expected
    assert said.not_computed == ()


def check_threshold(rows, limits, order, rank, *, earlier, threshold):
    would_enter = []
    for before in earlier:
        points = moved(order, order[rank], before)
        people = [row | {"points": points[row["id"]]} for row in rows[0]]
        would_enter.append(order[rank] in kept((people, rows[1]), limits))
    expected = [one for one, enters in zip(earlier, would_enter, strict=True) if enters]
    assert would_enter == sorted(would_enter, reverse=True)
    assert (None if threshold is None else order[threshold]) == (expected[-1] if expected else None)


def enough(rows, limits, row):
    """Try every allowed change of one wish."""
    for zone in sorted({home["zone"] for home in rows[1]} - set(map(int, filter(None, row["zones"].split("|"))))):
        if would_do(rows, limits, row["id"], zones=f"{row['zones']}|{zone}".strip("|")):
            yield "zones", zone
    if would_do(rows, limits, row["id"], typ_max=row["typ_max"] + 1):
        yield "typ_max", row["typ_max"] + 1
    if row["typ_min"] and would_do(rows, limits, row["id"], typ_min=row["typ_min"] - 1):
        yield "typ_min", row["typ_min"] - 1
    for rent in sorted({max(home["rent"], 1) for home in rows[1]}):
        if rent > row["max_rent"] and would_do(rows, limits, row["id"], max_rent=rent):
            yield "max_rent", rent
            return


@given(instances(households=6, dwellings=3), limits)
@settings(max_examples=15, deadline=None)
def test_equal_to_new_runs(rows, limits):
    check(rows, limits)


@given(instances(households=14, dwellings=6), limits)
@settings(max_examples=10, deadline=None)
def test_equal_to_new_runs_where_many_wait(rows, limits):
    check(rows, limits)


@pytest.mark.drill
def test_equal_to_new_runs_where_many_wait_a_thousand_times(record_result):
    tried = campaign(check, instances(households=14, dwellings=6), limits, cases=1_000)

    record_result("matching-explanations-many-wait", **tried)
    assert tried["faults"] == 0


@pytest.mark.drill
def test_equal_to_new_runs_ten_thousand_times(record_result):
    tried = campaign(check, instances(households=7, dwellings=4), limits)

    record_result("matching-explanations", **tried)
    assert tried["faults"] == 0


def test_a_set_that_is_not_exact_is_left_unexplained():
    market = market_of_instance(INSTANCE, (), ())
    found = select(market)
    ids = INSTANCE.households.id.tolist()

    said = explain(INSTANCE, market, replace(found, undecided=(0,)))

    assert sorted(ids[rank] for rank in said.not_computed) == [21, 22, 27, 29, 33, 34, 39]
    assert (said.threshold_of, said.changes_of) == ({}, {})


def test_a_search_that_runs_out_leaves_everybody_unexplained_rather_than_somebody_wrongly(monkeypatch):
    limits = LIMITS["support_and_group_floor"]
    market = market_of_instance(INSTANCE, limits["caseloads"], limits["floors"])
    found = select(market)
    monkeypatch.setattr(who, "is_allowed", lambda *_: False)
    monkeypatch.setattr(who, "integral", lambda *_, **__: (None, np.iinfo(np.int64).min))

    said = explain(INSTANCE, market, found)

    assert len(said.not_computed) == np.count_nonzero(np.diff(market.start)) - len(found.kept)
    assert (said.threshold_of, said.changes_of) == ({}, {})


@pytest.mark.parametrize(
    ("with_floors", "largest"), [(False, "LARGEST_EXPLAINED"), (True, "LARGEST_EXPLAINED_WITH_FLOORS")]
)
def test_above_a_number_of_pairs_nobody_is_explained(with_floors, largest, monkeypatch):
    limits = LIMITS["support_and_group_floor" if with_floors else "support"]

    monkeypatch.setattr(outcome, largest, 26)
    assert outcome.match_under_constraints(INSTANCE, **limits).explanations.not_computed == ()

    monkeypatch.setattr(outcome, largest, 25)
    assert outcome.match_under_constraints(INSTANCE, **limits).explanations.not_computed
