import json
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from tests.harness import drills

ASKED = [("", ["small"]), ("not slow and not browser", ["small"]), ("drill", ["large", "small"])]


@dataclass
class Item:
    """A test as pytest collected it."""

    name: str

    def get_closest_marker(self, marker: str) -> object:
        return self if (self.name, marker) == ("large", "drill") else None


@pytest.mark.parametrize(("expression", "kept"), ASKED)
def test_a_drill_is_left_out_unless_it_is_asked_for(expression, kept):
    hook = SimpleNamespace(pytest_deselected=lambda items: None)
    config = SimpleNamespace(getoption=lambda name: expression, hook=hook)
    items = [Item("large"), Item("small")]

    drills.pytest_collection_modifyitems(config, items)

    assert [item.name for item in items] == kept


def test_a_result_asked_for_outside_a_drill_is_not_kept(record_result):
    before = set(drills.RESULTS.iterdir())

    record_result("nothing", points=1)

    assert set(drills.RESULTS.iterdir()) == before


def test_a_result_is_dated_and_names_its_commit_and_its_database(tmp_path):
    path = drills.keep("kill-import", {"points": 200, "seeds": [1, 2]}, folder=tmp_path, database="sqlite")

    said = json.loads(path.read_text(encoding="utf-8"))
    assert path.name == "drill-kill-import-sqlite.json"
    assert said["figures"] == {"points": 200, "seeds": [1, 2]}
    assert said["commit"] != "unknown"
    assert "| kill-import | sqlite |" in (tmp_path / "drills.md").read_text(encoding="utf-8")
    assert "points 200 |" in drills.page(tmp_path)
