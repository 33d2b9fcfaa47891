"""Two files are read strictly, and their feasible pairs are those published."""

import hashlib

import numpy as np
import pytest

from chezsoi.engines.matching.assignment.feasibility import pairs_of
from chezsoi.engines.matching.assignment.instance import read_instance
from chezsoi.engines.matching.assignment.pairs import unpacked
from chezsoi.engines.matching.assignment.table import UnusableTable
from tests.engines.matching.assignment.solved import EXPECTED, content, instance

PEOPLE, HOMES = content("households.csv"), content("dwellings.csv")


def test_the_solved_instance_has_the_published_pairs():
    solved = instance()
    pairs = pairs_of(solved)
    ranks, homes = np.nonzero(unpacked(pairs.bitmap, pairs.homes))
    edges = sorted(zip(solved.households.id[ranks].tolist(), solved.dwellings.id[homes].tolist(), strict=True))

    assert pairs.count == EXPECTED["n_edges"]
    lines = "\n".join(f"{household},{dwelling}" for household, dwelling in edges)
    assert hashlib.sha256(lines.encode()).hexdigest() == EXPECTED["edges_sha256"]


def test_households_come_in_the_published_order():
    households = instance().households

    assert households.id[:3].tolist() == [26, 18, 17]
    assert households.id[-1] == 7


def test_a_byte_order_mark_is_passed_over():
    assert len(read_instance(b"\xef\xbb\xbf" + PEOPLE, HOMES).households) == 40


@pytest.mark.parametrize(
    ("people", "homes", "said"),
    [
        (b"", HOMES, "households is empty"),
        (PEOPLE.splitlines()[0], HOMES, "households has no line"),
        (PEOPLE, b"\xff\xfeid", "UTF-16"),
        (PEOPLE, HOMES.replace(b"0,1,8", b"0,\xe9,8", 1), "not text in UTF-8"),
        (PEOPLE, HOMES.replace(b"0,1,8", b'0,"1,8', 1), "not a CSV file"),
        (PEOPLE.replace(b"max_rent", b"max_outlay"), HOMES, "lacks the column max_rent"),
        (
            PEOPLE,
            HOMES.replace(b"\r\n", b",\r\n").replace(b"excludes,", b"excludes,extra"),
            "means nothing here: extra",
        ),
        (PEOPLE, b"id," + HOMES, "a column twice"),
        (PEOPLE, HOMES.replace(b"0,1,8,2,242", b"0,1,8,2", 1), "Row 2 of the file of dwellings has 8 values where 9"),
        (PEOPLE, HOMES.replace(b"\n1,4,", b"\n0,4,"), "has the id 0 twice"),
        (
            PEOPLE.replace(b"750", b"750.5"),
            HOMES,
            "Row 2 of the file of households: max_rent must be a whole number from 0 to 1000000000",
        ),
        (
            PEOPLE.replace(b"750", b"750.5").replace(b"\n", b"\n\n", 1),
            HOMES,
            "Row 3 of the file of households: max_rent",
        ),
        (PEOPLE.replace(b"750", "75²".encode()), HOMES, "max_rent must be a whole number"),
        (PEOPLE.replace(b"0,A,6,4", b"-1,A,6,4"), HOMES, "id must be a whole number"),
        (PEOPLE, HOMES.replace(b",0,1,0,-1", b",2,1,0,-1", 1), "wheelchair must be a whole number from 0 to 1"),
        (
            PEOPLE.replace(b"80,6", b"80,39").replace(b"71,18", b"80,39"),
            HOMES,
            "Households 2 and 6 have the same points",
        ),
        (PEOPLE.replace(b"0|5,750", b"0|x,750"), HOMES, "zones of household 0 are not numbers"),
        (PEOPLE.replace(b"0|5,750", b"|".join([b"5"] * 1001) + b",750"), HOMES, "wishes for more than 1000 zones"),
        (PEOPLE.replace(b"0|5,750", b"5|5,750"), HOMES, "Household 0 wishes for one zone twice"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(people, homes, said):
    with pytest.raises(UnusableTable, match=said) as refusal:
        read_instance(people, homes)

    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


def test_nobody_pays_nothing_and_an_empty_wish_wishes_nothing():
    people = PEOPLE.replace(b"7|3|8|10,301", b"7|3|8|10,0").replace(b"11|8|4|2|7|10,621", b",621")
    pairs = pairs_of(read_instance(people, HOMES.replace(b",242,", b",0,")))

    assert not pairs.bitmap[[1, 4]].any()
    assert pairs_of(instance()).bitmap[[1, 4]].any(axis=1).all()
