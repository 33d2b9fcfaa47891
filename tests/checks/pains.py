"""The page of what people ask again and again of systems like this one, and of what is answered here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.checks.asvs import exists, named

KEPT = Path(__file__).resolve().parents[1] / "pains.yaml"
KEYS = {"pain", "asked", "here", "tests", "later"}
HOW_MANY = 20
INTRODUCTION = """\
# What people ask of systems like this one, and the answer given here

Written by `python -m tests.checks.reference --write` from `tests/pains.yaml`; a test that every test named exists.
Twenty requests that come back in the public histories of the programs of this field (the numbers are of their issues
and changes), each a requirement of this one.
"""


def page() -> str:
    """Write the page."""
    kept = pains()
    whole = sum("later" not in each for each in kept.values())
    said = f"{len(kept)} requests: {whole} answered, {len(kept) - whole} in part or not yet, with what they wait for.\n"
    head = "| | people ask | answered here | shown by |\n|---|---|---|---|"
    return "\n".join([INTRODUCTION, said, head, *(_row(number, each) for number, each in kept.items()), ""])


def pains() -> dict[str, dict[str, Any]]:
    """Read what is asked, by number."""
    kept: dict[str, dict[str, Any]] = yaml.load(KEPT.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return kept


def faults(kept: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Name the requests left without an answer, and those whose tests are not there."""
    yield from (f"{number} is missing" for number in map(str, range(1, HOW_MANY + 1)) if number not in kept)
    for number, each in kept.items():
        if unknown := set(each) - KEYS:
            yield f"{number} has {', '.join(sorted(unknown))}"
        if not each.keys() >= {"pain", "asked", "here"} or not each.keys() & {"tests", "later"}:
            yield f"{number} says neither its tests nor what it waits for"
        yield from (f"{number} names {name}, which is no test" for name in each.get("tests", ()) if not exists(name))


def _row(number: str, each: dict[str, Any]) -> str:
    shown = named(each.get("tests", ()))
    waits = f"**not yet**: {each['later']}" if "later" in each else ""
    return (
        f"| {number} | {each['pain']} ({each['asked']}) | {each['here']} | {'; '.join(filter(None, (shown, waits)))} |"
    )
