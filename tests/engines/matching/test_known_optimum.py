"""The stored instance with a known optimum: same feasible pairs, and the strict order gives the published best set."""

import csv
import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from chezsoi.engines.matching import Home, HomeKind, Household, Standing, Verdict, order, reasons
from tests.engines.matching.builders import ROOT, RULES

FOLDER = ROOT / "tests/cases/matching/t040x012"
PAIR_RULES = replace(RULES, minimum_rooms=None)


def table(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return [dict(row) for row in csv.DictReader(lines)]


HOUSEHOLDS, DWELLINGS = table("households.csv"), table("dwellings.csv")
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def is_kept_from(household, dwelling):
    """Tell whether the contingent or the landlord rules the pair out: neither has a rule in the engine yet."""
    wrong_contingent = not int(household["contingents"]) >> int(dwelling["contingent"]) & 1
    landlord = int(dwelling["landlord_excludes"])
    return wrong_contingent or (landlord >= 0 and bool(int(household["excluded_by"]) >> landlord & 1))


def as_household(row):
    return Household(
        ref=row["id"],
        size=int(row["size"]),
        wished_communes=tuple(row["zones"].split("|")),
        rooms_min=int(row["typ_min"]),
        rooms_max=int(row["typ_max"]),
        max_outlay_per_month=Decimal(row["max_rent"]),
        needs_wheelchair=row["wheelchair"] == "1",
        needs_lift_or_ground=row["needs_lift"] == "1",
        excluded_homes=frozenset(dwelling["id"] for dwelling in DWELLINGS if is_kept_from(row, dwelling)),
    )


def as_home(row):
    return Home(
        ref=row["id"],
        kind=HomeKind.PRIVATE,
        commune=row["zone"],
        rooms=int(row["typ"]),
        surface_m2=Decimal(100),
        floor=1,
        has_lift=row["lift_or_ground"] == "1",
        wheelchair=row["wheelchair"] == "1",
        rent_per_month=Decimal(row["rent"]),
        charges_per_month=Decimal(0),
        energy_rating="D",
    )


@pytest.fixture(scope="module")
def edges():
    return [
        (int(household["id"]), int(dwelling["id"]))
        for household in HOUSEHOLDS
        for dwelling in DWELLINGS
        if {reason.verdict for reason in reasons(as_household(household), as_home(dwelling), PAIR_RULES)}
        == {Verdict.PASS}
    ]


@pytest.fixture(scope="module")
def published_order():
    """Give the order of the instance: points, then its tie rank, carried as the ticket."""
    standings = [
        Standing(
            ref=row["id"],
            points=int(row["points"]),
            waiting_since=date(2026, 1, 1),
            ticket=int(row["tie_rank"]).to_bytes(2, "big"),
        )
        for row in HOUSEHOLDS
    ]
    return [int(place.standing.ref) for place in order(standings, grid_counts_waiting=True)]


def best_set(in_order, edges):
    """House each in turn if everyone kept so far can still be housed: the lexicographically best set."""
    homes_of = {}
    for household, dwelling in edges:
        homes_of.setdefault(household, []).append(dwelling)
    holder = {}

    def finds_a_home(household, tried):
        for dwelling in homes_of.get(household, []):
            if dwelling not in tried:
                tried.add(dwelling)
                if dwelling not in holder or finds_a_home(holder[dwelling], tried):
                    holder[dwelling] = household
                    return True
        return False

    return [household for household in in_order if finds_a_home(household, set())]


class TestKnownOptimum:
    def test_finds_the_same_feasible_pairs(self, edges):
        lines = "\n".join(f"{household},{dwelling}" for household, dwelling in sorted(edges))

        assert len(edges) == EXPECTED["n_edges"]
        assert hashlib.sha256(lines.encode()).hexdigest() == EXPECTED["edges_sha256"]

    def test_orders_households_strictly(self, published_order):
        rows = {int(row["id"]): row for row in HOUSEHOLDS}
        keys = [(-int(rows[household]["points"]), int(rows[household]["tie_rank"])) for household in published_order]

        assert all(one < other for one, other in pairwise(keys))

    def test_serves_in_that_order_the_published_best_set(self, edges, published_order):
        served = best_set(published_order, edges)
        points = {int(row["id"]): int(row["points"]) for row in HOUSEHOLDS}

        assert sorted(served) == EXPECTED["tier1_matched_households"]
        assert len(served) == EXPECTED["max_cardinality"]
        assert sum(points[household] for household in served) == EXPECTED["tier1_sum_points"]
