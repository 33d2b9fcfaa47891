"""The page of progress: the 54 actions of the report, and what of this program serves each today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

from chezsoi.portal.catalogue import Action, State, actions
from chezsoi.portal.catalogue.reading import SERVED
from tests.checks import commands

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"serves", "misses", "pages", "commands", "shown_by"}
SAID = {State.WHOLE: "served", State.IN_PART: "in part", State.NOT_YET: "not served yet"}
INTRODUCTION = """\
# Progress: the 54 actions of the report

Written by `python -m tests.checks.reference --write` from `data/actions` and `portal/catalogue/served.yaml`, as
the page `/actions/` is; a test that every action is there and that every page, command and test named exists.

An action is served *in part* when the people who carry it could do some of their own work with the program today, the
column says which, and *served* when nothing of what the report describes is missing. Otherwise it is not served yet.
"""


def page() -> str:
    """Write the page."""
    listed = actions("en")
    served = [each for each in listed if each.serves]
    whole = sum(not each.misses for each in served)
    said = f"Today: {whole} served, {len(served) - whole} in part, {len(listed) - len(served)} not served yet.\n"
    return "\n".join([INTRODUCTION, said, *_tables(listed)])


def read_mapping() -> dict[str, dict[str, object] | None]:
    """Read what serves each action, by its key; nothing for those not served yet."""
    return yaml.safe_load(SERVED.read_text(encoding="utf-8"))


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


def _tables(listed: tuple[Action, ...]) -> Iterator[str]:
    where = addresses()
    for fiche, group in groupby(listed, key=lambda each: each.fiche):
        yield f"## Fiche {fiche}\n\n| action | territory | today | with |\n|---|---|---|---|"
        yield from (_row(each, where) for each in group)
        yield ""


def _row(each: Action, where: Mapping[str, str]) -> str:
    said = SAID[each.state] + (f": {each.serves}" if each.serves else "")
    if each.misses:
        said += f" Not: {each.misses}"
    used = [f"`{where[name]}`" for name in each.pages] + [f"`{name}`" for name in each.commands]
    return f"| {each.key} {each.title} | {', '.join(each.territories)} | {said} | {', '.join(used)} |"


def unknown_tests(given: tuple[Action, ...]) -> set[str]:
    """List the tests that actions name and that are not in the repository."""
    return {path for each in given for path in each.shown_by if not (ROOT / path).is_file()}


def unknown_commands(given: tuple[Action, ...]) -> set[str]:
    """List the commands that actions name and that do not exist."""
    known = {name for name, _command in commands.commands()}
    return {name for each in given for name in each.commands} - known
