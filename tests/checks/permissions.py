"""
Check docs/reference/permissions.md: it says what the code does, role by role and page by page.

`--write` writes it again.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import django

import tests.harness.data_dir  # noqa: F401  settings make their keys in the data directory: not the developer's

PATH = Path(__file__).resolve().parents[2] / "docs" / "reference" / "permissions.md"
HEAD = """\
# Who may do what

This page is written from the code (`python -m tests.checks.permissions --write`): a test fails when they differ.
A role comes from the table `data/roles`; its rights are in `src/chezsoi/territories/access.py`. A right opens a page;
what exists on it depends on the scope: what is out of scope is not found (404), a page the role never opens is refused
(403). Each address, method and kind of thing is held to `tests/matrix/expected.csv`, role by role.
"""
CELLS = """\
`-` nothing; `M` a minimal card (first name and initial, size, age bands); `R` and `W` read and write inside the circle
of the household; `r` and `w` read and write in the own organisation or territory; `P` pseudonymous rows; `A`
aggregates, small cells hidden; `S` own data; words name a condition that must hold.
"""


def page() -> str:
    """Write the page."""
    return "\n".join((HEAD, *_rights(), "", *_pages(), "", *_categories(), ""))


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chezsoi.config.settings")
    django.setup()
    if "--write" in arguments:
        PATH.write_text(page(), encoding="utf-8")
        return 0
    if PATH.read_text(encoding="utf-8") == page():
        return 0
    print("docs/reference/permissions.md is not what the code does: python -m tests.checks.permissions --write")
    return 1


def _rights() -> Iterator[str]:
    from chezsoi.territories.access import roles

    yield "## Rights of each role\n"
    yield "| Role | Where it holds | Rights |"
    yield "| --- | --- | --- |"
    for role in roles().values():
        rights = ", ".join(sorted(f"`{right}`" for right in role.rights)) or "none"
        yield f"| {role.label_en} (`{role.key}`) | {role.scope} | {rights} |"


def _pages() -> Iterator[str]:
    from chezsoi.territories.access import Can

    opened = _doors()
    yield "## Pages that each right opens\n"
    yield "| Right | Pages |"
    yield "| --- | --- |"
    for right in sorted(Can):
        yield f"| `{right}` | {_listed(opened.pop(right, []))} |"
    yield f"| any account | {_listed(opened.pop('any account', []))} |"
    yield f"| anybody | {_listed(opened.pop('anybody', []))} |"


def _doors() -> dict[str, list[str]]:
    from tests.architecture import source

    found = defaultdict(list)
    for address, view in source.views():
        door = getattr(view, "permission", "") or ("anybody" if hasattr(view, "public_reason") else "any account")
        found[str(door)].append(address)
    return found


def _listed(addresses: list[str]) -> str:
    return ", ".join(f"`{address}`" for address in sorted(addresses)) or "no page yet"


def _categories() -> Iterator[str]:
    from chezsoi.territories.access import roles

    held = list(roles().values())
    columns = [name.replace("_", " ", 1).replace("_", " and ") for name in held[0].categories]
    yield "## What each role sees of each category of data\n"
    yield CELLS
    yield f"| Role | {' | '.join(columns)} | Note |"
    yield f"| {' | '.join('---' for _ in range(len(columns) + 2))} |"
    for role in held:
        yield f"| {role.label_en} | {' | '.join(role.categories.values())} | {role.note} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
