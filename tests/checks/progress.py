"""The page of progress: the 54 actions of the report, and what of this program serves each today."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

from tests.checks import commands

ROOT = Path(__file__).resolve().parents[2]
MAPPING = ROOT / "docs" / "reference" / "progress.yaml"
NOT_SERVED = "not served yet"
KEYS = {"serves", "misses", "pages", "commands"}
INTRODUCTION = """\
# Progress: the 54 actions of the report

Written by `python -m tests.checks.reference --write` from `data/actions` and `docs/reference/progress.yaml`; a test
checks that every action is there and that every page and command named exists.

An action is served *in part* when the people who carry it could do some of their own work with the program today, the
column says which, and *served* when nothing of what the report describes is missing. Otherwise it is not served yet.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action of the report and what serves it."""

    key: str
    fiche: int
    territories: str
    title: str
    serves: str
    misses: str
    pages: tuple[str, ...]
    commands: tuple[str, ...]

    @property
    def state(self) -> str:
        if not self.serves:
            return NOT_SERVED
        return "in part" if self.misses else "served"


def page() -> str:
    """Write the page."""
    listed = actions()
    served = [each for each in listed if each.serves]
    whole = sum(not each.misses for each in served)
    said = f"Today: {whole} served, {len(served) - whole} in part, {len(listed) - len(served)} not served yet.\n"
    return "\n".join([INTRODUCTION, said, *_tables(listed)])


def actions() -> tuple[Action, ...]:
    """Read the actions of the report, each with what serves it."""
    mapping = read_mapping()
    with (ROOT / "data" / "actions" / "data.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_action(row, mapping.get(row["action_id"]) or {}) for row in csv.DictReader(file))


def read_mapping() -> dict[str, dict[str, object] | None]:
    """Read what serves each action, by its key; nothing for those not served yet."""
    return yaml.safe_load(MAPPING.read_text(encoding="utf-8"))


def addresses() -> dict[str, str]:
    """Give the address of every page of the site by its name."""
    return dict(_addresses(get_resolver().url_patterns, "/", ""))


def _addresses(patterns: list, prefix: str, space: str) -> Iterator[tuple[str, str]]:
    for each in patterns:
        where = f"{prefix}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from _addresses(each.url_patterns, where, f"{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern) and each.name:
            yield f"{space}{each.name}", where


def _action(row: Mapping[str, str], found: Mapping[str, object]) -> Action:
    return Action(
        key=row["action_id"],
        fiche=int(row["fiche"]),
        territories=row["territory_ids"].replace("|", ", "),
        title=row["title"],
        serves=str(found.get("serves", "")),
        misses=str(found.get("misses", "")),
        pages=tuple(found.get("pages", ())),
        commands=tuple(found.get("commands", ())),
    )


def _tables(listed: tuple[Action, ...]) -> Iterator[str]:
    where = addresses()
    for fiche, group in groupby(listed, key=lambda each: each.fiche):
        yield f"## Fiche {fiche}\n\n| action | territory | today | with |\n|---|---|---|---|"
        yield from (_row(each, where) for each in group)
        yield ""


def _row(each: Action, where: Mapping[str, str]) -> str:
    said = each.state if not each.serves else f"{each.state}: {each.serves}"
    if each.misses:
        said += f" Not: {each.misses}"
    used = [f"`{where[name]}`" for name in each.pages] + [f"`{name}`" for name in each.commands]
    return f"| {each.key} {each.title} | {each.territories} | {said} | {', '.join(used)} |"


def unknown_commands(given: tuple[Action, ...]) -> set[str]:
    """List the commands that actions name and that do not exist."""
    known = {name for name, _command in commands.commands()}
    return {name for each in given for name in each.commands} - known
