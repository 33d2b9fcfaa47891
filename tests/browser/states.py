"""Whether a page can be read in each state of its controls: at rest, pointed at, pressed, with the focus, disabled."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.colours import Layer, contrast, on_screen, read

# WCAG 2.2, 1.4.3 and 1.4.11. It exempts what is disabled; words there are held to the same, since they are still read.
TEXT, LARGE_TEXT, SHAPE = 4.5, 3.0, 3.0
RING = 3
# Chromium shows a ring to who came by the keyboard.
BY_KEYBOARD = "Tab"
READER = (Path(__file__).parent / "states.js").read_text()


def faults_of_page(page: Page) -> Iterator[str]:
    """Give what is too faint in the open page, in any state; a dialog and a menu are read open."""
    page.evaluate(READER)
    page.keyboard.press(BY_KEYBOARD)
    yield from _faints(page.evaluate("looks.ofPage()"))


def faults_of_new_controls(page: Page, known: set[str]) -> Iterator[str]:
    """Give what is too faint in the controls that were not known, by day and by night; they are known from then on."""
    page.evaluate(READER)
    fresh = [label for label in page.evaluate("looks.controls()") if label not in known]
    if not fresh:
        return
    known.update(fresh)
    page.keyboard.press(BY_KEYBOARD)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        yield from (f"{theme}: {fault}" for fault in _faints(page.evaluate("looks.of", fresh)))


def _faints(states: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    yield from (f"{state}: {fault}" for state, facts in states.items() for fact in facts for fault in faint(fact))


def faint(fact: dict[str, Any]) -> Iterator[str]:
    """Give what cannot be seen of one thing painted: words, a mark, the edge of a control, a ring."""
    where, kind = fact["where"], fact["kind"]
    if not fact["inks"]:
        yield f"{where}: no {kind}"
        return
    least = TEXT if kind == "text" and not fact["isLarge"] else min(LARGE_TEXT, SHAPE)
    if (found := max(_contrast(ink, fact["panes"]) for ink in fact["inks"])) < least:
        yield f"{where}: {kind} {found:.2f}, at least {least}"
    if fact.get("width", RING) < RING:
        yield f"{where}: {kind} of {fact['width']} pixels, at least {RING}"
    if fact.get("cut"):
        yield f"{where}: {kind} cut by {fact['cut']}"


def _contrast(ink: str, panes: list[tuple[str, float]]) -> float:
    layers = [Layer(read(ground), opacity) for ground, opacity in panes]
    return contrast(on_screen([*layers, Layer(read(ink))]), on_screen(layers))
