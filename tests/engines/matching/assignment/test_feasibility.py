"""A pair is feasible exactly when the questions, asked one by one, say so: few values or many, far apart."""

from random import Random

import numpy as np
import pytest

from chezsoi.engines.matching.assignment.feasibility import MANY, NARROW, pairs_of, tables_of
from chezsoi.engines.matching.assignment.pairs import unpacked
from tests.engines.matching.assignment import brute
from tests.engines.matching.assignment.instances import dwelling, household, read

PEOPLE, HOMES = 60, 2 * MANY


def drawn(seed, *, zones, far):
    """Draw rows where a household wishes for half the zones, which are numbered `far` from each other."""
    chance = Random(seed)  # noqa: S311
    numbers = [far * zone for zone in range(zones)]
    people = [
        household(chance, number, is_apart=False)
        | {
            "tie_rank": number,
            "zones": "|".join(map(str, chance.sample(numbers, max(1, zones // 2)))),
            "contingents": chance.getrandbits(63),
            "excluded_by": chance.getrandbits(63) & chance.getrandbits(63),
        }
        for number in range(PEOPLE)
    ]
    people[0] |= {"contingents": 0, "zones": ""}
    people[1] |= {"typ_min": 0, "typ_max": 1_000_000, "max_rent": 1_000_000_000, "contingents": 2**63 - 1}
    homes = [
        dwelling(chance, number)
        | {
            "zone": chance.choice(numbers),
            "contingent": chance.randint(0, 62),
            "landlord_excludes": chance.randint(-1, 62),
            "typ": chance.choice((0, 1, 2, 3, far)),
        }
        for number in range(HOMES)
    ]
    return people, homes


@pytest.mark.parametrize("zones", [1, 9, MANY + 30])
@pytest.mark.parametrize("far", [1, NARROW])
def test_pairs_are_those_of_the_questions_one_by_one(zones, far):
    rows = drawn(zones + far, zones=zones, far=far)
    instance = read(rows)

    pairs = pairs_of(instance)

    order = brute.published_order(rows[0])
    homes = sorted(rows[1], key=lambda home: home["id"])
    asked = np.array([[brute.feasible(one, home) for home in homes] for one in order])
    assert asked.any()
    assert (unpacked(pairs.bitmap, pairs.homes) == asked).all()


def test_one_room_outside_is_said_of_intervals_far_from_every_home():
    people, homes = drawn(3, zones=4, far=1)
    for row, (least, most) in zip(people, ((9, 12), (4, 9), (0, 0), (5, 3), (900_000, 1_000_000)), strict=False):
        row |= {"typ_min": least, "typ_max": most}
    instance = read((people, homes))
    tables, everyone = tables_of(instance), np.arange(PEOPLE)
    least, most = instance.households.typ_min[:, None], instance.households.typ_max[:, None]
    typ = instance.dwellings.typ

    for table, expected in (
        (tables.rooms_below, (typ == least - 1) & (typ <= most)),
        (tables.rooms_above, (typ == most + 1) & (typ >= least)),
    ):
        assert (unpacked(table[everyone], HOMES) == expected).all()
