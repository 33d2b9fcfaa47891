"""Every whole page that a test reads has a language, a title, one main part and one h1."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.handlers.base import BaseHandler

# A tree of every page of every test costs minutes. The house's own pages escape what people wrote: their tags are ours.
_UNREAD = re.compile(r"<svg\b.*?</svg>|<!--.*?-->|<(script|style|template|textarea)\b.*?</\1>", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_MAIN, _TAG = re.compile(r"<main\b"), re.compile(r"<[^>]*>")
_LANGUAGE = re.compile(r"<html\b[^>]*\blang=[\"']?\w")


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
    page = _UNREAD.sub("", html)
    shape = {
        "one title": _words(_TITLE, page) == [True],
        "one h1": _words(_HEADING, page) == [True],
        "one main": len(_MAIN.findall(page)) == 1,
        "a language": _LANGUAGE.search(page) is not None,
    }
    return [part for part, is_there in shape.items() if not is_there]


def _words(element: re.Pattern[str], page: str) -> list[bool]:
    """Tell of each element of a kind whether it says something."""
    return [bool(_TAG.sub("", inside).strip()) for inside in element.findall(page)]


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
