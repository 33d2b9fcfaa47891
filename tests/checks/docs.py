"""Check the documentation: links lead somewhere, examples run, the diagram is the contract."""

import configparser
import doctest
import importlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django

import tests.harness.data_dir  # noqa: F401  settings make their keys in the data directory: not the developer's

ROOT = Path(__file__).resolve().parents[2]
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
_FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "chezsoi.config.settings"
    django.setup()
    pages = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
    found = [fault for page in pages for fault in broken_links(page)]
    found += [*failed_examples(ROOT / "src"), *other_diagram(ROOT / "ARCHITECTURE.md", ROOT / ".importlinter")]
    print("\n".join(found) or f"{len(pages)} pages, every link and every example holds.")
    return 1 if found else 0


def broken_links(page: Path) -> Iterator[str]:
    """List the links of a page, to a file or a heading of this repository, that lead nowhere."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in (match["target"] for match in _LINK.finditer(text)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        aim = page.parent / name if name else page
        if not aim.exists() or (anchor and anchor not in anchors(aim)):
            yield f"{page.name}: {target} leads nowhere"


def anchors(page: Path) -> set[str]:
    """
    Name the headings of a page as links do.

    Letters, digits and hyphens stay; spaces become hyphens; the rest goes.
    """
    headings = _HEADING.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def failed_examples(sources: Path) -> Iterator[str]:
    """Run the examples of every docstring."""
    for path in sorted(sources.rglob("*.py")):
        if ">>>" not in path.read_text(encoding="utf-8"):
            continue
        name = ".".join(path.relative_to(sources).with_suffix("").parts)
        failed, _tried = doctest.testmod(importlib.import_module(name.removesuffix(".__init__")))
        if failed:
            yield f"{name}: {failed} examples do not say what they show"


def other_diagram(page: Path, contract: Path) -> Iterator[str]:
    """Say whether the stack drawn in a page is the one the contract enforces."""
    if not page.exists():
        yield f"{page.name} is missing"
        return
    drawn = [_layers(block) for block in _FENCE.findall(page.read_text(encoding="utf-8"))]
    if _stack(contract) not in drawn:
        yield f"{page.name}: no diagram shows the layers of {contract.name}"


def _stack(contract: Path) -> list[list[str]]:
    read = configparser.ConfigParser()
    read.read(contract, encoding="utf-8")
    return _layers(read["importlinter:contract:stack"]["layers"])


def _layers(text: str) -> list[list[str]]:
    lines = (re.findall(r"\w+", line) for line in text.splitlines())
    return [sorted(names) for names in lines if names]


if __name__ == "__main__":
    sys.exit(main())
