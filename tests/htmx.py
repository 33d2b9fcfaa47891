"""Replay in the parsed page the swap that htmx would do, to compare it with the page loaded whole."""

import re

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse

SECRETS = re.compile(r'(name="csrfmiddlewaretoken"(?: type="hidden")? value|nonce)="[^"]*"')


class NothingToSwap(Exception):
    """The page lacks the element that the answer should replace."""


def parse(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def swap(page: BeautifulSoup, trigger: str, response: HttpResponse) -> None:
    """
    Put an answer into the page as htmx does: target, manner and choice of the trigger; the answer's headers come first.

    `trigger` selects the element that sent the request; parts marked `hx-swap-oob` go to their own place first.
    """
    element = _one(page, trigger)
    fragment = parse(response)
    for part in fragment.select("[hx-swap-oob]"):
        _swap_out_of_band(page, part.extract())
    selector = response.headers.get("HX-Retarget") or _inherited(element, "hx-target") or "this"
    target = element if selector == "this" else _one(page, selector)
    manner = response.headers.get("HX-Reswap") or _inherited(element, "hx-swap") or "innerHTML"
    selected = _inherited(element, "hx-select")
    _put(target, list(fragment.select(selected) if selected else fragment.contents), manner.split()[0])


def assert_same_as_reload(page: BeautifulSoup, reloaded: HttpResponse) -> None:
    """Compare the page after its swaps with the same page loaded whole; secrets of one answer are left out."""
    assert text_of(page) == text_of(parse(reloaded))


def text_of(page: BeautifulSoup) -> list[str]:
    """Give the page as lines fit for a readable difference."""
    html = SECRETS.sub(r'\1=""', page.prettify())
    return [line.strip() for line in html.splitlines() if line.strip()]


def _swap_out_of_band(page: BeautifulSoup, part: Tag) -> None:
    manner, _, selector = part.attrs.pop("hx-swap-oob").partition(":")
    if manner == "true":
        manner = "outerHTML"
    inside = manner != "outerHTML"
    _put(_one(page, selector or f"#{part['id']}"), list(part.contents) if inside else [part], manner)


def _put(target: Tag, contents: list, manner: str) -> None:
    manners = {
        "outerHTML": target.replace_with,
        "innerHTML": lambda *nodes: (target.clear(), target.extend(nodes)),
        "beforeend": lambda *nodes: target.extend(nodes),
        "afterbegin": lambda *nodes: target.insert(0, *nodes),
        "beforebegin": target.insert_before,
        "afterend": target.insert_after,
        "delete": lambda *_: target.decompose(),
        "none": lambda *_: None,
    }
    if manner not in manners:
        raise NothingToSwap(f"htmx knows no manner {manner!r}")
    manners[manner](*contents)


def _inherited(element: Tag, attribute: str) -> str | None:
    holder = element if element.has_attr(attribute) else element.find_parent(attrs={attribute: True})
    return str(holder[attribute]) if holder else None


def _one(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select_one(selector)
    if found is None:
        raise NothingToSwap(selector)
    return found
