"""Invented households and homes, from a seed: the two files, in territories that share no zone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chezsoi.engines.matching.assignment.instance import DWELLING_COLUMNS, HOUSEHOLD_COLUMNS, Instance, read_instance

ZONES = 40
SEED = 20_261_129


@dataclass(frozen=True)
class Size:
    """How many of each, and in how many territories."""

    households: int
    homes: int
    territories: int = 1


SIZES = {
    "1k x 200": Size(1_000, 200),
    "2k x 2k": Size(2_000, 2_000),
    "10k x 2k": Size(10_000, 2_000),
    "100k x 20k, 23 territories": Size(100_000, 20_000, 23),
}


def city(size: Size) -> Instance:
    """Draw an instance: popular zones, few wheelchair homes and few large ones, about one pair in ten feasible."""
    chance = np.random.default_rng(SEED)
    return read_instance(_households(size, chance), _dwellings(size, chance))


def _households(size: Size, chance: np.random.Generator) -> bytes:
    count = size.households
    territory = chance.integers(0, size.territories, count)
    persons = chance.choice(6, count, p=[0.5, 0.15, 0.13, 0.1, 0.07, 0.05])
    typ_min = np.array([1, 1, 2, 3, 4, 4])[persons]
    columns = {
        "id": np.arange(count),
        "group": chance.choice(list("ABC"), count),
        "size": persons + 1,
        "typ_min": typ_min,
        "typ_max": typ_min + np.where(persons == 0, 1, 2),
        "zones": _wishes(territory, chance),
        "max_rent": 230 + 130 * typ_min + chance.integers(0, 350, count),
        "wheelchair": (chance.random(count) < 0.06).astype(int),
        "needs_lift": (chance.random(count) < 0.12).astype(int),
        "contingents": 1 | chance.integers(0, 64, count),
        "excluded_by": chance.integers(0, 256, count) & chance.integers(0, 256, count),
        "support": chance.choice(4, count, p=[0.5, 0.3, 0.15, 0.05]),
        "points": chance.integers(0, 101, count),
        "tie_rank": chance.permutation(count),
    }
    return _written([columns[name] for name in HOUSEHOLD_COLUMNS], HOUSEHOLD_COLUMNS)


def _dwellings(size: Size, chance: np.random.Generator) -> bytes:
    count = size.homes
    zone = chance.integers(0, size.territories, count) * ZONES + chance.integers(0, ZONES, count)
    typ = chance.choice([1, 2, 3, 4, 5], count, p=[0.3, 0.25, 0.25, 0.13, 0.07])
    wheelchair = chance.random(count) < 0.1
    columns = {
        "id": np.arange(count),
        "typ": typ,
        "zone": zone,
        "sector": zone // 3,
        "rent": 150 + 90 * typ + chance.integers(0, 150, count),
        "wheelchair": wheelchair.astype(int),
        "lift_or_ground": (wheelchair | (chance.random(count) < 0.5)).astype(int),
        "contingent": chance.choice(6, count, p=[0.5, 0.1, 0.1, 0.1, 0.1, 0.1]),
        "landlord_excludes": np.where(chance.random(count) < 0.15, chance.integers(0, 8, count), -1),
    }
    return _written([columns[name] for name in DWELLING_COLUMNS], DWELLING_COLUMNS)


def _wishes(territory: np.ndarray, chance: np.random.Generator) -> list[str]:
    """Draw zones of the territory without repeating, the first ones the most popular."""
    count = len(territory)
    liking = -np.log(np.arange(1, ZONES + 1)) / 2 - np.log(-np.log(chance.random((count, ZONES))))
    ranked = np.argsort(-liking, axis=1) + territory[:, None] * ZONES
    lengths = np.maximum(1, chance.binomial(28, 0.5, count))
    return ["|".join(map(str, zones[:length])) for zones, length in zip(ranked.tolist(), lengths.tolist(), strict=True)]


def _written(columns: list[object], heading: object) -> bytes:
    rows = zip(*(column.tolist() if isinstance(column, np.ndarray) else column for column in columns), strict=True)
    return "\n".join([",".join(heading), *(",".join(map(str, row)) for row in rows)]).encode()
