"""What a page makes a browser fetch before anybody can use it, weighed as it travels."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders

MOST = 100_000
"""The most that a page weighs, everything included, for somebody who comes for the first time."""

MOST_WORDS = 20_000
"""The most that the page alone weighs: what somebody fetches who was here before."""

_HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")
_FACE = re.compile(r'@font-face\s*\{[^}]*url\("([^"]+)"\)[^}]*unicode-range:([^;}]+)', re.DOTALL)
_IMPORT = re.compile(r'^import [^"]*"\./([^"]+)"', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """The bytes of a page, and of what it asks for, by kind."""

    words: int
    parts: dict[str, int]

    @property
    def total(self) -> int:
        return self.words + sum(self.parts.values())


def weigh(html: bytes) -> Weight:
    """Weigh a page with its style sheets, the fonts its letters need, its scripts, its icons."""
    page = BeautifulSoup(html, "html.parser")
    sheets = [_file(link["href"]) for link in page.select("link[rel=stylesheet]")]
    letters = {ord(letter) for letter in page.get_text()}
    parts = {
        "sheets": sum(map(packed, sheets)),
        "fonts": sum(path.stat().st_size for sheet in sheets for path in fonts(sheet, letters)),
        "scripts": sum(packed(path) for path in scripts(_file(each["src"]) for each in page.select("script[src]"))),
        "icons": sum(map(packed, {_file(each["href"].split("#")[0]) for each in page.select("use, link[rel=icon]")})),
    }
    return Weight(words=len(gzip.compress(html)), parts=parts)


def packed(path: Path) -> int:
    """Count the bytes of a file once compressed."""
    return len(gzip.compress(path.read_bytes()))


def fonts(sheet: Path, letters: set[int]) -> list[Path]:
    """Give the fonts of a sheet that a browser fetches to write some letters."""
    faces = _FACE.findall(sheet.read_text(encoding="utf-8"))
    return [sheet.parent / name for name, ranges in faces if any(_holds(ranges, letter) for letter in letters)]


def scripts(paths: Iterator[Path]) -> set[Path]:
    """Give some scripts with those they import."""
    found: set[Path] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [path.parent / name for name in _IMPORT.findall(path.read_text(encoding="utf-8"))]
    return found


def _holds(ranges: str, letter: int) -> bool:
    for each in ranges.split(","):
        first, _dash, last = each.strip().removeprefix("U+").partition("-")
        if int(first, 16) <= letter <= int(last or first, 16):
            return True
    return False


def _file(address: str) -> Path:
    name = _HASH.sub("", address.removeprefix("/static/"))
    found = finders.find(name)
    assert found, f"{address} is no file"
    return Path(found)
