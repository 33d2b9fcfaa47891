"""`chezsoi match` and `chezsoi match-check`: files in, files out, no database, no site."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from chezsoi.portal.command_line import app
from tests.engines.matching.builders import ROOT
from tests.engines.matching.constrained.solved import CAPACITIES, FLOORS

FOLDER = ROOT / "tests/cases/matching/t040x012"
FILES = (str(FOLDER / "households.csv"), str(FOLDER / "dwellings.csv"))
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, list(map(str, arguments)))


@pytest.fixture
def result(run, tmp_path):
    path = tmp_path / "result.json"
    done = run("match", *FILES, "--out", path)
    assert done.exit_code == 0, done.stderr
    return path


def test_match_writes_the_published_optimum(result):
    said = json.loads(result.read_text(encoding="utf-8"))

    assert set(said) == {
        *("feasible_pairs", "proposed", "total_mismatch", "not_proposed", "certificate", "seconds"),
    }
    assert sorted(one["household"] for one in said["proposed"]) == EXPECTED["tier1_matched_households"]
    assert said["total_mismatch"] == EXPECTED["tier2_min_mismatch"]
    assert said["seconds"] > 0
    assert [path.name for path in result.parent.iterdir()] == ["result.json"]


def test_match_check_believes_it(run, result):
    done = run("match-check", *FILES, result)

    assert (done.exit_code, done.stdout) == (0, "The result is valid.\n")


def test_match_check_says_why_not_in_one_sentence(run, result):
    said = json.loads(result.read_text(encoding="utf-8"))
    result.write_text(json.dumps(said | {"total_mismatch": 1135}), encoding="utf-8")

    done = run("match-check", *FILES, result)

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "The mismatches add up to 1136, not 1135. The result is not valid.\n"


def test_a_file_that_cannot_be_used_is_said_and_nothing_is_written(run, tmp_path):
    done = run("match", *reversed(FILES), "--out", tmp_path / "result.json")

    assert done.exit_code == 1
    assert "lacks the column" in done.stderr
    assert "Nothing was matched" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_is_a_matter_of_usage(run, tmp_path):
    done = run("match", tmp_path / "nowhere.csv", FILES[1], "--out", tmp_path / "result.json")

    assert done.exit_code == 2
    assert "cannot be read" in done.stderr


def test_a_place_that_cannot_be_written_is_said(run, tmp_path):
    done = run("match", *FILES, "--out", tmp_path / "nowhere" / "result.json")

    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


@pytest.fixture
def limits(tmp_path):
    """Write the two files of side constraints of the solved instance."""
    (tmp_path / "capacity.csv").write_bytes(CAPACITIES)
    (tmp_path / "floor.csv").write_bytes(FLOORS)
    return "--support-capacity", tmp_path / "capacity.csv", "--group-floor", tmp_path / "floor.csv"


def test_match_under_constraints_writes_the_published_optimum_and_its_check_says_the_bound(run, limits, tmp_path):
    path = tmp_path / "result.json"

    done = run("match", *FILES, *limits, "--out", path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "9 households proposed, 31 not; 26 feasible pairs, mismatch 958, at least 958 (gap 0)" in done.stdout
    said = json.loads(path.read_text(encoding="utf-8"))
    expected = EXPECTED["lexicographic"]["support_and_group_floor"]
    assert sorted(one["household"] for one in said["proposed"]) == expected["households"]

    checked = run("match-check", *FILES, path, *limits)
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout.startswith("The result is valid. Mismatch at least 958 by prices (gap 0)")


def test_a_floor_out_of_reach_is_named_and_nothing_is_written(run, limits, tmp_path):
    limits[3].write_text("group,minimum\nA,6\nC,9\n", encoding="utf-8")

    done = run("match", *FILES, *limits, "--out", tmp_path / "result.json")

    assert done.exit_code == 1
    assert done.stderr.startswith("The floor of group C asks for 9 households; at most ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "result.json").exists()


def test_the_check_rejects_a_result_of_other_constraints(run, result, limits):
    done = run("match-check", *FILES, result, *limits)

    assert done.exit_code == 1
    assert "The result is not valid." in done.stderr


@pytest.mark.slow
def test_neither_starts_the_site(result):
    asked = f"""
import sys
from chezsoi.portal.command_line import app
app({["match-check", *FILES, str(result)]!r}, standalone_mode=False)
print(sorted({{name.partition(".")[0] for name in sys.modules}} & {{"django", "scipy"}}))
"""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=environment)

    assert done.stdout.splitlines() == ["The result is valid.", "[]"]
