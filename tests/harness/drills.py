"""
Drills: the large campaigns, run by `make drill` alone, whose figures are kept with their date and commit.

A drill is a test marked `drill` that says what it measured through the fixture `record_result`. Unless the command line
speaks of drills it is left out; asked for by another test, the fixture writes nothing.
"""

import json
import os
import platform
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "benchmarks" / "results"
HEADER = """\
# Drills

Written by `make drill`: each campaign, what it measured last, when, at which commit. The JSON files beside say all.

| drill | database | day | commit | figures |
|---|---|---|---|---|
"""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the drills out unless the command line speaks of them."""
    if "drill" in (config.getoption("markexpr") or ""):
        return
    left_out = [item for item in items if item.get_closest_marker("drill")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def record_result(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Keep the figures of a drill: `record_result("kill-import", points=200, broken=0)`."""
    is_drill = request.node.get_closest_marker("drill") is not None

    def record(name: str, **figures: Any) -> None:
        if is_drill:
            keep(name, figures, folder=RESULTS)

    return record


def keep(name: str, figures: dict[str, Any], *, folder: Path, database: str = "") -> Path:
    """Write one result, then the page that sums them all up."""
    database = database or database_kind()
    said = {
        "drill": name,
        "database": database,
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "commit": commit(),
        "machine": {"cpus": os.cpu_count(), "python": platform.python_version(), "system": platform.system()},
        "figures": figures,
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"drill-{name}-{database}.json"
    path.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "drills.md").write_text(page(folder), encoding="utf-8")
    return path


def page(folder: Path) -> str:
    """Sum up every result kept in a folder, one line each."""
    return HEADER + "".join(_line(json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("drill-*.json")))


def database_kind() -> str:
    """Say which of the two databases the run is about."""
    return "postgresql" if os.environ.get("CHEZSOI_DATABASE_URL", "").startswith("postgres") else "sqlite"


def commit() -> str:
    """Name the commit the tree stands at; `+` when it was changed since."""
    is_changed = _git("status", "--porcelain", "src")
    return (_git("rev-parse", "--short=12", "HEAD") or "unknown") + ("+" if is_changed else "")


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _line(said: dict[str, Any]) -> str:
    figures = ", ".join(
        f"{key.replace('_', ' ')} {value}" for key, value in said["figures"].items() if _is_short(value)
    )
    return f"| {said['drill']} | {said['database']} | {said['day']} | {said['commit']} | {figures} |\n"


def _is_short(value: object) -> bool:
    return isinstance(value, int | float | str | bool) and len(str(value)) <= 40
