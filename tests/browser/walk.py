"""Walk the pages that a role can reach from its day, and say what is wrong with each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PAPERS = re.compile(r"\.(csv|xlsx)$|/trail/export/|/minutes/|/corrections/|/letters/#/$|/gallery/")
LINKS = """[...document.querySelectorAll("main a, nav a")]
  .filter(link => link.origin === location.origin)
  .map(link => link.pathname + link.search)"""
WIDTHS = (320, 375, 1280)
LOOKS = (((1280, "light"), (375, "dark")), ((1280, "dark"), (375, "light")))


@dataclass
class Walk:
    """One browser page that follows links; `seen` is shared, so that axe reads each distinct page once."""

    page: Page
    base_url: str
    seen: set[str]
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", self._note_elsewhere)

    def everywhere(self, start: str = "/day/") -> Iterator[str]:
        """Open every kind of page the role can reach, and give the faults found."""
        waiting, known = [start], {kind(start)}
        while waiting:
            path = waiting.pop(0)
            self.page.goto(self.base_url + path)
            for link in self.page.evaluate(LINKS):
                if kind(link) not in known and not PAPERS.search(kind(link)):
                    known.add(kind(link))
                    waiting.append(link)
            yield from self.faults()

    def faults(self) -> Iterator[str]:
        """Look at the page that is open at every width; axe reads a kind of page once as a phone and once as a desk."""
        path = self.page.url.removeprefix(self.base_url)
        yield from (f"{path}: {words}" for words in self.said)
        self.said.clear()
        if (titles := self.page.locator("h1").count()) != 1:
            yield f"{path}: {titles} h1"
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            if (wide := self.page.evaluate("document.documentElement.scrollWidth")) > width:
                yield f"{path}: {wide} pixels wide on a screen of {width}"
        if kind(path) not in self.seen:
            self.seen.add(kind(path))
            yield from self._axe(path)

    def _axe(self, path: str) -> Iterator[str]:
        for width, theme in LOOKS[len(self.seen) % 2]:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=theme)
            self.page.evaluate("document.querySelectorAll('details.cz-more').forEach(each => each.open = true)")
            result = Axe().run(self.page)
            if result.violations_count:
                yield f"{path}, {width} {theme}: {result.generate_report()}"

    def _note_elsewhere(self, request) -> None:
        if not request.url.startswith((self.base_url, "data:", "blob:")):
            self.said.append(f"asks {request.url}")


def kind(path: str) -> str:
    """
    Name the kind of page an address opens.

    >>> kind("/people/12/situation/"), kind("/allocation/rounds/3/?file=D57-0001")
    ('/people/#/situation/', '/allocation/rounds/#/')
    """
    bare = path.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    bare = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "#", bare)
    return re.sub(r"\d+", "#", bare)
