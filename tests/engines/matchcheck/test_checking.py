"""The checker believes what is right, and rejects every lie with a reason."""

import json
import random

import pytest
from hypothesis import given, settings

from chezsoi.engines.matchcheck import ResultRejected, check
from chezsoi.engines.matching.assignment.instance import read_instance
from chezsoi.engines.matching.assignment.matching import match
from chezsoi.engines.matching.assignment.result import as_mapping
from tests.engines.matchcheck.corruptions import CORRUPTIONS, corrupted
from tests.engines.matchcheck.liar import leaving_out
from tests.engines.matching.assignment import brute
from tests.engines.matching.assignment.instances import files, instances
from tests.engines.matching.assignment.solved import FOLDER, content, table
from tests.engines.matching.builders import ROOT

CAMPAIGN = 1_000
STORED = ROOT / "tests/cases/matchcheck/t040x012.json"


def result_of(rows):
    return as_mapping(match(read_instance(*files(rows))), seconds=0.01)


def reason(rows, said):
    """Give the reason of a rejection, none when the result is believed."""
    try:
        check(*files(rows), json.dumps(said).encode())
    except ResultRejected as rejected:
        return str(rejected)
    return None


def less_demanding(chance):
    """Draw households and homes of the solved instance, and let the households wish for more zones at a higher rent."""
    people = [
        row | {"zones": "|".join(map(str, chance.sample(range(12), 9))), "max_rent": row["max_rent"] + 150}
        for row in chance.sample(table("households.csv"), 25)
    ]
    return people, chance.sample(table("dwellings.csv"), 9)


def corruptions(count, *, seed):
    """Draw spoiled results, each kind in turn."""
    chance, made = random.Random(seed), 0  # noqa: S311
    while made < count:
        rows = less_demanding(chance)
        said = result_of(rows)
        assert reason(rows, said) is None
        for corruption in CORRUPTIONS:
            spoiled = corrupted(said, rows, corruption, chance)
            if spoiled is not None and made < count:
                made += 1
                yield corruption.__name__, rows, spoiled


def believed(count, *, seed):
    return [name for name, rows, spoiled in corruptions(count, seed=seed) if not reason(rows, spoiled)]


def test_the_stored_result_of_the_solved_instance_is_right():
    check(content("households.csv"), content("dwellings.csv"), STORED.read_bytes())


@settings(max_examples=60, deadline=None)
@given(instances())
def test_what_the_engine_says_is_believed(rows):
    assert reason(rows, result_of(rows)) is None


def test_every_kind_of_lie_is_rejected():
    assert believed(60, seed=20261129) == []
    assert {name for name, _, _ in corruptions(60, seed=20261129)} == {each.__name__ for each in CORRUPTIONS}


def test_a_whole_proof_that_leaves_somebody_out_is_rejected():
    chance, tried = random.Random(7), 0  # noqa: S311
    for _ in range(40):
        rows = less_demanding(chance)
        for household in [row["household"] for row in result_of(rows)["proposed"]]:
            said = leaving_out(household, rows, result_of)
            if said is not None:
                tried += 1
                assert "is itself worse than the one named" in reason(rows, said)

    assert tried > 20


@pytest.mark.drill
def test_a_thousand_lies_are_rejected(record_result):
    missed = believed(CAMPAIGN, seed=4)

    record_result("matching-corruptions", corrupted=CAMPAIGN, rejected=CAMPAIGN - len(missed), seed=4)
    assert missed == []


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (b"", "not a JSON file"),
        (b"\xff{}", "not a JSON file"),
        (b"[" * 100_000, "not a JSON file"),
        (b"[]", "not an object"),
        (b"{}", "lacks certificate, feasible_pairs"),
    ],
)
def test_a_file_of_another_kind_is_rejected(result, said):
    with pytest.raises(ResultRejected, match=said):
        check(content("households.csv"), content("dwellings.csv"), result)


class TestCertificate:
    """What only a careful liar would write."""

    @pytest.fixture
    def said(self):
        return json.loads(STORED.read_text(encoding="utf-8"))

    @staticmethod
    def rejected(said, reason):
        with pytest.raises(ResultRejected, match=reason):
            check(content("households.csv"), content("dwellings.csv"), json.dumps(said).encode())

    def test_a_key_more_is_a_key_too_many(self, said):
        self.rejected(said | {"more": 1}, "means nothing")

    def test_its_kind_is_known(self, said):
        said["certificate"]["kind"] = "trust_me"
        self.rejected(said, "unknown kind")

    def test_it_speaks_of_every_dwelling(self, said):
        said["certificate"]["dwellings"].pop()
        self.rejected(said, "leaves a dwelling out")

    def test_it_speaks_of_every_household_proposed(self, said):
        said["certificate"]["households"].pop()
        self.rejected(said, "leaves a household out")

    def test_it_names_those_of_the_files(self, said):
        first = said["certificate"]["dwellings"][0]
        self.rejected(_with(said, first | {"worst_reachable": 999}), "names a household that is not")
        self.rejected(_with(said, first | {"towards": 999}), "names a dwelling that is not")

    def test_a_path_ends_with_who_is_there(self, said):
        dwelling = next(each for each in said["certificate"]["dwellings"] if each["towards"] is not None)
        self.rejected(_with(said, dwelling | {"towards": None}), "ends with another household")

    def test_a_free_dwelling_is_an_end_and_costs_nothing(self, said):
        held = {each["dwelling"] for each in said["proposed"]}
        free = next(each for each in said["certificate"]["dwellings"] if each["dwelling"] not in held)
        self.rejected(_with(said, free | {"towards": min(held)}), "leads somewhere")
        self.rejected(_with(said, free | {"price": 1}), "has a price")

    def test_a_path_does_not_turn_in_a_circle(self, said):
        dwelling = next(each for each in said["certificate"]["dwellings"] if each["towards"] is not None)
        self.rejected(_with(said, dwelling | {"towards": dwelling["dwelling"]}), "circle")

    def test_a_step_is_one_that_the_holder_could_make(self, said):
        by_id = {each["dwelling"]: each for each in said["certificate"]["dwellings"]}
        people = {row["id"]: row for row in table("households.csv")}
        homes = {row["id"]: row for row in table("dwellings.csv")}
        holder = {each["dwelling"]: people[each["household"]] for each in said["proposed"]}
        impossible = next(
            one | {"towards": other["dwelling"]}
            for one in by_id.values()
            for other in by_id.values()
            if one["towards"] is not None
            and other["towards"] is None
            and other["worst_reachable"] == one["worst_reachable"]
            and not brute.feasible(holder[one["dwelling"]], homes[other["dwelling"]])
        )
        self.rejected(_with(said, impossible), "could not move on")

    def test_a_price_too_high_is_seen_at_home(self, said):
        dwelling = next(each for each in said["certificate"]["dwellings"] if each["worst_reachable"] is not None)
        self.rejected(_with(said, dwelling | {"price": dwelling["price"] + 1}), "cost of household")

    def test_a_price_and_a_cost_raised_together_are_seen_elsewhere(self, said):
        people = {row["id"]: row for row in table("households.csv")}
        homes = table("dwellings.csv")
        mover = next(
            each
            for each in said["proposed"]
            if sum(brute.feasible(people[each["household"]], home) for home in homes) > 1
        )
        cost = next(each for each in said["certificate"]["households"] if each["household"] == mover["household"])
        dwelling = next(each for each in said["certificate"]["dwellings"] if each["dwelling"] == mover["dwelling"])
        cost["cost"] += 1_000
        self.rejected(_with(said, dwelling | {"price": dwelling["price"] + 1_000}), "could move")


def _with(said, dwelling):
    others = [each for each in said["certificate"]["dwellings"] if each["dwelling"] != dwelling["dwelling"]]
    return said | {"certificate": said["certificate"] | {"dwellings": [*others, dwelling]}}


@pytest.mark.parametrize(
    ("people", "homes", "said"),
    [
        (b"\xff", None, "not a CSV file"),
        (b'id,"', None, "not a CSV file"),
        (b"id\n1\n", None, "where typ_min is expected"),
        (None, b"id\nx\n", "where id is expected"),
        (b"id\n99999999999999999999\n", None, "where id is expected"),
    ],
)
def test_there_is_nothing_to_check_against(people, homes, said):
    with pytest.raises(ResultRejected, match=said):
        check(people or content("households.csv"), homes or content("dwellings.csv"), STORED.read_bytes())


def test_files_that_say_two_things_are_rejected():
    people, homes = ((FOLDER / name).read_bytes() for name in ("households.csv", "dwellings.csv"))
    for spoiled, said in (
        ((people.replace(b"\n1,B", b"\n0,B"), homes), "households has an id twice"),
        ((people, homes.replace(b"\n1,4", b"\n0,4")), "dwellings has an id twice"),
        ((people.replace(b"71,18", b"80,6"), homes), "the same rank"),
    ):
        with pytest.raises(ResultRejected, match=said):
            check(*spoiled, STORED.read_bytes())
