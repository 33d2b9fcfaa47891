"""`chezsoi match` and `chezsoi match-check`: files in, files out, no database, no site."""

import json
import os
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from chezsoi.engines.matchcheck.searches import Allowance, NotInTime
from chezsoi.engines.matching.constrained import outcome, tenants
from chezsoi.engines.matching.constrained.exchange import NoExchangeInTime, TooManyCycles
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
    assert checked.stdout == (
        "The result is valid. Mismatch at least 958 by prices (gap 0); "
        "left out on the word of the solver, asked again: 0; not decided by it: 0; without an explanation: 0.\n"
    )


def test_those_left_without_an_explanation_are_counted(run, limits, tmp_path, monkeypatch):
    monkeypatch.setattr(outcome, "LARGEST_EXPLAINED_WITH_FLOORS", 25)

    done = run("match", *FILES, *limits, "--out", tmp_path / "result.json")

    assert done.stdout.endswith(
        "result.json. 9 of those not proposed have no explanation: it would have taken too long.\n"
    )


def test_what_time_leaves_open_is_not_called_valid(run, limits, tmp_path, monkeypatch):
    path = tmp_path / "result.json"
    run("match", *FILES, *limits, "--out", path)
    monkeypatch.setattr(Allowance, "spend", out_of_time)

    checked = run("match-check", *FILES, path, *limits)

    assert checked.exit_code == 0
    assert checked.stdout.startswith("Nothing contradicts the result. Mismatch at least 958")
    assert checked.stdout.endswith(
        "; not verified in time: the price of the floors, the choice that houses most, what is told to 31 households.\n"
    )


def out_of_time(*_):
    raise NotInTime


@pytest.mark.parametrize("is_older", [False, True])
def test_a_floor_out_of_reach_is_named_in_one_sentence_and_leaves_no_result(run, limits, tmp_path, is_older):
    limits[3].write_text("group,minimum\nA,6\nC,9\n", encoding="utf-8")
    path = tmp_path / "result.json"
    if is_older:
        path.write_text("{}", encoding="utf-8")

    done = run("match", *FILES, *limits, "--out", path)

    removed = f", and the older result at {path} was removed" if is_older else ""
    sentence = rf"The floor of group C asks for 9 households; at most \d can be housed: nothing was matched{removed}.\n"
    assert done.exit_code == 1
    assert re.fullmatch(sentence, done.stderr)
    assert not path.exists()


def test_the_check_rejects_a_result_of_other_constraints(run, result, limits):
    done = run("match-check", *FILES, result, *limits)

    assert done.exit_code == 1
    assert "The result is not valid." in done.stderr


@pytest.mark.slow
def test_neither_starts_the_site(result, tmp_path):
    found = modules_after("match-check", *FILES, result)
    assert (found.pop(0), found) == ("The result is valid.", ["[]"])

    found = modules_after("match", *FILES, "--out", tmp_path / "again.json")
    assert found[0].startswith("11 households proposed, 29 not")
    assert found[1:] == ["['scipy']"]


def modules_after(*arguments):
    """Run a command in a process of its own: the lines it writes, then which of the site and the solver it loaded."""
    asked = f"""
import sys
from chezsoi.portal.command_line import app
app({list(map(str, arguments))!r}, standalone_mode=False)
print(sorted({{name.partition(".")[0] for name in sys.modules}} & {{"django", "scipy"}}))
"""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=environment)
    return done.stdout.splitlines()


EXCHANGE = tuple(str(ROOT / "tests/cases/matching/exchange010" / name) for name in ("tenants.csv", "dwellings.csv"))


def test_an_exchange_is_found_and_its_check_says_what_proves_it(run, tmp_path):
    path = tmp_path / "result.json"

    done = run("match-exchange", *EXCHANGE, "--out", path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "5 tenants could move in 2 exchanges, 5 not; 11 wishes, mismatch 405. "
        f"Written to {path}. 1 dwellings have no tenant in the file and were passed over.\n"
    )
    checked = run("match-check", "--exchange", *EXCHANGE, path)
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout == "The result is valid. That no exchange is better is proved by prices.\n"

    path.write_text(path.read_text(encoding="utf-8").replace('"moves": 5', '"moves": 6'), encoding="utf-8")
    rejected = run("match-check", "--exchange", *EXCHANGE, path)
    assert (rejected.exit_code, rejected.stdout) == (1, "")
    assert rejected.stderr == "5 tenants move, not 6. The result is not valid.\n"


def test_an_exchange_of_files_that_cannot_be_used_is_refused_in_one_sentence(run, limits, tmp_path):
    path = tmp_path / "result.json"

    done = run("match-exchange", FILES[0], EXCHANGE[1], "--out", path)
    assert (done.exit_code, done.stderr) == (
        1,
        "The file of tenants lacks the column dwelling. Nothing was matched.\n",
    )
    assert run("match-exchange", *EXCHANGE, "--longest", "4", "--out", path).exit_code == 2
    asked = run("match-check", "--exchange", *EXCHANGE, path, *limits)
    assert (asked.exit_code, asked.stderr) == (
        2,
        "An exchange has no support capacity and no group floor. Nothing was checked.\n",
    )
    assert not path.exists()


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (TooManyCycles("There are more than 9 ways to exchange."), "There are more than 9 ways to exchange. Take --lo"),
        (NoExchangeInTime("time"), "The best exchange was not proved in time. Take parts of the territory: "),
    ],
)
def test_an_exchange_that_is_not_found_leaves_no_older_result(run, tmp_path, monkeypatch, fault, sentence):
    def refused(*_, **__):
        raise fault

    monkeypatch.setattr(tenants, "exchange", refused)
    path = tmp_path / "result.json"
    path.write_text("{}", encoding="utf-8")

    done = run("match-exchange", *EXCHANGE, "--out", path)

    assert done.exit_code == 1
    assert done.stderr.startswith(sentence)
    assert not path.exists()
