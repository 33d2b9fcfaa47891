"""What a household that is not proposed is told: each word is found again, and none may be missing."""

from __future__ import annotations

from typing import Any

import numpy as np

from chezsoi.engines.matchcheck.problem import Booleans, Household, Problem, Suits
from chezsoi.engines.matchcheck.proof import Proof
from chezsoi.engines.matchcheck.rejections import reject_unless


def check_answer(problem: Problem, proof: Proof, one: Household, suits: Suits, said: dict[str, Any]) -> None:
    """Check that a household stays out, by whom it is outranked, and every wish that would change it."""
    feasible = suits.pair
    threshold = int(proof.bars[feasible].max(initial=-1))
    reject_unless(threshold < one.rank, f"Household {one.id} is left out and could be brought in.")
    reason = "no_feasible_dwelling" if threshold < 0 else "outranked"
    reject_unless(said["reason"] == reason, f"The reason for household {one.id} is {reason}.")
    named = None if threshold < 0 else problem.households[threshold].id
    reject_unless(said["threshold_household"] == named, f"The threshold of household {one.id} is {named}.")
    expected = relaxations(problem, one, suits, proof.bars > one.rank)
    reject_unless(said["relaxations"] == expected, f"The relaxations of household {one.id} are not those.")


def openings(problem: Problem, one: Household, suits: Suits) -> Booleans:
    """Say which homes one change of one wish would open to a household."""
    rooms = problem.homes["typ"]
    larger = (rooms == one.typ_max + 1) & (rooms >= one.typ_min)
    smaller = (rooms == one.typ_min - 1) & (rooms <= one.typ_max)
    near = ~suits.rooms & (larger | smaller)
    dearer, elsewhere = suits.zone & suits.rooms & ~suits.rent, suits.rooms & suits.rent & ~suits.zone
    return np.asarray(suits.needs & (dearer | elsewhere | (suits.zone & suits.rent & near)))


def relaxations(problem: Problem, one: Household, suits: Suits, is_behind: Booleans) -> list[dict[str, Any]]:
    """List each change of one wish that opens a home by which the household would enter, by field then dwelling."""
    homes, able = problem.homes, suits.needs & is_behind
    if not able.any():
        return []
    found: list[dict[str, Any]] = []

    def add(field: str, before: int | str, after: int | str, opened: Booleans) -> None:
        if opened.any():
            dwelling = int(homes["id"][np.argmax(opened)])
            found.append({"field": field, "from": before, "to": after, "dwelling": dwelling})

    rents = np.maximum(homes["rent"], 1)
    dearer = able & suits.zone & suits.rooms & ~suits.rent
    rent = int(rents[dearer].min(initial=2**62))
    add("max_rent", one.max_rent, rent, dearer & (rents == rent))
    there = able & suits.zone & suits.rent
    larger = (homes["typ"] == one.typ_max + 1) & (homes["typ"] >= one.typ_min)
    add("typ_max", one.typ_max, one.typ_max + 1, there & larger)
    smaller = (homes["typ"] == one.typ_min - 1) & (homes["typ"] <= one.typ_max)
    add("typ_min", one.typ_min, one.typ_min - 1, there & smaller)
    elsewhere = able & suits.rooms & suits.rent & ~suits.zone
    for zone in np.unique(homes["zone"][elsewhere]).tolist():
        wishes = "|".join(map(str, (*one.zones, zone)))
        add("zones", one.wishes, wishes, elsewhere & (homes["zone"] == zone))
    return sorted(found, key=lambda change: (change["field"], change["dwelling"]))
