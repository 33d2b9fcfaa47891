"""The page a reader checks says what the code does."""

import csv
import re
from pathlib import Path

import pytest
from rapidfuzz.distance import JaroWinkler

from chezsoi.engines.linkage import LIKELY_FROM, POSSIBLE_FROM, WEIGHTS

ROOT = Path(__file__).parents[3]
PUBLISHED = ROOT / "tests" / "cases" / "linkage" / "jaro_winkler.csv"
PAGE = (ROOT / "docs" / "methods" / "linkage.md").read_text()


class TestMethodPage:
    def test_gives_every_weight(self):
        rows = re.findall(r"^\| `(\w+)` \|[^|]*\|[^|]*\| (-?[\d.]+) \|", PAGE, flags=re.MULTILINE)

        assert {code: float(weight) for code, weight in rows} == {
            code.value: weight for code, weight in WEIGHTS.items()
        }

    def test_gives_both_thresholds(self):
        assert f"possible from **{POSSIBLE_FROM:.0f}**" in PAGE
        assert f"likely from **{LIKELY_FROM:.0f}**" in PAGE


class TestJaroWinkler:
    @pytest.mark.parametrize(
        "case", list(csv.DictReader(PUBLISHED.read_text().splitlines())), ids=lambda case: case["one"]
    )
    def test_gives_the_published_similarity(self, case):
        assert round(JaroWinkler.similarity(case["one"], case["other"]), 3) == float(case["similarity"])
