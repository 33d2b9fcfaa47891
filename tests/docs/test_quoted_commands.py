"""Every command quoted in the documentation is one that can be run, with options it has."""

import re
import shlex
from collections.abc import Iterator

import pytest

from tests.checks import commands
from tests.checks.docs import ROOT

_FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"`((?:\.venv/bin/)?chezsoi [^`\n]+)`")
_LINE = re.compile(r"^\s*(?:[A-Z_]+=\S+ )*((?:\S*/)?chezsoi [^\n]+)$", re.MULTILINE)
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
WRITTEN = {"commands.md", "progress.md"}


def quoted(text: str) -> Iterator[list[str]]:
    """List the commands of a page, word by word."""
    lines = [line for block in _FENCE.findall(text) for line in _LINE.findall(block)]
    for found in [*lines, *_QUOTED.findall(_FENCE.sub("", text))]:
        yield ["chezsoi", *shlex.split(found, comments=True)[1:]]


def faults(text: str) -> list[str]:
    known = dict(commands.commands())
    options = {name: {opt for each in given.params for opt in each.opts} for name, given in known.items()}
    found = []
    for words in quoted(text):
        name = next((name for n in (3, 2) if (name := " ".join(words[:n])) in known), None)
        if name is None:
            found.append(" ".join(words))
        else:
            used = {word.partition("=")[0] for word in words if word.startswith("--")} - {"--help"}
            found += [f"{name} {option}" for option in sorted(used - options[name])]
    return found


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in WRITTEN], ids=lambda page: page.name)
def test_a_page_quotes_commands_that_exist(page):
    assert faults(page.read_text(encoding="utf-8").replace("chezsoi … ", "chezsoi run ")) == []


def test_a_command_that_does_not_exist_is_seen():
    text = "Do `chezsoi fly`, then:\n```\nCHEZSOI_DEMO=0 .venv/bin/chezsoi report indicators --colour blue  # x\n```\n"

    assert faults(text) == ["chezsoi report indicators --colour", "chezsoi fly"]


def test_a_command_that_exists_is_no_fault():
    assert faults("`chezsoi trail verify --anchor FILE`") == []
