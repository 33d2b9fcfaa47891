"""The stored instance with a known optimum, as files and as the engine reads it."""

import csv
import json
from typing import Any

from chezsoi.engines.matching.assignment.instance import Instance, read_instance
from tests.engines.matching.builders import ROOT

FOLDER = ROOT / "tests/cases/matching/t040x012"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def instance() -> Instance:
    return read_instance(content("households.csv"), content("dwellings.csv"))


def table(name: str) -> list[dict[str, Any]]:
    """Give the rows of a file, what is a number as a number."""
    rows = csv.DictReader(content(name).decode().splitlines())
    return [{key: value if key in {"group", "zones"} else int(value) for key, value in row.items()} for row in rows]
