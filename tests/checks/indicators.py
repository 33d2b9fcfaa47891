"""The page of the indicators, written from their definition cards."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation
from django.utils.text import capfirst

from chezsoi.observatory.choices import Qualifier
from chezsoi.observatory.queries import CSV_HEADER
from chezsoi.observatory.wording import DEFINITIONS, Definition

INTRODUCTION = """\
# Indicators

Written by `python -m tests.checks.reference --write` from the definition cards of the program; each is also a page of
the site. A card's version changes when its count could change.
How to use them: [read the figures](../how-to/read-the-figures.md).
"""


def page() -> str:
    """Write the page."""
    with translation.override("en"):
        cards = "\n".join(_card(each) for each in DEFINITIONS.values())
        return "\n".join([INTRODUCTION, cards, *_file()])


def _card(card: Definition) -> str:
    facts = {
        "version": card.version,
        "unit": card.unit,
        "counts": card.counts,
        "attribution": card.attribution,
        "limits": card.limits,
        "source": card.source,
    }
    rows = "\n".join(f"| {name} | {value} |" for name, value in facts.items())
    return f"## {card.indicator.value}\n\n{capfirst(str(card.indicator.label))}.\n\n| | |\n|---|---|\n{rows}\n"


def _file() -> Iterator[str]:
    yield "## The file\n"
    yield f"`chezsoi report indicators` prints a header, always: `{','.join(CSV_HEADER)}`.\n"
    yield "| qualifier | meaning |\n|---|---|"
    yield from (f"| `{each.value}` | {each.label} |" for each in Qualifier)
    yield ""
