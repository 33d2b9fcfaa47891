"""The worked examples, to the cent, as a jurist reads them."""

import json
from decimal import Decimal

import pytest
import yaml

from chezsoi.engines.benefits import estimate
from chezsoi.portal.command_line.benefits_case import read
from tests.architecture.source import ROOT

CASES = sorted((ROOT / "tests" / "cases" / "benefits").glob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_gives_the_worked_example_to_the_cent(path):
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    household, home, day = read(json.dumps(case["given"]))

    found = estimate(household, home, on=day)

    expected = dict(case["expected"])
    effort = expected.pop("effort_percent", None)
    assert {name: getattr(found, name) for name in expected} == {
        name: Decimal(str(amount)) for name, amount in expected.items()
    }
    if effort is not None:
        assert ("infinite" if found.effort_is_infinite else round(found.effort_rate * 100, 1)) == effort


def test_the_examples_are_there():
    assert [path.stem for path in CASES] == ["a", "a2", "a3", "b", "b_with_allowance", "c", "d", "e"]
