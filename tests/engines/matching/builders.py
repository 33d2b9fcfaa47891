"""Households, homes, rules and grids for the tests: the ordinary case, to be changed one field at a time."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from chezsoi.engines.matching import (
    EnergyFloor,
    Grid,
    Home,
    HomeKind,
    Household,
    IncomeCeilings,
    Lottery,
    PublicRandomness,
    Rules,
    SizeTable,
    Source,
    Status,
    commit,
)

ROOT = Path(__file__).parents[3]
GRID_FILE = ROOT / "data/scoring-grids/sample-1.json"
TODAY = date(2026, 11, 23)


def decimals(*values):
    return tuple(map(Decimal, values))


CCH = Source(reference="CCH D822-25", status=Status.TO_BE_CONFIRMED)
DECREE = Source(reference="decree of 18 August 2023", status=Status.VERIFIED, since=date(2025, 1, 1))
PRACTICE = Source(reference="usual practice", status=Status.DESIGN_CHOICE)
ORDER = Source(reference="order of 19 December 2025", status=Status.VERIFIED)
PLUS = IncomeCeilings(
    funding="PLUS",
    by_category=decimals(23403, 31254, 37584, 45374, 53376, 60156),
    per_extra_person=Decimal(6710),
    source=ORDER,
)
RULES = Rules(
    minimum_surfaces_m2=SizeTable(values=decimals(9, 16, 25, 34, 43, 52, 61, 70), source=CCH),
    minimum_rooms=SizeTable(values=decimals(1, 2, 3, 3, 4, 5), source=PRACTICE),
    worst_energy_class=EnergyFloor(worst_class="F", source=DECREE),
    worst_energy_class_overseas=EnergyFloor(worst_class=None, source=DECREE),
    request_number=Source(reference="CCH L441-2-1", status=Status.TO_BE_CONFIRMED),
    regular_stay=Source(reference="CCH R441-1", status=Status.TO_BE_CONFIRMED),
    income_ceilings=(PLUS,),
)
HOME = Home(
    ref="T2-Metz",
    kind=HomeKind.SOCIAL,
    commune="57463",
    rooms=2,
    surface_m2=Decimal(45),
    floor=0,
    has_lift=False,
    wheelchair=True,
    rent_per_month=Decimal(300),
    charges_per_month=Decimal(50),
    energy_rating="D",
    funding="PLUS",
)
PRIVATE_HOME = replace(HOME, kind=HomeKind.PRIVATE, funding=None)
HOUSEHOLD = Household(
    ref="M57-0001",
    situation="street",
    size=1,
    adults=1,
    children=0,
    wished_communes=("57463", "57751"),
    rooms_min=1,
    rooms_max=2,
    max_outlay_per_month=Decimal(400),
    needs_wheelchair=False,
    needs_lift_or_ground=False,
    waiting_since=date(2025, 1, 15),
    has_request_number=True,
    residence_is_regular=True,
    annual_reference_income=Decimal(9000),
)
SEED = bytes(range(32))
LOTTERY = Lottery(
    commitment=commit(SEED),
    committed_at=datetime(2026, 11, 16, 9, tzinfo=UTC),
    snapshot_closed_at=datetime(2026, 11, 20, 17, tzinfo=UTC),
    public_randomness=PublicRandomness(
        value="4 11 23 35 48 - 2 9", source="a public draw", drawn_at=datetime(2026, 11, 20, 20, 15, tzinfo=UTC)
    ),
    seed=SEED,
)


def grid_data():
    return json.loads(GRID_FILE.read_text(encoding="utf-8"))


GRID = Grid.from_mapping(grid_data())


def household(**changes):
    return replace(HOUSEHOLD, **changes)


def home(**changes):
    return replace(HOME, **changes)
