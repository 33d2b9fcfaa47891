"""Tenants read from files: who exchanges with whom, against every exchange there is and one solved by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.engines.matching.assignment.table import UnusableTable
from chezsoi.engines.matching.constrained.tenants import as_mapping, exchange_homes, read_tenants
from tests.engines.matching.constrained.tenancies import FILES, best, files, tenancies, wished

TENANTS, DWELLINGS = FILES


def said_of(texts, *, longest=3):
    return as_mapping(exchange_homes(read_tenants(*texts), longest=longest), seconds=0)


def test_the_instance_solved_by_hand():
    said = said_of(FILES)

    assert [[(move["tenant"], move["dwelling"]) for move in cycle] for cycle in said["cycles"]] == [
        [(2, 13), (3, 14), (4, 12)],
        [(8, 19), (9, 18)],
    ]
    assert (said["moves"], said["total_mismatch"]) == (5, 85 + 80 + 80 + 70 + 90)
    assert {row["tenant"]: row["reason"] for row in said["not_moved"]} == {
        1: "other_cycles",
        5: "no_cycle",
        6: "no_home_wished",
        7: "home_not_wished",
        10: "other_cycles",
    }
    assert said["dwellings_without_tenant"] == [21]


def test_by_two_alone_one_household_fewer_moves():
    said = said_of(FILES, longest=2)

    assert [[move["tenant"] for move in cycle] for cycle in said["cycles"]] == [[1, 2], [8, 9]]


@given(tenancies, st.sampled_from([2, 3]))
@settings(max_examples=40, deadline=None)
def test_equal_to_every_exchange(rows, longest):
    said, cost = said_of(files(rows), longest=longest), wished(rows)

    assert (said["moves"], said["total_mismatch"]) == best(rows, longest=longest)
    assert said["wishes"] == len(cost)
    moved = [move["tenant"] for cycle in said["cycles"] for move in cycle]
    assert sorted([*moved, *(row["tenant"] for row in said["not_moved"])]) == sorted(row["id"] for row in rows[0])


def test_two_whom_both_homes_suit_as_well_are_not_moved():
    texts = b"".join(TENANTS.splitlines(keepends=True)[:1])
    same = b"%d,A,2,2,2,1|2,500,0,0,1,0,0,0,0,%d\n"
    said = said_of((texts + same % (1, 11) + same % (2, 12), DWELLINGS))

    assert (said["moves"], said["wishes"]) == (0, 1)


def test_the_order_of_the_rows_changes_nothing():
    turned = [
        b"".join([lines[0], *reversed(lines[1:])]) for lines in (text.splitlines(keepends=True) for text in FILES)
    ]

    assert said_of(turned) == said_of(FILES)


@pytest.mark.parametrize(
    ("tenants", "sentence"),
    [
        (TENANTS.replace(b",0,0,12\n", b",0,0,11\n"), "has two tenants in dwelling 11."),
        (
            TENANTS.replace(b",0,0,12\n", b",0,0,77\n"),
            "has somebody in dwelling 77, which the file of dwellings lacks.",
        ),
        (TENANTS.replace(b",dwelling\n", b",home\n"), "lacks the column dwelling."),
        (TENANTS.replace(b"\n2,A", b"\n1,A"), "has the id 1 twice."),
        (TENANTS.splitlines()[0], "has no line under its heading."),
    ],
)
def test_files_that_cannot_be_used_are_refused_in_one_sentence(tenants, sentence):
    with pytest.raises(UnusableTable) as refused:
        read_tenants(tenants, DWELLINGS)

    assert str(refused.value) == f"The file of tenants {sentence}"
