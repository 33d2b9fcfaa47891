"""The solved instance, its expected values, and its limits by the name they have there."""

import json

from chezsoi.engines.matching.assignment.instance import read_instance
from chezsoi.engines.matching.constrained.reading import read_caseloads, read_floors
from tests.engines.matching.builders import ROOT

FOLDER = ROOT / "tests/cases/matching/t040x012"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
FILES = ((FOLDER / "households.csv").read_bytes(), (FOLDER / "dwellings.csv").read_bytes())
INSTANCE = read_instance(*FILES)


def _lines(heading: str, lines: list[str]) -> bytes:
    return "\n".join([heading, *lines]).encode()


CAPACITIES = _lines(
    "sector,intensity,capacity",
    [f"{where.replace(':', ',')},{many}" for where, many in EXPECTED["support_capacity_sector_intensity"].items()],
)
FLOORS = _lines("group,minimum", [f"{group},{least}" for group, least in EXPECTED["group_floor"].items()])

LIMITS = {
    "none": {},
    "support": {"caseloads": read_caseloads(CAPACITIES)},
    "support_and_group_floor": {"caseloads": read_caseloads(CAPACITIES), "floors": read_floors(FLOORS, INSTANCE)},
}
