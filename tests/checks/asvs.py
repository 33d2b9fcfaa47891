"""The page of ASVS 5: each requirement that bites here, in our words, and the tests that show it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "tests" / "asvs.yaml"
KEYS = {"asks", "tests", "later", "not"}
CHAPTERS = {
    "1": "Encoding and sanitisation",
    "2": "Validation and the order of things",
    "3": "What the browser is told",
    "5": "Files",
    "6": "Who comes in",
    "7": "Sessions",
    "8": "Who may",
    "10": "Identity provider",
    "11": "Cryptography",
    "13": "Configuration",
    "14": "Protection of data",
    "15": "Code of others, and ours",
    "16": "What is written down, and failures",
}
DEMANDED = (
    "1.2.1", "1.2.2", "1.2.4", "1.2.10", "1.3.1", "1.3.6", "1.3.7", "1.3.11", "1.5.1", "1.5.2", "2.2.1",
    "2.2.2", "2.2.3", "2.3.1", "2.3.3", "2.3.4", "2.4.1", "3.2.1", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.4.1",
    "3.4.3", "3.4.4", "3.4.6", "3.5.1", "3.5.3", "3.7.2", "5.2.1", "5.2.2", "5.2.3", "5.3.2", "5.4.2", "5.4.3",
    "6.2.1", "6.2.2", "6.2.3", "6.2.4", "6.2.5", "6.2.6", "6.2.7", "6.2.8", "6.2.9", "6.3.1", "6.3.3", "6.5.5",
    "7.2.4", "7.3.1", "7.3.2", "7.4.1", "7.4.2", "7.4.5", "8.2.1", "8.2.2", "8.2.3", "8.3.1", "8.4.1", "10.1.2",
    "10.2.1", "10.5.1", "10.5.2", "10.5.3", "10.5.4", "11.3.3", "11.4.2", "11.5.1", "13.4.2", "13.4.5",
    "14.2.1", "14.3.1", "14.3.2", "14.3.3", "15.1.2", "15.3.1", "15.3.3", "16.2.5", "16.3.1", "16.3.2",
    "16.4.1", "16.4.2", "16.5.1", "16.5.3",
)  # fmt: skip
INTRODUCTION = """\
# Security: the requirements of ASVS 5 and the tests that show them

Written by `python -m tests.checks.reference --write` from `tests/asvs.yaml`; a test that every requirement is decided
and that every test named exists. OWASP ASVS 5.0.0 has 345 requirements; these are those that bite in a house like this
one, said in our words: the number leads to the text itself.
"""


def page() -> str:
    """Write the page."""
    kept = requirements()
    shown = sum("tests" in each for each in kept.values())
    said = f"{len(kept)} requirements: {shown} shown by tests, {len(kept) - shown} that do not apply yet, with why.\n"
    return "\n".join([INTRODUCTION, said, *_chapters(kept)])


def requirements() -> dict[str, dict[str, Any]]:
    """Read what is asked, by number."""
    kept: dict[str, dict[str, Any]] = yaml.load(KEPT.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return kept


def faults(kept: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Name the requirements left undecided, and those whose tests are not there."""
    yield from (f"{number} is not decided" for number in DEMANDED if number not in kept)
    yield from (f"{number} is asked by nobody" for number in kept if number not in DEMANDED)
    for number, each in kept.items():
        if unknown := set(each) - KEYS:
            yield f"{number} has {', '.join(sorted(unknown))}"
        if len(set(each) & {"tests", "later", "not"}) != 1 or not each.get("asks") or not all(each.values()):
            yield f"{number} says neither its tests nor why there are none"
        yield from (f"{number} names {name}, which is no test" for name in each.get("tests", ()) if not exists(name))


def exists(name: str) -> bool:
    """Tell whether a test of that name would be collected."""
    path, _colons, inside = name.partition("::")
    return inside in _collected(path)


@cache
def _collected(path: str) -> frozenset[str]:
    if not (ROOT / path).is_file() or not Path(path).name.startswith("test_"):
        return frozenset()
    return frozenset(_tests(ast.parse((ROOT / path).read_text(encoding="utf-8")), ""))


def _tests(node: ast.Module | ast.ClassDef, prefix: str) -> Iterator[str]:
    for each in node.body:
        if isinstance(each, ast.ClassDef) and each.name.startswith("Test"):
            yield from _tests(each, f"{prefix}{each.name}::")
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_"):
            yield f"{prefix}{each.name}"


def _chapters(kept: dict[str, dict[str, Any]]) -> Iterator[str]:
    for chapter, group in groupby(kept.items(), key=lambda each: each[0].split(".")[0]):
        yield f"## {chapter}. {CHAPTERS[chapter]}\n\n| requirement | asks | shown by |\n|---|---|---|"
        yield from (f"| {number} | {each['asks']} | {_shown_by(each)} |" for number, each in group)
        yield ""


def _shown_by(each: dict[str, Any]) -> str:
    if "tests" not in each:
        return f"later: {each['later']}" if "later" in each else f"does not apply: {each['not']}"
    return named(each["tests"])


def named(tests: Iterable[str]) -> str:
    """Name tests as a page does: what each shows, and where it is."""
    return ", ".join(f"`{name.rpartition('::')[2]}` ({name.partition('::')[0]})" for name in tests)
