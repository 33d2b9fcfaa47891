"""Small random instances, as rows a test can change and as the two files."""

import csv
import io
from random import Random
from typing import Any

from hypothesis import strategies as st

from chezsoi.engines.matching.assignment.instance import (
    DWELLING_COLUMNS,
    HOUSEHOLD_COLUMNS,
    Instance,
    read_instance,
)

Row = dict[str, Any]
Rows = tuple[list[Row], list[Row]]

ZONES = 4


def dwelling(chance: Random, number: int) -> Row:
    return {
        "id": 90 + number,
        "typ": chance.choice((1, 2, 2, 2, 3)),
        "zone": chance.choice((0, 0, 1, 1, 2, 3)),
        "sector": 0,
        "rent": chance.choice((0, 1, 300, 350, 400, 450)),
        "wheelchair": chance.choice((0, 1)),
        "lift_or_ground": chance.choice((0, 1, 1)),
        "contingent": chance.choice((0, 0, 0, 1)),
        "landlord_excludes": chance.choice((-1, -1, -1, 0, 1)),
    }


def household(chance: Random, number: int, *, is_apart: bool) -> Row:
    """Draw somebody who wishes for some zones; in two territories when households are kept apart."""
    zones = chance.choice(([0, 2], [1, 3, 4])) if is_apart else list(range(ZONES + 1))
    return {
        "id": 10 + number,
        "group": chance.choice("AB"),
        "size": chance.randint(1, 5),
        "typ_min": chance.choice((0, 1, 1, 1, 1, 2, 3)),
        "typ_max": chance.choice((1, 2, 3, 3, 3, 4)),
        "zones": "|".join(map(str, chance.sample(zones, chance.choice((0, 1, *[len(zones) - 1] * 3, len(zones)))))),
        "max_rent": chance.choice((0, 300, 349, 350, *[400, 450, 500] * 3)),
        "wheelchair": int(chance.random() < 0.1),
        "needs_lift": int(chance.random() < 0.1),
        "contingents": chance.choice((0, 1, *[3] * 6)),
        "excluded_by": chance.choice((0, 0, 0, 1, 2)),
        "support": chance.randint(0, 3),
        "points": chance.randint(0, 3),
    }


@st.composite
def instances(draw: st.DrawFn, *, households: int = 8, dwellings: int = 5) -> Rows:
    """Draw rows whose ids and tie ranks are shuffled; from a seed, so that most have something to decide."""
    chance = Random(draw(st.integers(0, 2**32 - 1)))  # noqa: S311
    people, homes = chance.randint(2, households), chance.randint(1, dwellings)
    is_apart = chance.random() < 0.3
    ties = chance.sample(range(people), people)
    return (
        [
            household(chance, number, is_apart=is_apart) | {"tie_rank": tie}
            for number, tie in zip(chance.sample(range(people), people), ties, strict=True)
        ],
        [dwelling(chance, number) for number in chance.sample(range(homes), homes)],
    )


def as_csv(rows: list[Row], columns: Any) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def files(rows: Rows) -> tuple[bytes, bytes]:
    return as_csv(rows[0], HOUSEHOLD_COLUMNS), as_csv(rows[1], DWELLING_COLUMNS)


def read(rows: Rows) -> Instance:
    return read_instance(*files(rows))
