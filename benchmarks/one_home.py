"""
One home against everybody who waits: `python -m benchmarks.one_home`.

The search of a round on one home, beside the way it was done before (everybody examined and explained, one after the
other: `tests/engines/matching/one_by_one.py`, which tests hold equal to it to the bit). Times of the processor, the
median of five. A time counts only if both gave the very same list. Writes benchmarks/results/one_home.json and .md.
"""

from __future__ import annotations

import gc
import json
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any

from tests.engines.matching import one_by_one
from tests.engines.matching.builders import GRID, HOME, LOTTERY, RULES, TODAY

from benchmarks.processors import processor
from chezsoi.engines.matching import LABELS, SITUATIONS, Household, search, shortlist

RESULTS = Path(__file__).parent / "results"
SEED, TIMES, WANTED_MS = 20_261_130, 5, 50
COMMUNES = [HOME.commune, *(f"{57_000 + number}" for number in range(39))]
ASKED = {"home": HOME, "rules": RULES, "grid": GRID, "lottery": LOTTERY, "on": TODAY, "size": 4}
EASY = {
    "adults": 1,
    "children": 0,
    "wished_communes": (),
    "rooms_min": None,
    "rooms_max": None,
    "max_outlay_per_month": None,
    "residence_is_regular": None,
    "annual_reference_income": None,
}
Row = dict[str, Any]


class AnotherList(ValueError):
    """The two ways do not propose the same households for the same reasons: nothing can be compared."""


def main() -> None:
    """Measure, then write."""
    result = {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": {
            "processors": os.cpu_count(),
            "processor": processor(),
            "load": round(os.getloadavg()[0], 1),
            "python": platform.python_version(),
        },
        "rows": [_measured(name, waiting) for name, waiting in _cities()],
    }
    (RESULTS / "one_home.json").write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (RESULTS / "one_home.md").write_text(_page(result), encoding="utf-8")


def _cities() -> Iterator[tuple[str, tuple[Household, ...]]]:
    """Draw ordinary files of two sizes, then two that are hard for the search: everybody possible, everybody tied."""
    chance = Random(SEED)  # noqa: S311  invented people, drawn the same each time
    everybody = tuple(_household(number, chance) for number in range(10_000))
    for size in (1_000, 10_000):
        yield f"{size:,}", everybody[:size]
    possible = tuple(replace(each, **EASY) for each in everybody)
    yield "10,000, no rule refuses anybody", possible
    equals = {"situation": "street", "labels": frozenset(), "waiting_since": None}
    yield "10,000, and the lottery alone separates them", tuple(replace(each, **equals) for each in possible)


def _household(number: int, chance: Random) -> Household:
    return Household(
        ref=f"M57-{number:06}",
        situation=chance.choice(sorted(SITUATIONS)),
        adults=chance.choice([1, 1, 1, 2, None]),
        children=chance.choice([0, 0, 0, 1, 2, 3]),
        wished_communes=tuple(chance.sample(COMMUNES, chance.randrange(15))),
        rooms_min=chance.choice([None, 1, 2]),
        rooms_max=chance.choice([None, 2, 3, 4]),
        max_outlay_per_month=Decimal(chance.randrange(20_000, 80_000)) / 100,
        needs_wheelchair=chance.choice([None, False, False, True]),
        needs_lift_or_ground=chance.choice([None, False, False, True]),
        labels=frozenset(chance.sample(sorted(LABELS), chance.choice([0, 0, 1, 1, 2]))),
        waiting_since=date(2026, 1, 1) - timedelta(days=chance.randrange(2_500)),
        has_request_number=chance.choice([True, True, None]),
        residence_is_regular=chance.choice([True, True, None, False]),
        annual_reference_income=Decimal(chance.randrange(40_000)),
    )


def _measured(name: str, waiting: tuple[Household, ...]) -> Row:
    print(name, flush=True)
    asked = ASKED | {"households": waiting}
    found, before = search(**asked), one_by_one.shortlist(**asked)
    if repr(found.shortlist()) != repr(before):
        raise AnotherList(name)
    somebody = before.others[len(before.others) // 2].ref
    row = {
        "possible": len(found.possible),
        "listed_ms": _milliseconds(lambda: search(**asked).candidates),
        "asked_ms": _milliseconds(lambda: search(**asked).why_not(somebody)),
        "everybody_ms": _milliseconds(lambda: shortlist(**asked)),
        "before_ms": _milliseconds(lambda: one_by_one.shortlist(**asked)),
    }
    return {"households": name} | row


def _milliseconds(done: Callable[[], object]) -> float:
    times = []
    for _ in range(TIMES):
        gc.collect()
        started = process_time()
        done()
        times.append(1_000 * (process_time() - started))
    return round(median(times), 1)


def _page(result: dict[str, Any]) -> str:
    machine = result["machine"]
    lines = [
        "# One home against everybody",
        "",
        f"Measured on {result['day']} by `python -m benchmarks.one_home`; {machine['processors']} processors",
        f"({machine['processor']}) shared with other work (load {machine['load']}), Python {machine['python']}.",
        "Invented households; each list the very same as the old way gives, to the bit. Milliseconds of the processor,",
        f"the median of {TIMES}. Wanted: the list of one home among 10,000 households within {WANTED_MS} ms.",
        "",
        "*The list*: whom a rule refuses, who comes first, and the reasons of those proposed. *One answer*: the list,",
        "then why one household is not on it. *All*: the list and the reasons of everybody, as a draw seals them.",
        "*Before*: the old way, which explained everybody to propose four.",
        "",
        "| households | before, × the list | before, × all | possible | the list | one answer | all | before |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    return "\n".join([*lines, *map(_line, result["rows"])]) + "\n"


def _line(row: Row) -> str:
    ratios = [row["before_ms"] / row[name] for name in ("listed_ms", "everybody_ms")]
    times = [row[name] for name in ("listed_ms", "asked_ms", "everybody_ms", "before_ms")]
    figures = [*(f"{each:.1f}" for each in ratios), f"{row['possible']:,}", *(f"{each:.0f}" for each in times)]
    return f"| {' | '.join([row['households'], *figures])} |"


if __name__ == "__main__":
    main()
