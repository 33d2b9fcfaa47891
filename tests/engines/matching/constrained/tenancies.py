"""Small random tenants and their homes, and every exchange there is, found by trying them all."""

from itertools import permutations
from random import Random
from typing import Any

from hypothesis import strategies as st

from chezsoi.engines.matching.assignment.instance import DWELLING_COLUMNS
from chezsoi.engines.matching.constrained.tenants import TENANT_COLUMNS
from tests.engines.matching.assignment import brute
from tests.engines.matching.assignment.instances import Rows, as_csv, dwelling, household
from tests.engines.matching.builders import ROOT

FOLDER = ROOT / "tests/cases/matching/exchange010"
FILES = tuple((FOLDER / name).read_bytes() for name in ("tenants.csv", "dwellings.csv"))

Step = tuple[int, int]


def drawn(seed: int, *, most: int = 7) -> Rows:
    """Draw tenants who live in most of some homes; nobody ranks before anybody."""
    chance = Random(seed)  # noqa: S311
    homes = [dwelling(chance, number) for number in range(most + 1)]
    count = chance.randint(1, most)
    lived_in = chance.sample([home["id"] for home in homes], count)
    people = [
        household(chance, number, is_apart=False) | {"points": 0, "tie_rank": 0, "dwelling": lived_in[number]}
        for number in chance.sample(range(count), count)
    ]
    return people, homes


tenancies = st.integers(0, 2**32 - 1).map(drawn)


def files(rows: Rows) -> tuple[bytes, bytes]:
    return as_csv(rows[0], TENANT_COLUMNS), as_csv(rows[1], DWELLING_COLUMNS)


def wished(rows: Rows) -> dict[Step, int]:
    """Give the mismatch of each tenant in each home of another that suits it, better than its own."""
    people, homes = rows[0], {home["id"]: home for home in rows[1]}
    found = {}
    for one in people:
        own = homes[one["dwelling"]]
        limit = brute.mismatch(one, own) if brute.feasible(one, own) else None
        for other in people:
            home = homes[other["dwelling"]]
            if other is not one and brute.feasible(one, home):
                cost = brute.mismatch(one, home)
                if limit is None or cost < limit:
                    found[one["id"], other["id"]] = cost
    return found


def best(rows: Rows, *, longest: int) -> tuple[int, int]:
    """Give the most moves and their least mismatch: every permutation of the tenants is tried."""
    cost, ids = wished(rows), [row["id"] for row in rows[0]]
    found = []
    for order in permutations(ids):
        moves = [(one, other) for one, other in zip(ids, order, strict=True) if one != other]
        if all(move in cost for move in moves) and _longest(dict(moves)) <= longest:
            found.append((len(moves), -sum(cost[move] for move in moves)))
    moves, gain = max(found)
    return moves, -gain


def _longest(after: dict[int, int]) -> int:
    lengths = [0]
    for start, second in after.items():
        visited = [second]
        while visited[-1] != start:
            visited.append(after[visited[-1]])
        lengths.append(len(visited))
    return max(lengths)


def spoiled(said: dict[str, Any]) -> dict[str, Any]:
    """Give lies about the instance solved by hand, each with the sums a liar would mend."""
    three, two = said["cycles"]
    swap = [move("1", 12, 80), move("2", 11, 80)]
    costlier = [move("8", 20, 90), move("10", 18, 110)]
    stays = {row["tenant"]: row for row in said["not_moved"]}

    def told(*gone: int, **reasons: str) -> list[dict[str, Any]]:
        kept = {one: row for one, row in stays.items() if one not in gone}
        return [*kept.values(), *({"tenant": int(one[1:]), "reason": reason} for one, reason in reasons.items())]

    return {
        "fewer moves": said
        | {"cycles": [swap, two], "moves": 4, "total_mismatch": 320}
        | {"not_moved": told(1, t3="other_cycles", t4="other_cycles")},
        "a cycle dropped": said
        | {"cycles": [three], "moves": 3, "total_mismatch": 245}
        | {"not_moved": told(t8="other_cycles", t9="other_cycles")},
        "a costlier exchange": said
        | {"cycles": [three, costlier], "total_mismatch": 445, "not_moved": told(10, t9="other_cycles")},
        "somebody twice": said | {"cycles": [swap, three, two], "moves": 7, "total_mismatch": 565},
        "a home not wished": said | {"cycles": [[move("5", 12, 80), move("2", 15, 80)], two]},
        "a home of nobody": said | {"cycles": [[three[0] | {"dwelling": 21}, *three[1:]], two]},
        "a home of another": said | {"cycles": [[three[0] | {"dwelling": 14}, *three[1:]], two]},
        "a stranger": said | {"cycles": [[three[0] | {"tenant": 99}, *three[1:]], two]},
        "a false mismatch": said | {"cycles": [[three[0] | {"mismatch": 80}, *three[1:]], two], "total_mismatch": 400},
        "a false sum": said | {"total_mismatch": 404},
        "a false count": said | {"moves": 6},
        "false wishes": said | {"wishes": 12},
        "a false reason": said | {"not_moved": told(5, t5="home_not_wished")},
        "nothing said to one": said | {"not_moved": told(5)},
        "one told twice": said | {"not_moved": [*said["not_moved"], stays[5]]},
        "an empty home hidden": said | {"dwellings_without_tenant": []},
        "another length": said | {"longest": 2},
        "no length": said | {"longest": 4},
        "a number that is none": said | {"moves": True},
        "cycles that are none": said | {"cycles": {}},
        "a cycle of one": said | {"cycles": [[three[0]]]},
        "a key too many": said | {"more": 1},
    }


def move(tenant: str, home: int, mismatch: int) -> dict[str, int]:
    return {"tenant": int(tenant), "dwelling": home, "mismatch": mismatch}
