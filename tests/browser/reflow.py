"""Whether a page holds when it is enlarged or its words spaced out: nothing aside, cut, or over something else."""

from collections.abc import Iterable, Iterator

from playwright.sync_api import Page

# A screen of 1280 enlarged twice and four times is one of 640 and one of 320 (WCAG 2.2, 1.4.4 and 1.4.10).
DESK, TWICE, FOUR_TIMES = 1280, 640, 320
BRIEFLY = ((TWICE, False), (FOUR_TIMES, True))
FULLY = tuple((width, is_spaced) for width in (DESK, TWICE, FOUR_TIMES) for is_spaced in (False, True))
# What a reader may ask of every text (WCAG 2.2, 1.4.12).
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""
SPACE = """words => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(words);
  document.adoptedStyleSheets = [sheet];
}"""
# A drawing has its own measure; a layer stands over the page on purpose; what scrolls in its frame is found there.
LOST = """() => {
  const name = e => e.localName + [...e.classList].map(each => "." + each).join("");
  const isAside = (e, look) => e.matches("svg, option, script, dialog, .cz-menu-panel, .cz-suggestions, .cz-skip")
    || ["fixed", "sticky"].includes(look.position) || look.clipPath === "inset(50%)" || look.clip.startsWith("rect(0")
    || ["auto", "scroll"].includes(look.overflowY);
  const known = new Map([[document.documentElement, { isApart: false, frames: [] }]]);
  const standing = e => {
    if (!known.has(e)) {
      const look = getComputedStyle(e), above = standing(e.parentElement);
      const frames = ["hidden", "clip"].includes(look.overflowX) ? [e.getBoundingClientRect()] : [];
      known.set(e, { isApart: above.isApart || isAside(e, look), frames: [...above.frames, ...frames] });
    }
    return known.get(e);
  };
  const found = [], boxes = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const { isApart, frames } = standing(node.parentElement);
    if (!node.data.trim() || !node.parentElement.checkVisibility() || isApart) continue;
    const range = new Range();
    range.selectNodeContents(node);
    const where = `${name(node.parentElement)} « ${node.data.trim().slice(0, 40)} »`;
    for (const box of range.getClientRects()) {
      const isCut = frames.some(frame => box.right > frame.right + 1
        || box.left < frame.left - 1 || box.bottom > frame.bottom + 4 || box.top < frame.top - 4);
      if (isCut) found.push(`${where} is cut`);
      if (box.width > 1) boxes.push([box, node, where]);
    }
  }
  boxes.sort(([one], [other]) => one.top - other.top);
  boxes.forEach(([box, node, where], at) => {
    for (let next = at + 1; next < boxes.length && boxes[next][0].top < box.bottom - 5; next++) {
      const [other, otherNode, otherWhere] = boxes[next];
      const isOver = box.left < other.right - 3 && other.left < box.right - 3;
      if (isOver && node !== otherNode) found.push(`${where} is over ${otherWhere}`);
    }
  });
  return [...new Set(found)].slice(0, 5);
}"""


def faults(page: Page, looks: Iterable[tuple[int, bool]] = BRIEFLY) -> Iterator[str]:
    """Give what is lost of the open page at some widths, its words spaced out or not; it is then as large as a desk."""
    for width, is_spaced in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SPACE, SPACED if is_spaced else "")
        look = f"{width} pixels{', spaced out' if is_spaced else ''}"
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            yield f"{look}: {wide} pixels wide"
        yield from (f"{look}: {lost}" for lost in page.evaluate(LOST))
    page.evaluate(SPACE, "")
    page.set_viewport_size({"width": DESK, "height": 900})
