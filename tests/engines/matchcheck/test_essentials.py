"""The proof in one small file: it says what `match-check` says, and rejects each lie about what it reads."""

import ast
import json
import random
import shutil
import subprocess
import sys

import pytest
from hypothesis import given, settings

from chezsoi.engines.matchcheck import essentials
from tests.engines.matchcheck.corruptions import CORRUPTIONS, corrupted
from tests.engines.matchcheck.liar import leaving_out
from tests.engines.matchcheck.test_checking import STORED, corruptions, less_demanding, reason, result_of
from tests.engines.matching.assignment import brute
from tests.engines.matching.assignment.instances import files, instances
from tests.engines.matching.assignment.solved import FOLDER, content, table
from tests.engines.matching.builders import ROOT

FILE = ROOT / "src/chezsoi/engines/matchcheck/essentials.py"
TABLES = content("households.csv").decode(), content("dwellings.csv").decode()
# What it does not read: which wish would change an answer, and how long the run took.
NOT_READ = {"wish_invented", "wish_falsified"}


def refused(rows, said):
    """Give the reason of the small file, none when it believes the result."""
    try:
        essentials.check(*(each.decode() for each in files(rows)), json.dumps(said))
    except SystemExit as stopped:
        return str(stopped)
    except (ValueError, LookupError, TypeError, AttributeError) as found:
        return repr(found)
    return None


def without_seconds(said):
    return {key: value for key, value in said.items() if key != "seconds"}


def test_it_is_read_in_one_go():
    text = FILE.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 120
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported == {"csv", "json", "pathlib", "sys", "typing"}


def test_the_solved_instance_is_right():
    essentials.check(*TABLES, STORED.read_text(encoding="utf-8"))


@settings(max_examples=100, deadline=None)
@given(instances())
def test_what_the_engine_says_is_believed(rows):
    said = result_of(rows)

    assert (refused(rows, said), reason(rows, said)) == (None, None)


def test_every_lie_about_what_it_reads_is_rejected():
    lies = [each for each in corruptions(240, seed=20261130) if each[0] not in NOT_READ]

    believed = [
        name
        for name, rows, spoiled in lies
        if refused(rows, spoiled) is None and without_seconds(spoiled) != without_seconds(result_of(rows))
    ]
    assert believed == []
    assert {name for name, _, _ in lies} == {each.__name__ for each in CORRUPTIONS} - NOT_READ


def test_a_lie_about_a_wish_is_left_to_match_check():
    chance = random.Random(3)  # noqa: S311
    rows = less_demanding(chance)
    said = corrupted(result_of(rows), rows, next(each for each in CORRUPTIONS if each.__name__ in NOT_READ), chance)

    assert refused(rows, said) is None
    assert reason(rows, said) is not None


def test_a_whole_proof_that_leaves_somebody_out_is_rejected():
    chance, tried = random.Random(7), 0  # noqa: S311
    for _ in range(40):
        rows = less_demanding(chance)
        for household in [row["household"] for row in result_of(rows)["proposed"]]:
            said = leaving_out(household, rows, result_of)
            if said is not None:
                tried += 1
                assert "does not lead to whom it names" in refused(rows, said)

    assert tried > 20


class TestCertificate:
    """What only a careful liar would write."""

    @pytest.fixture
    def said(self):
        return json.loads(STORED.read_text(encoding="utf-8"))

    @staticmethod
    def rejected(said, reason):
        with pytest.raises(SystemExit, match=reason):
            essentials.check(*TABLES, json.dumps(said))

    def test_it_is_of_the_kind_read_here(self, said):
        said["certificate"]["kind"] = "side_constraints"
        self.rejected(said, "of another kind")

    def test_it_changes_nothing_of_a_dwelling(self, said):
        for row in said["certificate"]["dwellings"]:
            row |= {"rent": 0, "zone": 0, "holder": 0}
        essentials.check(*TABLES, json.dumps(said))

    @pytest.mark.parametrize("price", [-1, 1e400, 0.0, True, None])
    def test_a_price_is_a_whole_number(self, said, price):
        said["certificate"]["dwellings"][0]["price"] = price
        self.rejected(said, "has a price below 0")

    def test_a_free_dwelling_costs_nothing(self, said):
        held = {each["dwelling"] for each in said["proposed"]}
        free = next(each for each in said["certificate"]["dwellings"] if each["dwelling"] not in held)
        free["price"] = 1
        self.rejected(said, "is free and has one")

    def test_a_path_ends_with_who_is_there(self, said):
        dwelling = next(each for each in said["certificate"]["dwellings"] if each["towards"] is not None)
        self.rejected(_with(said, dwelling | {"towards": None}), "does not lead to whom it names")

    def test_a_home_does_not_hide_where_it_leads(self, said):
        holder = {each["dwelling"]: each["household"] for each in said["proposed"]}
        dwelling = next(each for each in said["certificate"]["dwellings"] if each["towards"] is not None)
        hidden = dwelling | {"towards": None, "worst_reachable": holder[dwelling["dwelling"]]}
        self.rejected(_with(said, hidden), "leads to somebody worse")

    def test_a_step_is_one_that_the_holder_could_make(self, said):
        people, homes = ({row["id"]: row for row in table(name)} for name in ("households.csv", "dwellings.csv"))
        holder = {each["dwelling"]: people[each["household"]] for each in said["proposed"]}
        rows = said["certificate"]["dwellings"]
        impossible = next(
            one | {"towards": other["dwelling"]}
            for one in rows
            for other in rows
            if one["towards"] is not None
            and other["towards"] is None
            and other["worst_reachable"] == one["worst_reachable"]
            and not brute.feasible(holder[one["dwelling"]], homes[other["dwelling"]])
        )
        self.rejected(_with(said, impossible), "could not move on")

    def test_a_price_is_in_the_cost_of_its_holder(self, said):
        dwelling = next(each for each in said["certificate"]["dwellings"] if each["worst_reachable"] is not None)
        self.rejected(_with(said, dwelling | {"price": dwelling["price"] + 1}), "pays")

    def test_nobody_would_pay_less_elsewhere(self, said):
        people, homes = {row["id"]: row for row in table("households.csv")}, table("dwellings.csv")
        mover = next(
            each
            for each in said["proposed"]
            if sum(brute.feasible(people[each["household"]], home) for home in homes) > 1
        )
        cost = next(each for each in said["certificate"]["households"] if each["household"] == mover["household"])
        dwelling = next(each for each in said["certificate"]["dwellings"] if each["dwelling"] == mover["dwelling"])
        cost["cost"] += 1_000
        self.rejected(_with(said, dwelling | {"price": dwelling["price"] + 1_000}), "the total is not the least")

    def test_a_circle_leads_nowhere(self, said):
        dwelling = next(each for each in said["certificate"]["dwellings"] if each["towards"] is not None)
        self.rejected(_with(said, dwelling | {"towards": dwelling["dwelling"]}), "does not lead to whom it names")


def _with(said, dwelling):
    others = [each for each in said["certificate"]["dwellings"] if each["dwelling"] != dwelling["dwelling"]]
    return said | {"certificate": said["certificate"] | {"dwellings": [*others, dwelling]}}


class TestAnswers:
    """Who is answered, and from which files."""

    @pytest.fixture
    def said(self):
        return json.loads(STORED.read_text(encoding="utf-8"))

    def test_everybody_is_answered_exactly_once(self, said):
        TestCertificate.rejected(said | {"not_proposed": said["not_proposed"][1:]}, "exactly once")
        TestCertificate.rejected(
            said | {"not_proposed": [*said["not_proposed"], said["not_proposed"][0]]}, "exactly once"
        )
        TestCertificate.rejected(said | {"not_proposed": [*said["not_proposed"], said["proposed"][0]]}, "exactly once")

    def test_a_home_is_proposed_once(self, said):
        said["proposed"][0]["dwelling"] = said["proposed"][1]["dwelling"]
        TestCertificate.rejected(said, "proposed twice")

    def test_a_home_that_does_not_suit_is_no_home(self, said):
        held = {each["dwelling"] for each in said["proposed"]}
        said["proposed"][0]["dwelling"] = next(row["id"] for row in table("dwellings.csv") if row["id"] not in held)
        with pytest.raises(SystemExit):
            essentials.check(*TABLES, json.dumps(said))
        suits = essentials.suiting(table("households.csv")[0], {})
        with pytest.raises(SystemExit, match="has no such home"):
            essentials.check_holder({"household": 0, "dwelling": 1, "mismatch": None}, 0, suits, {})

    def test_whoever_could_come_in_is_not_left_out(self):
        rows = less_demanding(random.Random(5))  # noqa: S311
        last = result_of(rows)["proposed"][-1]["household"]
        said = result_of(([row for row in rows[0] if row["id"] != last], rows[1]))
        said["not_proposed"].append({"household": last, "reason": "outranked", "threshold_household": None})

        assert refused(rows, said) == f"Wrong: household {last} is left out and could come in."

    @pytest.mark.parametrize(
        ("file", "before", "after", "said"),
        [
            (0, "\n1,B", "\n0,B", "an id twice"),
            (1, "\n1,4", "\n0,4", "an id twice"),
            (0, "71,18", "80,6", "the same rank"),
        ],
    )
    def test_files_say_things_once(self, file, before, after, said):
        tables = [each.replace(before, after) if number == file else each for number, each in enumerate(TABLES)]
        with pytest.raises(SystemExit, match=said):
            essentials.check(*tables, STORED.read_text(encoding="utf-8"))


class TestByItself:
    """Somebody who has Python, the file and three others."""

    @pytest.fixture
    def alone(self, tmp_path):
        shutil.copy(FILE, tmp_path)
        for path in (FOLDER / "households.csv", FOLDER / "dwellings.csv"):
            shutil.copy(path, tmp_path)
        return tmp_path

    @staticmethod
    def run(folder, *names):
        return subprocess.run(
            [sys.executable, "-I", "-S", "essentials.py", *names],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def test_it_says_that_a_result_is_right(self, alone):
        shutil.copy(STORED, alone / "result.json")

        done = self.run(alone, "households.csv", "dwellings.csv", "result.json")

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Right: ")

    def test_it_says_what_is_wrong(self, alone):
        said = STORED.read_text(encoding="utf-8").replace('"total_mismatch": 1136', '"total_mismatch": 1135')
        (alone / "result.json").write_text(said, encoding="utf-8")

        done = self.run(alone, "households.csv", "dwellings.csv", "result.json")

        assert (done.returncode, done.stderr) == (1, "Wrong: 26 pairs, 1136 of mismatch.\n")

    @pytest.mark.parametrize("names", [(), ("households.csv",), ("households.csv", "dwellings.csv", "gone.json")])
    def test_it_says_that_there_is_nothing_to_read(self, alone, names):
        done = self.run(alone, *names)

        assert done.returncode == 1
        assert done.stderr.startswith("Wrong: a file is not there")
