"""The model of somebody who types: how long a journey takes them, counted and never waited for."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

KEYSTROKE = 0.2
DECISION = 1.0


@dataclass
class Typist:
    """Works a page by its keyboard alone, and counts: 200 ms a keystroke, 1 s to decide what to do next."""

    page: Page
    keystrokes: int = 0
    decisions: int = 0
    acts: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return self.keystrokes * KEYSTROKE + self.decisions * DECISION

    def decide(self, act: str) -> None:
        """Think of what comes next: one act of the journey."""
        self.acts.append(act)
        self.decisions += 1

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
            self.keystrokes += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keystrokes += len(words)

    def reach(self, name: str) -> None:
        """Press Tab until the field has the focus."""
        for _ in range(60):
            if self.page.evaluate("document.activeElement.name || document.activeElement.id") == name:
                return
            self.press("Tab")
        raise AssertionError(f"{name} cannot be reached with Tab")

    def go(self, selector: str) -> None:
        """Press Tab until the element has the focus, and make sure that a ring shows it."""
        for _ in range(60):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                assert self.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", selector
                return
            self.press("Tab")
        raise AssertionError(f"{selector} cannot be reached with Tab")

    def choose(self, value: str) -> None:
        """Press the down arrow until the list that has the focus stands on a value."""
        for _ in range(20):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{value} cannot be chosen with the arrows")

    def skip(self) -> None:
        """Go straight to the content of a page just opened."""
        self.go(".cz-skip")
        self.press("Enter")
        assert self.page.evaluate("document.activeElement.id") == "main"
