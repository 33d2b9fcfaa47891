"""The page that says what a page of the program weighs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from chezsoi.ui.marks import SPRITE
from tests.checks.vendor import UI
from tests.ui.weight import MOST, MOST_WORDS, fonts, packed, scripts

INTRODUCTION = f"""\
# What a page weighs

Written by `python -m tests.checks.reference --write` from the files themselves.

Somebody who comes for the first time fetches at most **{MOST // 1000} kB**: the page, its style sheets, fonts, scripts
and icons, each weighed compressed (gzip). Afterwards the browser keeps everything but the page, which is at most
**{MOST_WORDS // 1000} kB**. `tests/portal/test_weight.py` holds both for the first page, the day, the list of people
and a household, the homes, a round and the figures, with full lists. A name with letters that French has not (Łucja,
Şahin) asks for one more font, or two: 7 kB each.

Nothing but the page and its style sheets keeps anybody from reading: fonts replace those of the device when they come,
scripts wait, icons stand beside words.

The program compresses nothing itself. The server in front of it compresses what is the same for everybody
([run on a server](../how-to/run-on-a-server.md)); the page, which speaks of people, travels as it is, since the size of
a compressed page tells who listens what it repeats.

| what every page asks for | kB |
|---|---:|"""


_TEMPLATES = ("document.html", "top.html", "shortcuts_dialog.html")
_KINDS = {".css": "style sheets", ".woff2": "fonts", ".js": "scripts", ".svg": "icons"}
_STATIC = re.compile(r"\{% static '([^']+)' %\}")


def page() -> str:
    """Write the page."""
    return "\n".join([INTRODUCTION, *_rows(), ""])


def _rows() -> Iterator[str]:
    sizes = dict.fromkeys(_KINDS.values(), 0)
    for path in _asked():
        sizes[_KINDS[path.suffix]] += path.stat().st_size if path.suffix == ".woff2" else packed(path)
    yield from (f"| {kind} | {-(-size // 1000)} |" for kind, size in sizes.items())
    yield f"| left for the page itself | {(MOST - sum(sizes.values())) // 1000} |"


def _asked() -> set[Path]:
    """Name the files that the templates of every page ask for, with what those files ask for."""
    text = "".join((UI / "templates/ui" / name).read_text(encoding="utf-8") for name in _TEMPLATES)
    named = {UI / "static" / name for name in _STATIC.findall(text) if "rtl" not in name}
    written = {path for sheet in named if sheet.suffix == ".css" for path in fonts(sheet, {ord("a")})}
    return named | written | scripts(path for path in named if path.suffix == ".js") | {UI / "static" / SPRITE}
