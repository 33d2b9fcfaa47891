"""The answers by trying everything: rows in, ids out, nothing of the engine."""

from functools import cache
from typing import Any

Row = dict[str, Any]


def feasible(household: Row, home: Row) -> bool:
    zones = household["zones"].split("|")
    return (
        str(home["zone"]) in zones
        and household["typ_min"] <= home["typ"] <= household["typ_max"]
        and 0 < household["max_rent"] >= home["rent"]
        and (not household["wheelchair"] or bool(home["wheelchair"]))
        and (not household["needs_lift"] or bool(home["lift_or_ground"]))
        and bool(household["contingents"] >> home["contingent"] & 1)
        and (home["landlord_excludes"] < 0 or not household["excluded_by"] >> home["landlord_excludes"] & 1)
    )


def mismatch(household: Row, home: Row) -> int:
    rank = household["zones"].split("|").index(str(home["zone"]))
    return 20 * (home["typ"] - household["typ_min"]) + 5 * rank + 100 * home["rent"] // household["max_rent"]


def published_order(households: list[Row]) -> list[Row]:
    return sorted(households, key=lambda row: (-row["points"], row["tie_rank"]))


def best(households: list[Row], homes: list[Row]) -> tuple[set[int], int]:
    """Give the lexicographically best set and its least mismatch: every way to house everybody is tried."""
    order = published_order(households)

    @cache
    def tried(place: int, taken: frozenset[int]) -> tuple[tuple[bool, ...], int]:
        if place == len(order):
            return (), 0
        who = order[place]
        ways = [(False, 0, taken)] + [
            (True, -mismatch(who, home), taken | {home["id"]})
            for home in homes
            if home["id"] not in taken and feasible(who, home)
        ]
        found = []
        for is_housed, gain, after in ways:
            rest, gained = tried(place + 1, after)
            found.append(((is_housed, *rest), gain + gained))
        return max(found)

    housed, gained = tried(0, frozenset())
    return {row["id"] for row, is_housed in zip(order, housed, strict=True) if is_housed}, -gained


def can_be_housed(households: list[Row], homes: list[Row]) -> bool:
    if not households:
        return True
    first, *others = households
    return any(
        can_be_housed(others, [other for other in homes if other is not home])
        for home in homes
        if feasible(first, home)
    )


def threshold(household: Row, households: list[Row], homes: list[Row]) -> int | None:
    """Give the worst-ranked member of the best set that the household could replace."""
    chosen, _ = best(households, homes)
    order = [row for row in published_order(households) if row["id"] in chosen]
    for last in reversed(order):
        if can_be_housed([row for row in order if row is not last] + [household], homes):
            return last["id"]
    return None


def relaxations(household: Row, households: list[Row], homes: list[Row]) -> list[dict[str, Any]]:
    """Try every single change of a wish by a new run; a rise of the rent by every rent there is, the smallest kept."""
    found = []
    rents = sorted({max(home["rent"], 1) for home in homes} - set(range(household["max_rent"] + 1)))
    tries = [("max_rent", rent) for rent in rents]
    tries += [("typ_max", household["typ_max"] + 1), ("typ_min", household["typ_min"] - 1)]
    wishes = [zone for zone in household["zones"].split("|") if zone]
    zones = sorted({str(home["zone"]) for home in homes} - set(wishes))
    tries += [("zones", "|".join([*wishes, zone])) for zone in zones]
    for field, value in tries:
        if field == "max_rent" and any(change["field"] == field for change in found):
            continue
        changed = household | {field: value}
        others = [row for row in households if row is not household]
        if household["id"] in best([*others, changed], homes)[0]:
            opened = [home for home in homes if feasible(changed, home) and not feasible(household, home)]
            home = min(_enough(changed, others, homes, opened))
            found.append({"field": field, "from": household[field], "to": value, "dwelling": home})
    return sorted(found, key=lambda change: (change["field"], change["dwelling"]))


def _enough(changed: Row, others: list[Row], homes: list[Row], opened: list[Row]) -> list[int]:
    """Try each opened home as the only one open to this household, all homes staying open to the others."""
    chosen, _ = best(others, homes)
    ahead = [row for row in published_order([*others, changed]) if row["id"] in chosen or row is changed]
    ahead = ahead[: ahead.index(changed)]
    return [home["id"] for home in opened if can_be_housed(ahead, [other for other in homes if other is not home])]
