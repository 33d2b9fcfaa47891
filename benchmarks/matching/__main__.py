"""
The matching engine and four other ways on the same instances: `python -m benchmarks.matching`.

Each method runs in a process of its own, three times (once where a run lasts half a minute or more); times are of the
processor, the median. A time counts only if the method found the same feasible pairs as the others. OR-Tools is in
requirements/bench.in. Writes benchmarks/results/matching.json and matching.md.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from benchmarks.matching.cities import SIZES
from benchmarks.matching.measure import ALONE, OURS, Figures
from benchmarks.matching.report import report
from benchmarks.matching.rivals import RIVALS
from benchmarks.processors import processor

RESULTS = Path(__file__).parents[1] / "results"
TIMES, LONG_S = 3, 30.0


class OtherPairs(ValueError):
    """Two methods do not agree on what is feasible: nothing can be compared."""


def main() -> None:
    """Measure everything, then write."""
    measured = {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "commit": _git("rev-parse", "--short=12", "HEAD") + ("+" if _git("status", "--porcelain", "src") else ""),
        "machine": {
            "cpus": os.cpu_count(),
            "processor": processor(),
            "load": round(os.getloadavg()[0], 1),
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
        },
        "sizes": {size: _of_size(size) for size in SIZES},
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "matching.json").write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (RESULTS / "matching.md").write_text(report(measured), encoding="utf-8")


def _of_size(size: str) -> dict[str, Figures]:
    rows = {method: _measured(method, size) for method in (OURS, ALONE, *RIVALS)}
    if len({row["mark"] for row in rows.values() if "mark" in row}) > 1:
        raise OtherPairs(f"{size}: {rows}")
    return rows


def _measured(method: str, size: str) -> Figures:
    if method == "OR-Tools flow" and find_spec("ortools") is None:
        return {"not_run": "ortools is not installed"}
    runs = [_run(method, size)]
    while len(runs) < TIMES and runs[0]["whole_s"] < LONG_S:
        runs.append(_run(method, size))
    middle = {key: median(run[key] for run in runs) for key, value in runs[0].items() if isinstance(value, float)}
    return runs[0] | {key: round(value, 4) for key, value in middle.items()} | {"runs": len(runs)}


def _run(method: str, size: str) -> Figures:
    command = [sys.executable, "-m", "benchmarks.matching.measure", method, size]
    print(f"{size}: {method}", flush=True)
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return json.loads(done.stdout)


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()  # noqa: S603


if __name__ == "__main__":
    main()
