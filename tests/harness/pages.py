"""Every whole page that a test reads has a language, a title, one main part and one h1."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bs4 import BeautifulSoup
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
    page = BeautifulSoup(html, "html.parser")
    titles = [title.get_text(strip=True) for title in page.select("title") if title.find_parent("svg") is None]
    shape = {
        "one title": len(titles) == 1 and bool(titles[0]),
        "one h1": [bool(heading.get_text(strip=True)) for heading in page.select("h1")] == [True],
        "one main": len(page.select("main")) == 1,
        "a language": bool(page.html and page.html.get("lang")),
    }
    return [part for part, is_there in shape.items() if not is_there]


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
