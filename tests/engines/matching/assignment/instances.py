"""Small random instances, as rows a test can change and as the two files."""

import csv
import io
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
small = st.integers(0, 3)
flag = st.sampled_from((0, 0, 0, 1))

dwelling = st.fixed_dictionaries(
    {
        "typ": st.integers(1, 4),
        "zone": st.integers(0, ZONES - 1),
        "sector": st.just(0),
        "rent": st.sampled_from((0, 1, 300, 350, 400, 450)),
        "wheelchair": st.sampled_from((0, 1)),
        "lift_or_ground": st.sampled_from((0, 1, 1)),
        "contingent": st.sampled_from((0, 0, 1)),
        "landlord_excludes": st.sampled_from((-1, -1, 0, 1)),
    }
)
household = st.fixed_dictionaries(
    {
        "group": st.sampled_from("AB"),
        "size": st.integers(1, 5),
        "typ_min": st.integers(0, 3),
        "typ_max": st.integers(0, 4),
        "zones": st.lists(st.integers(0, ZONES), max_size=4, unique=True).map(lambda z: "|".join(map(str, z))),
        "max_rent": st.sampled_from((0, 300, 349, 350, 400, 500)),
        "wheelchair": flag,
        "needs_lift": flag,
        "contingents": st.sampled_from((0, 1, 1, 3, 3)),
        "excluded_by": st.sampled_from((0, 0, 1, 2)),
        "support": small,
        "points": small,
    }
)


@st.composite
def instances(draw: st.DrawFn, *, households: int = 7, dwellings: int = 4) -> Rows:
    """Draw rows whose ids and tie ranks are shuffled."""
    people = draw(st.lists(household, min_size=1, max_size=households))
    homes = draw(st.lists(dwelling, min_size=1, max_size=dwellings))
    if draw(st.booleans()):
        # Two territories: nobody wishes for zones of both.
        for row in people:
            wishes = row["zones"].split("|")
            row["zones"] = "|".join(zone for zone in wishes if zone[-1:] in ("02" if wishes[0] in "02" else "134"))
    ties = draw(st.permutations(range(len(people))))
    ids, home_ids = draw(st.permutations(range(len(people)))), draw(st.permutations(range(len(homes))))
    return (
        [{"id": 10 + i} | row | {"tie_rank": tie} for i, row, tie in zip(ids, people, ties, strict=True)],
        [{"id": 90 + i} | row for i, row in zip(home_ids, homes, strict=True)],
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
