"""A floor that cannot be reached is named; files that cannot be used are refused in one sentence."""

import pytest

from chezsoi.engines.matching.assignment.table import UnusableTable
from chezsoi.engines.matching.constrained.market import Caseload, Floor, market_of
from chezsoi.engines.matching.constrained.reading import read_caseloads, read_floors
from chezsoi.engines.matching.constrained.who import FloorOutOfReach, select
from tests.engines.matching.constrained.solved import INSTANCE


def test_the_floor_out_of_reach_is_the_first_that_those_before_leave_too_little_to():
    floors = (Floor(group="A", minimum=1), Floor(group="B", minimum=1))
    market = market_of([(0, 0, 0), (1, 0, 0)], households=2, sector=[0], group=[0, 1], floors=floors)

    with pytest.raises(FloorOutOfReach) as raised:
        select(market)

    assert (raised.value.floor.group, raised.value.at_most) == ("B", 0)
    assert str(raised.value) == "The floor of group B asks for 1 households; at most 0 can be housed."


def test_a_floor_brings_in_a_household_ranked_after():
    floors = (Floor(group="B", minimum=1),)
    market = market_of([(0, 0, 0), (1, 0, 0)], households=2, sector=[0], group=[-1, 0], floors=floors)

    assert select(market).kept == (1,)


def test_who_needs_no_support_and_a_sector_without_a_line_are_not_limited():
    caseloads = (Caseload(sector=0, intensity=1, capacity=0),)
    pairs = [(0, 0, 0), (1, 0, 0), (2, 1, 0)]
    market = market_of(pairs, households=3, sector=[0, 1], intensity=[1, 0, 1], caseloads=caseloads)

    assert select(market).kept == (1, 2)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"sector,intensity\n0,1", "lacks the column"),
        (b"sector,intensity,capacity\n0,0,1", "limits intensity 0"),
        (b"sector,intensity,capacity\n0,1,1\n0,1,2", "sector 0, intensity 1 twice"),
        (b"sector,intensity,capacity\n0,1,many", "capacity"),
    ],
)
def test_capacities_that_cannot_be_used_are_refused(content, reason):
    with pytest.raises(UnusableTable, match=reason):
        read_caseloads(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"group,minimum\nA,1\nA,2", "a group twice"), (b"group,minimum\nZ,1", "which no household is of")],
)
def test_floors_that_cannot_be_used_are_refused(content, reason):
    with pytest.raises(UnusableTable, match=reason):
        read_floors(content, INSTANCE)
