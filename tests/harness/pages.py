"""Every whole page that a test reads has a language, a title, one main part and one h1."""

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

from django.core.handlers.base import BaseHandler


class PageOutOfShape(Exception):
    """A whole page lacks its title, its language or its one h1."""


def faults(html: str) -> list[str]:
    """
    List what a page lacks; a fragment, which has no doctype, lacks nothing.

    >>> faults("<!doctype html><html lang='fr'><title>Ménages</title><main><h1>Ménages</h1></main>")
    []
    """
    if html.lstrip()[:9].lower() != "<!doctype":
        return []
    page = _Shape()
    page.feed(html)
    shape = {
        "one title": len(page.titles) == 1 and bool(page.titles[0].strip()),
        "one h1": [bool(words.strip()) for words in page.headings] == [True],
        "one main": page.mains == 1,
        "a language": page.has_language,
    }
    return [part for part, is_there in shape.items() if not is_there]


class _Shape(HTMLParser):
    """What the rule asks of a page, read in one pass: a tree of every page of every test costs minutes."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.headings: list[str] = []
        self.mains = 0
        self.has_language = False
        self._drawings = 0
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._drawings += tag == "svg"
        self.mains += tag == "main"
        self.has_language = self.has_language or (tag == "html" and bool(dict(attrs).get("lang")))
        if tag == "h1" or (tag == "title" and not self._drawings):
            self._open = self.headings if tag == "h1" else self.titles
            self._open.append("")

    def handle_endtag(self, tag: str) -> None:
        self._drawings -= tag == "svg"
        if tag in {"h1", "title"} and not (tag == "title" and self._drawings):
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None and not self._drawings:
            self._open[-1] += data


@contextmanager
def every_page_is_in_shape() -> Iterator[None]:
    """Hold every page served in this process to its shape."""
    answer = BaseHandler.get_response

    def held(handler: BaseHandler, request: Any) -> Any:
        response = answer(handler, request)
        is_page = not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")
        found = faults(response.content.decode(response.charset)) if is_page and response.status_code < 500 else []
        if found:
            raise PageOutOfShape(f"{request.path} lacks {', '.join(found)}")
        return response

    BaseHandler.get_response = held
    try:
        yield
    finally:
        BaseHandler.get_response = answer
