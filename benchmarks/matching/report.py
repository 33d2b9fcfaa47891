"""The page of the figures: ratios first, losses among them."""

from __future__ import annotations

from typing import Any

from benchmarks.matching.measure import ALONE, OURS

HEAD = """\
# Matching benchmark

Households and homes invented from a seed (`benchmarks/matching/cities.py`); nothing here was measured on real people.
Measured on {day} at {commit} by `python -m benchmarks.matching`: {cpus} cores ({processor}) shared with other
work (load {load}), Python {python}, {system}. Times are of the processor, in seconds; one process a method; the same
feasible pairs, by fingerprint, in every row of a table.

"Pairs" is finding who may live where. "Whole" is pairs, who, which home; for chezsoi also every explanation (bar of
each home, threshold and wishes of each household) and the proof. "Left out" counts members of the best set, under the
published order, whom the method leaves without a home; "left empty" the homes it leaves empty that could be let.
The second row is the engine without explanations: the work the other ways do, and the proof that nothing better exists.
"""

COLUMNS = (
    "| method | whole, × chezsoi | pairs, × chezsoi | left out | left empty | housed | mismatch | whole | pairs | MB |"
    " runs |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n"
)


def report(measured: dict[str, Any]) -> str:
    """Write the page."""
    page = HEAD.format(day=measured["day"], commit=measured["commit"], **measured["machine"])
    for size, rows in measured["sizes"].items():
        ours = rows[OURS]
        page += f"\n## {size}: {ours['pairs']} feasible pairs\n\n{COLUMNS}"
        page += "".join(_line(method, row, ours) for method, row in rows.items())
        page += _same_work(rows) + _after(ours)
    return page + _losses(measured)


def _line(method: str, row: dict[str, Any], ours: dict[str, Any]) -> str:
    if "not_run" in row:
        return f"| {method} | not run: {row['not_run']} |{' |' * 9}\n"
    ratios = f"{row['whole_s'] / ours['whole_s']:.1f} | {row['pairs_s'] / ours['pairs_s']:.1f}"
    quality = " | ".join(str(row[key]) for key in ("left_out", "left_empty", "housed", "mismatch"))
    times = f"{row['whole_s']:.3f} | {row['pairs_s']:.3f} | {row['memory_mb']} | {row['runs']}"
    return f"| {method} | {ratios} | {quality} | {times} |\n"


def _same_work(rows: dict[str, Any]) -> str:
    seconds = rows[ALONE]["whole_s"]
    times = [
        f"{method} {row['whole_s'] / seconds:.1f}×"
        for method, row in rows.items()
        if method not in {OURS, ALONE} and "not_run" not in row
    ]
    return f"\nThe same work, against the second row: {'; '.join(times)}.\n"


def _after(ours: dict[str, Any]) -> str:
    said = f"Writing the {ours['result_mb']} MB of RESULT.json: {ours['written_s']:.2f} s.\n"
    if "one_home_ms" in ours:
        said += (
            f"One home against everybody, explained: {ours['one_home_ms']:.0f} ms. The rest again after one decision:"
            f" {ours['again_ms']:.0f} ms, {ours['again_worst_ms']:.0f} at worst.\n"
        )
    return said


def _losses(measured: dict[str, Any]) -> str:
    found = [
        f"- {size}: {method} is {'faster' if row['whole_s'] < rows[OURS]['whole_s'] else 'lighter'}"
        f" ({row['whole_s']:.3f} s, {row['memory_mb']} MB)."
        for size, rows in measured["sizes"].items()
        for method, row in rows.items()
        if method != ALONE
        and "not_run" not in row
        and (row["whole_s"] < rows[OURS]["whole_s"] or row["memory_mb"] < rows[OURS]["memory_mb"] - 5)
    ]
    return "\n## Where another way costs less\n\n" + ("\n".join(found) or "- Nowhere in these tables.") + "\n"
