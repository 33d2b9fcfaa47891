"""Ways to spoil a result: each changes what is said, keeps the form, and mends sums where a liar would."""

import copy
import random
from collections.abc import Callable
from typing import Any

from tests.engines.matching.assignment import brute

Said = dict[str, Any]
Rows = tuple[list[dict[str, Any]], list[dict[str, Any]]]
Corruption = Callable[[Said, Rows, random.Random], Said | None]


def household_dropped(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Say nothing of somebody."""
    among = said[chance.choice(["proposed", "not_proposed"])]
    if not among:
        return None
    among.remove(chance.choice(among))
    return with_true_total(said)


def household_left_out(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Say that somebody proposed has no home, and leave the home free."""
    if not said["proposed"]:
        return None
    gone = chance.choice(said["proposed"])
    said["proposed"].remove(gone)
    said["not_proposed"].append(answer(gone["household"]))
    return with_true_total(said)


def household_swapped(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Give the home of somebody to somebody it suits who is outranked."""
    people, homes = ({row["id"]: row for row in side} for side in rows)
    swaps = [
        (lost, won)
        for lost in said["proposed"]
        for won in said["not_proposed"]
        if brute.feasible(people[won["household"]], homes[lost["dwelling"]])
    ]
    if not swaps:
        return None
    lost, won = chance.choice(swaps)
    said["not_proposed"].remove(won)
    said["not_proposed"].append(answer(lost["household"], threshold=won["household"]))
    lost["mismatch"] = brute.mismatch(people[won["household"]], homes[lost["dwelling"]])
    for cost in said["certificate"]["households"]:
        if cost["household"] == lost["household"]:
            cost["household"] = won["household"]
    lost["household"] = won["household"]
    return with_true_total(said)


def costlier_assignment(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """House the same households at a larger total, said truly."""
    people, homes = ({row["id"]: row for row in side} for side in rows)
    proposed = said["proposed"]
    moves = [
        (one, home["id"])
        for one in proposed
        for home in homes.values()
        if home["id"] != one["dwelling"] and brute.feasible(people[one["household"]], home)
    ]
    chance.shuffle(moves)
    before = said["total_mismatch"]
    for one, home in moves:
        other = next((each for each in proposed if each["dwelling"] == home), None)
        if other and not brute.feasible(people[other["household"]], homes[one["dwelling"]]):
            continue
        one["dwelling"], left = home, one["dwelling"]
        if other:
            other["dwelling"] = left
        for each in proposed:
            each["mismatch"] = brute.mismatch(people[each["household"]], homes[each["dwelling"]])
        if with_true_total(said)["total_mismatch"] > before:
            return said
    return None


def false_number(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Change one of the sums."""
    said[chance.choice(["total_mismatch", "feasible_pairs"])] += chance.choice([-3, -1, 1, 2])
    return said


def false_mismatch(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Say a better mismatch for somebody, and the total that goes with it."""
    if not said["proposed"]:
        return None
    chance.choice(said["proposed"])["mismatch"] -= 1
    return with_true_total(said)


def infeasible_home(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Propose a home where the household may not live, or that is not offered."""
    if not said["proposed"]:
        return None
    one = chance.choice(said["proposed"])
    household = next(row for row in rows[0] if row["id"] == one["household"])
    taken = {each["dwelling"] for each in said["proposed"]}
    homes = [row["id"] for row in rows[1] if row["id"] not in taken and not brute.feasible(household, row)]
    one["dwelling"] = chance.choice([*homes, 12_345])
    return said


def home_twice(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Propose one home to two households."""
    if len(said["proposed"]) < 2:
        return None
    one, other = chance.sample(said["proposed"], 2)
    one["dwelling"] = other["dwelling"]
    return said


def wrong_threshold(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Name somebody else, or nobody, as the one to outrank."""
    if not said["not_proposed"]:
        return None
    one = chance.choice(said["not_proposed"])
    ids = [row["id"] for row in rows[0]] + [None]
    one["threshold_household"] = chance.choice([each for each in ids if each != one["threshold_household"]])
    return said


def wrong_reason(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Say that somebody outranked has no feasible home, or the contrary."""
    if not said["not_proposed"]:
        return None
    one = chance.choice(said["not_proposed"])
    one["reason"] = "outranked" if one["reason"] == "no_feasible_dwelling" else "no_feasible_dwelling"
    return said


def wish_invented(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Promise that a change would be enough, or keep one silent."""
    if not said["not_proposed"]:
        return None
    listed = chance.choice(said["not_proposed"])["relaxations"]
    if listed and chance.random() < 0.5:
        listed.pop(chance.randrange(len(listed)))
    else:
        listed.append({"field": "zones", "from": "1", "to": "1|2", "dwelling": rows[1][0]["id"]})
    return said


def wish_falsified(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Change a number of a change of a wish."""
    changes = [change for one in said["not_proposed"] for change in one["relaxations"]]
    if not changes:
        return None
    change = chance.choice(changes)
    key = chance.choice(["from", "to", "dwelling"])
    change[key] = change[key] + 1 if isinstance(change[key], int) else change[key] + "|9"
    return said


def certificate_removed(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Take the proof away, or a part of it."""
    part = chance.choice([None, "kind", "dwellings", "households"])
    if part is None and chance.random() < 0.5:
        del said["certificate"]
    elif part is None:
        said["certificate"] = {}
    else:
        del said["certificate"][part]
    return said


def certificate_spoiled(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Change one word of the proof into another that means something."""
    dwelling = chance.choice(said["certificate"]["dwellings"])
    households = [row["id"] for row in rows[0]]
    key = chance.choice(["worst_reachable", "price"])
    if key == "price":
        dwelling["price"] = -1 - dwelling["price"]
    else:
        dwelling[key] = chance.choice([one for one in [*households, None] if one != dwelling[key]])
    return said


def malformed(said: Said, rows: Rows, chance: random.Random) -> Said | None:
    """Put something of another kind where a value is expected."""
    key = chance.choice(sorted(said))
    said[key] = chance.choice([None, "many", True, [1], {"a": 1}, -1.5, 1e400, [[]], [{"household": 1}]])
    return said


CORRUPTIONS: tuple[Corruption, ...] = (
    household_dropped,
    household_left_out,
    household_swapped,
    costlier_assignment,
    false_number,
    false_mismatch,
    infeasible_home,
    home_twice,
    wrong_threshold,
    wrong_reason,
    wish_invented,
    wish_falsified,
    certificate_removed,
    certificate_spoiled,
    malformed,
)


def corrupted(said: Said, rows: Rows, corruption: Corruption, chance: random.Random) -> Said | None:
    """Give a spoiled copy, or nothing where this result cannot be spoiled so."""
    return corruption(copy.deepcopy(said), rows, chance)


def answer(household: int, threshold: int | None = None) -> Said:
    reason = "no_feasible_dwelling" if threshold is None else "outranked"
    return {"household": household, "reason": reason, "threshold_household": threshold, "relaxations": []}


def with_true_total(said: Said) -> Said:
    said["total_mismatch"] = sum(each["mismatch"] for each in said["proposed"])
    return said
