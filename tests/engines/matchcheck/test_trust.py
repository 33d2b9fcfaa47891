"""What a result under side constraints has on a solver's word is asked again: forgeries in its name are rejected."""

from random import Random

import pytest
from hypothesis import given, settings

from chezsoi.engines.matchcheck import ResultRejected, alternatives
from chezsoi.engines.matchcheck.searches import NotInTime, Searches
from chezsoi.engines.matchcheck.told import Told
from chezsoi.engines.matching.constrained.market import Floor
from chezsoi.engines.matching.constrained.outcome import match_under_constraints
from chezsoi.engines.matching.constrained.result import as_mapping
from chezsoi.engines.matching.constrained.who import FloorOutOfReach
from tests.engines.matchcheck.test_constrained import proposing, report
from tests.engines.matching.assignment.instances import files, instances, read
from tests.engines.matching.constrained.solved import INSTANCE, LIMITS
from tests.engines.matching.constrained.test_explanations import in_sectors, limits


@pytest.fixture(scope="module")
def outcome():
    return match_under_constraints(INSTANCE, **LIMITS["support_and_group_floor"])


@pytest.fixture
def result(outcome):
    return as_mapping(outcome, seconds=0)


def outranked(said):
    return [row for row in said["not_proposed"] if row["reason"] == "outranked"]


def another_threshold(said, chance):
    """Name another household of the set as the one to outrank."""
    housed = [row["household"] for row in said["proposed"]]
    row = chance.choice(outranked(said))
    row["threshold_household"] = chance.choice([one for one in housed if one != row["threshold_household"]])


def thresholds_emptied(said, chance):
    """Say that no rank would bring anybody in."""
    for row in said["not_proposed"]:
        row["threshold_household"] = None


def relaxations_emptied(said, chance):
    """Say that no wish would change anything."""
    for row in said["not_proposed"]:
        row["relaxations"] = []


def a_relaxation_withheld(said, chance):
    row = chance.choice([row for row in said["not_proposed"] if row["relaxations"]])
    row["relaxations"].pop(chance.randrange(len(row["relaxations"])))


def nobody_explained(said, chance):
    thresholds_emptied(said, chance)
    relaxations_emptied(said, chance)
    said["certificate"]["not_explained"] = [row["household"] for row in outranked(said)]


def floors_at_no_price(said, chance):
    said["certificate"]["price_of_floors"] = {"steps_back": [], "steps_in": []}


def another_pays_for_the_floors(said, chance):
    price = said["certificate"]["price_of_floors"]
    others = [row["household"] for row in outranked(said) if row["household"] not in price["steps_back"]]
    price["steps_back"] = [chance.choice(others)]


def fewer_could_be_housed(said, chance):
    """Say that no other rule houses more."""
    points = {one: int(INSTANCE.households.points[rank]) for rank, one in enumerate(INSTANCE.households.id.tolist())}
    housed = [row["household"] for row in said["proposed"]]
    said["certificate"]["most_housed"] |= {
        "housed": len(housed),
        "points": sum(points[one] for one in housed),
        "mismatch": said["total_mismatch"],
        "steps_back": [],
        "steps_in": [],
    }


def a_dearer_alternative(said, chance):
    said["certificate"]["most_housed"]["mismatch"] += 1


def the_alternative_withheld(said, chance):
    said["certificate"]["most_housed"] = None


FORGERIES = (
    *(another_threshold, thresholds_emptied, relaxations_emptied, a_relaxation_withheld, nobody_explained),
    *(floors_at_no_price, another_pays_for_the_floors, fewer_could_be_housed, a_dearer_alternative),
    the_alternative_withheld,
)


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_rejected(result, forgery):
    forgery(result, Random(4))  # noqa: S311

    with pytest.raises(ResultRejected):
        report(result)


def test_beyond_its_size_an_instance_needs_no_alternative(result, monkeypatch):
    monkeypatch.setattr(alternatives, "COMPARED", 25)
    the_alternative_withheld(result, None)

    assert report(result).not_verified == ()


@pytest.mark.drill
def test_three_hundred_forgeries_are_rejected(outcome, record_result):
    chance, believed = Random(4), []  # noqa: S311
    for number in range(300):
        said, forgery = as_mapping(outcome, seconds=0), FORGERIES[number % len(FORGERIES)]
        forgery(said, chance)
        try:
            report(said)
            believed.append(forgery.__name__)
        except ResultRejected:
            pass

    record_result("matching-forgeries", forged=300, rejected=300 - len(believed), seed=4)
    assert believed == []


def test_the_set_that_houses_most_is_rejected_though_a_search_is_said_to_leave_the_best_out():
    outcome = match_under_constraints(INSTANCE, **LIMITS["support"])
    best = {row["household"] for row in as_mapping(outcome, seconds=0)["proposed"]}
    said = proposing(outcome, outcome.alternative.pairs)
    most = {row["household"] for row in said["proposed"]}
    who = said["certificate"]["who"]
    who["by_search"] = sorted(best - most)
    who["proof_of"] = [row for row in who["proof_of"] if row["household"] not in most | best]
    said["certificate"]["which_home"] |= {"bound": said["total_mismatch"], "gap": 0, "bound_by": "search"}
    thresholds_emptied(said, None)
    relaxations_emptied(said, None)

    with pytest.raises(ResultRejected, match="could be housed with all those before it"):
        report(said, floors=None)


class TestOnTheWordOfASolver:
    """A true set of which part has no proof but a search."""

    @pytest.fixture
    def said(self, result):
        said = result
        who = said["certificate"]["who"]
        who["by_search"] = [row["household"] for row in outranked(said)[:2]]
        who["proof_of"] = [row for row in who["proof_of"] if row["household"] not in who["by_search"]]
        said["certificate"]["which_home"]["bound_by"] = "search"
        return said

    def test_it_is_asked_again_and_found_right(self, said):
        found = report(said)

        assert (found.by_search, found.bound_by, found.not_verified) == (2, "search", ())

    def test_what_time_leaves_open_is_said(self, said, monkeypatch):
        monkeypatch.setattr(Searches, "best", out_of_time)

        assert report(said).not_verified == (
            *("2 households", "the total", "the price of the floors", "the choice that houses most"),
            "what is told to 31 households",
        )

    def test_what_was_undecided_is_asked_too(self, said):
        who = said["certificate"]["who"]
        who["undecided"], who["by_search"], who["is_exact"] = who["by_search"], [], False

        assert (report(said).by_search, report(said).undecided) == (2, 2)

    def test_a_set_that_is_not_exact_may_explain_nobody_and_that_is_counted(self, said):
        who = said["certificate"]["who"]
        who["undecided"], who["by_search"], who["is_exact"] = who["by_search"], [], False
        nobody_explained(said, None)

        assert (report(said).unexplained, report(said).not_verified) == (9, ())

    def test_an_alternative_said_to_be_unproved_is_not_verified(self, said):
        said["certificate"]["most_housed"]["is_proved"] = False

        assert report(said).not_verified == ("the choice that houses most",)


def out_of_time(*_, **__):
    raise NotInTime


def csv(heading, lines):
    return "\n".join([heading, *[",".join(map(str, line)) for line in lines]]).encode()


@settings(max_examples=25, deadline=None)
@given(instances(households=7, dwellings=4), limits)
def test_what_the_engine_says_is_believed_to_the_last_word(rows, limits):
    believe(in_sectors(rows), limits)


def believe(rows, limits):
    try:
        outcome = match_under_constraints(read(rows), **limits)
    except FloorOutOfReach:
        return
    found = report(
        as_mapping(outcome, seconds=0),
        texts=files(rows),
        capacities=csv("sector,intensity,capacity", [(x.sector, x.intensity, x.capacity) for x in limits["caseloads"]]),
        floors=csv("group,minimum", [(x.group, x.minimum) for x in limits["floors"]]),
    )
    assert found.not_verified == ()


def person(number, group, zones):
    wishes = {"size": 1, "typ_min": 1, "typ_max": 1, "max_rent": 500, "wheelchair": 0, "needs_lift": 0}
    rest = {"contingents": 1, "excluded_by": 0, "support": 0, "points": 9 - number, "tie_rank": number}
    return {"id": number, "group": group, "zones": zones} | wishes | rest


def home(number):
    there = {"id": number, "typ": 1, "zone": number, "sector": 0, "rent": 400}
    return there | {"wheelchair": 0, "lift_or_ground": 0, "contingent": 0, "landlord_excludes": -1}


def test_a_home_opened_to_one_may_let_in_another_whom_the_floor_held_back(monkeypatch):
    """Who is counted by a floor, once housed elsewhere, leaves the first household its home: the run is another."""
    people = [person(3, "A", "0"), person(4, "B", "2"), person(5, "B", "0")]
    rows = [person(2, "A", "3"), *people], [home(0), home(1), home(3)]
    drawn = {"caseloads": (), "floors": (Floor(group="B", minimum=1),)}
    runs, again = [], Told._enough_in_new_runs
    monkeypatch.setattr(Told, "_enough_in_new_runs", lambda told, one: runs.append(one.id) or again(told, one))

    believe(rows, drawn)

    assert runs == [4]
