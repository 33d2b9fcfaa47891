"""
Is a result of `chezsoi match` right? Run by itself: `python essentials.py HOUSEHOLDS.csv DWELLINGS.csv RESULT.json`.

It believes nothing, searches nothing, needs Python alone, and ends with 0 (right) or 1 (the first thing wrong).

Who. A home leads to every home that suits its holder. Somebody left out could come in exactly if a home that suits them
leads, step by step, to a free home or to a holder ranked behind them. The certificate names the worst reached from each
home: it is right if a path leads there (`towards`), and if no home names one better than its own holder, nor than a
home it leads to. When nobody left out has a home whose worst is behind them, there is no better set (Rado, Edmonds).

Which. Homes have prices from 0 up, 0 when free. When no holder would pay less (mismatch + price) in another home that
suits, no other way of housing the same households has a smaller total (duality).
Left to `chezsoi match-check`: which wish would change an answer (`relaxations`), support places and floors, forms.
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def demand(holds: bool, reason: str) -> None:
    """Go no further unless something holds."""
    if not holds:
        sys.exit(f"Wrong: {reason}.")


def table(content: str) -> list[Row]:
    """Read a CSV file: whole numbers, but for two columns of text."""
    lines = csv.DictReader(content.split("\n"))
    return [{name: text if name in {"group", "zones"} else int(text) for name, text in line.items()} for line in lines]


def may_live(one: Row, home: Row) -> bool:
    """Tell whether a home, in a zone wished for, suits a household."""
    return bool(
        one["typ_min"] <= home["typ"] <= one["typ_max"]
        and home["rent"] <= one["max_rent"] > 0
        and (not one["wheelchair"] or home["wheelchair"] == 1)
        and (not one["needs_lift"] or home["lift_or_ground"] == 1)
        and one["contingents"] >> home["contingent"] & 1 == 1
        and (home["landlord_excludes"] < 0 or one["excluded_by"] >> home["landlord_excludes"] & 1 == 0)
    )


def suiting(one: Row, homes: dict[int, Row]) -> dict[int, int]:
    """Give the homes that suit a household, each with how far it is from the wishes."""
    wish = {int(zone): 5 * place for place, zone in enumerate(one["zones"].split("|")) if zone}
    return {
        number: 20 * (home["typ"] - one["typ_min"]) + wish[home["zone"]] + 100 * home["rent"] // one["max_rent"]
        for number, home in homes.items()
        if home["zone"] in wish and may_live(one, home)
    }


def check_homes(homes: dict[int, Row], nobody: int) -> None:
    """Check that each home leads to whom it names, nobody better than its holder, and that free homes are free."""
    for number, home in homes.items():
        at, steps, price = home, 0, home["price"]
        while at["towards"] is not None and steps < len(homes):
            at, steps = homes[at["towards"]], steps + 1
        demand(at["holder"] == home["worst"] >= home["holder"], f"dwelling {number} does not lead to whom it names")
        is_price = type(price) is int and (price == 0 or (price > 0 and home["holder"] != nobody))
        demand(is_price, f"dwelling {number} has a price below 0, or is free and has one")


def check_holder(said: Row, cost: int, suits: dict[int, int], homes: dict[int, Row]) -> None:
    """Check what a household is proposed, and that from there it leads to nobody worse and to nothing cheaper."""
    who, number = f"household {said['household']}", said["dwelling"]
    demand(number in suits and suits[number] == said["mismatch"], f"{who} has no such home at that mismatch")
    home, paid = homes[number], suits[number] + homes[number]["price"]
    demand(home["towards"] is None or home["towards"] in suits, f"{who} could not move on as the certificate says")
    demand(paid == cost, f"{who} pays {paid}")
    for other, mismatch in suits.items():
        demand(homes[other]["worst"] <= home["worst"], f"{who} leads to somebody worse by dwelling {other}")
        demand(mismatch + homes[other]["price"] >= paid, f"the total is not the least: {who} could move to {other}")


def check(households: str, dwellings: str, result: str) -> None:
    """Check a result against its two files, given their texts."""
    people, offered = sorted(table(households), key=lambda one: (-one["points"], one["tie_rank"])), table(dwellings)
    said, homes, nobody = json.loads(result), {home["id"]: home for home in offered}, len(people)
    ids, rank = [one["id"] for one in people], {one["id"]: place for place, one in enumerate(people)}
    demand(len({(one["points"], one["tie_rank"]) for one in people}) == nobody, "two households have the same rank")
    demand(len(rank) == nobody and len(homes) == len(offered), "a file has an id twice")
    given, left = ({row["household"]: row for row in said[name]} for name in ("proposed", "not_proposed"))
    answered = sorted(row["household"] for row in said["proposed"] + said["not_proposed"])
    demand(answered == sorted(ids), "not everybody is answered exactly once")
    holder, proof = {row["dwelling"]: rank[who] for who, row in given.items()}, said["certificate"]
    demand(len(holder) == len(given), "a home is proposed twice")
    demand(proof["kind"] == "exchanges_and_prices", "the certificate is of another kind")
    for row in proof["dwellings"]:
        worst = nobody if row["worst_reachable"] is None else rank[row["worst_reachable"]]
        home, its_holder = row["dwelling"], holder.get(row["dwelling"], nobody)
        homes[home] |= {"worst": worst, "towards": row["towards"], "price": row["price"], "holder": its_holder}
    check_homes(homes, nobody)
    cost, pairs = {row["household"]: row["cost"] for row in proof["households"]}, 0
    for place, one in enumerate(people):
        suits, who = suiting(one, homes), one["id"]
        pairs += len(suits)
        if who in given:
            check_holder(given[who], cost[who], suits, homes)
            continue
        worst = max((homes[number]["worst"] for number in suits), default=-1)
        demand(worst < place, f"household {who} is left out and could come in")
        answer = ("outranked", ids[worst]) if suits else ("no_feasible_dwelling", None)
        demand((left[who]["reason"], left[who]["threshold_household"]) == answer, f"household {who} is {answer}")
    total = sum(row["mismatch"] for row in given.values())
    demand((said["feasible_pairs"], said["total_mismatch"]) == (pairs, total), f"{pairs} pairs, {total} of mismatch")


if __name__ == "__main__":
    try:
        check(*(Path(path).read_text(encoding="utf-8-sig") for path in sys.argv[1:]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as found:
        sys.exit(f"Wrong: a file is not there, or not of the form expected ({found!r}).")
    print("Right: the pairs, the set, the homes, the total and the thresholds.")
