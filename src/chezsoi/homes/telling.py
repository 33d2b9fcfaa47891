"""On which day each thing known of a home was told as it stands: kept when it is written, guessed of nothing older."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chezsoi.homes.models import Dwelling, Offer

FEATURES = (
    "stock", "shared_home", "commune", "rooms", "surface_m2", "floor", "has_lift", "is_wheelchair_accessible",
    "energy_class",
)  # fmt: skip
TERMS = ("tenure", "funding", "rent_per_month", "charges_per_month", "available_on")
UNSAID = (None, "", "unknown")


def first_told(values: Mapping[str, Any], on: date) -> dict[str, str]:
    """
    Give the days of a row that is written for the first time; what is not told has none.

    >>> first_told({"rooms": 2, "floor": None, "address": "8 rue Clovis"}, date(2026, 3, 12))
    {'rooms': '2026-03-12'}
    """
    told = (name for name in (*FEATURES, *TERMS) if values.get(name) not in UNSAID)
    return dict.fromkeys(told, on.isoformat())


def told_again(row: Dwelling | Offer, values: Mapping[str, Any], on: date) -> dict[str, str]:
    """
    Give the days of a row once `values` are written over it: what they change has that day, or none if told no more.

    What they leave as it was keeps the day it had, or goes on without one: a form sent again says nothing anew.
    """
    changed = {name: value for name, value in values.items() if value != getattr(row, name)}
    kept = {name: day for name, day in row.told_on.items() if name not in changed}
    return kept | first_told(changed, on)
