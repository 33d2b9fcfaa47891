"""Pages of docs/reference that the program writes itself: `python -m tests.checks.reference [--write]`."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import django

import tests.harness.data_dir  # noqa: F401  settings make their keys in the data directory: not the developer's

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"


def pages() -> dict[str, Callable[[], str]]:
    """Give what writes each page; they read the program's settings, so Django comes first."""
    from tests.checks import asvs, commands, indicators, pains, progress, takeout, weight

    return {
        "asvs.md": asvs.page,
        "commands.md": commands.page,
        "indicators.md": indicators.page,
        "known-pains.md": pains.page,
        "progress.md": progress.page,
        "takeout.md": takeout.page,
        "weight.md": weight.page,
    }


def stale(folder: Path = FOLDER) -> Iterator[str]:
    """Name the pages that no longer say what the program does."""
    for name, write in pages().items():
        kept = folder / name
        if not kept.exists() or kept.read_text(encoding="utf-8") != write():
            yield name


def main(arguments: list[str]) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "chezsoi.config.settings"
    django.setup()
    if "--write" in arguments:
        for name, write in pages().items():
            (FOLDER / name).write_text(write(), encoding="utf-8")
    found = list(stale())
    print("\n".join(f"docs/reference/{name} is out of date: run this with --write" for name in found) or "Up to date.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
