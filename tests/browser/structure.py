"""The skeleton of a page as sent: pages that differ only by their words and the number of their rows are one."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

STATES = (
    "role", "type", "dir", "disabled", "hidden", "multiple", "open", "popover", "required",
    "aria-current", "aria-disabled", "aria-expanded", "aria-invalid", "aria-live", "aria-pressed", "aria-selected",
)  # fmt: skip
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def skeleton(html: str) -> int:
    """
    Give a number that two pages share when they have the same elements, classes and states, repetitions left out.

    >>> skeleton("<ul><li>one</li></ul>") == skeleton("<ul><li>one</li><li>two</li></ul>")
    True
    >>> skeleton("<ul><li>one</li></ul>") == skeleton("<ul><li>one</li><li class='cz-late'>two</li></ul>")
    False
    """
    reader = _Skeleton()
    reader.feed(html)
    return reader.shape()


@dataclass
class _Element:
    label: tuple[str, ...]
    children: set[int] = field(default_factory=set)

    def shape(self) -> int:
        return hash((self.label, frozenset(self.children)))


class _Skeleton(HTMLParser):
    """Elements folded into their parent as they close; a drawing is one thing, whatever it draws."""

    def __init__(self) -> None:
        super().__init__()
        self._open = [_Element(("page",))]
        self._drawings = 0

    def shape(self) -> int:
        while len(self._open) > 1:
            self._close()
        return self._open[0].shape()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._drawings:
            self._open.append(_Element(_label(tag, dict(attrs))))
        self._drawings += tag == "svg"
        if tag in EMPTY and not self._drawings:
            self._close()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._drawings:
            self._open[-1].children.add(_Element(_label(tag, dict(attrs))).shape())

    def handle_endtag(self, tag: str) -> None:
        self._drawings -= tag == "svg"
        if self._drawings or not any(each.label[0] == tag for each in self._open):
            return
        while self._open[-1].label[0] != tag:
            self._close()
        self._close()

    def _close(self) -> None:
        closed = self._open.pop()
        self._open[-1].children.add(closed.shape())


def _label(tag: str, attributes: dict[str, str | None]) -> tuple[str, ...]:
    classes = sorted((attributes.get("class") or "").split())
    return (tag, *classes, *(f"{name}={attributes[name]}" for name in STATES if name in attributes))
