"""What is looked at in an open page: width, structure and colours, as a phone and as a desk, by day and by night."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser import states
from tests.browser.structure import STATES

WIDTHS = (320, 375, 768, 992, 1280)
PHONE, DESK = 375, 1280
LOOKS = ((PHONE, "light"), (DESK, "dark"), (PHONE, "dark"), (DESK, "light"))
# What is said of a page and not of a block of it: asked of each page that looks like no other.
OF_PAGES = [
    *("accesskeys", "aria-hidden-body", "bypass", "document-title", "duplicate-id-aria", "heading-order"),
    *("html-has-lang", "html-lang-valid", "landmark-banner-is-top-level", "landmark-contentinfo-is-top-level"),
    *("landmark-main-is-top-level", "landmark-no-duplicate-banner", "landmark-no-duplicate-contentinfo"),
    *("landmark-no-duplicate-main", "landmark-one-main", "landmark-unique", "meta-refresh", "meta-viewport"),
    *("page-has-heading-one", "region", "skip-link"),
]
READ_PAGE = {"preload": False, "resultTypes": ["violations"], "runOnly": OF_PAGES}
READ_BLOCKS = {"preload": False, "resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
RUN = """([marks, options]) => axe.run(marks.length ? marks.map(mark => [`[data-eyes="${mark}"]`]) : document, options)
  .then(found => found.violations.map(broken => `${broken.id} (${broken.impact}): `
    + broken.nodes.slice(0, 3).map(node => node.target + " " + node.html.slice(0, 200)).join(" ; ")))"""
BLOCKS = """states => {
  const grounds = "html, body, main, .cz-shell, .cz-stack, .cz-columns, .cz-halves";
  const label = e => e.localName + [...e.classList].sort().map(name => "." + name).join("")
    + states.filter(name => e.hasAttribute(name)).map(name => `[${name}=${e.getAttribute(name)}]`).join("");
  const shape = e => label(e) + (e.localName === "svg" ? "" : `(${[...new Set([...e.children].map(shape))].sort()})`);
  const under = e => e ? under(e.parentElement) + ">" + label(e) : "";
  const parts = e => e.matches(grounds) ? [...e.children].flatMap(parts) : e.matches("script, template") ? [] : [e];
  const layers = [...document.querySelectorAll("details.cz-menu, dialog, [popover]")];
  const named = (e, mark) => { e.dataset.eyes = mark; return [`${mark}`, under(e.parentElement) + shape(e)]; };
  return [parts(document.body).map((e, i) => named(e, i)), layers.map((e, i) => named(e, `layer ${i}`))];
}"""
# What Chromium writes of a form that comes back because it was sent as nobody could have filled it in.
REFUSED = ("the server responded with a status of 422", "does not conform to the required format")
UNFOLD = "document.querySelectorAll('details.cz-more').forEach(each => each.open = true)"
OPEN = """([mark, open]) => {
  const layer = document.querySelector(`[data-eyes="${mark}"]`);
  if (layer.localName === "details") layer.open = open;
  else if (layer.localName === "dialog") open ? layer.showModal() : layer.close();
  else open ? layer.showPopover() : layer.hidePopover();
}"""


@dataclass
class Eyes:
    """
    Looks at what a browser shows, and remembers what was seen: each block, layer and control is read once.

    Each is read in one of the four looks, in turn, and in all of them when the eyes are thorough.
    """

    page: Page
    is_thorough: bool = False
    seen: set[str] = field(default_factory=set)
    controls: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.looked = 0
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def faults(self) -> Iterator[str]:
        """Look at the page that is open."""
        yield from (words for words in self.said if not any(known in words for known in REFUSED))
        self.said.clear()
        if (titles := self.page.locator("h1").count()) != 1:
            yield f"{titles} h1"
        self.looked += 1
        for width in WIDTHS if self.is_thorough else WIDTHS[:: len(WIDTHS) - 1]:
            self._stand_at(width)
            if (wide := self.page.evaluate("document.documentElement.scrollWidth")) > width:
                yield f"{wide} pixels wide on a screen of {width}"
        self.page.evaluate(UNFOLD)
        blocks, layers = self.page.evaluate(BLOCKS, STATES)
        self.page.evaluate(AXE_SCRIPT)
        yield from self.page.evaluate(RUN, [[], READ_PAGE])
        yield from self._read(self._new(blocks))
        for layer in self._new(layers):
            self.page.evaluate(OPEN, [layer, True])
            yield from self._read([layer])
            self.page.evaluate(OPEN, [layer, False])
        yield from states.faults_of_new_controls(self.page, self.controls)

    def _new(self, blocks: list[list[str]]) -> list[str]:
        marks = {key: mark for mark, key in blocks if key not in self.seen}
        self.seen |= marks.keys()
        return list(marks.values())

    def _read(self, fresh: list[str]) -> Iterator[str]:
        """Let axe read what was never seen, as a phone or as a desk, by day or by night."""
        if not fresh:
            return
        for width, theme in LOOKS if self.is_thorough else [LOOKS[self.looked % len(LOOKS)]]:
            self._stand_at(width)
            self.page.emulate_media(color_scheme=theme)
            yield from (f"{width} {theme}: {broken}" for broken in self.page.evaluate(RUN, [fresh, READ_BLOCKS]))

    def _stand_at(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
