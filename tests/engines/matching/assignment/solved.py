"""The stored instance with a known optimum, as files and as the engine reads it."""

import json

from chezsoi.engines.matching.assignment.instance import Instance, read_instance
from tests.engines.matching.builders import ROOT

FOLDER = ROOT / "tests/cases/matching/t040x012"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def instance() -> Instance:
    return read_instance(content("households.csv"), content("dwellings.csv"))
