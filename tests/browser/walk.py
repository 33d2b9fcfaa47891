"""Walk the pages that somebody can reach from their day, without a browser; show it each of them once."""

import mimetypes
import re
from collections import deque
from collections.abc import Iterator
from contextvars import copy_context
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page, Route
from playwright.sync_api import Request as Asked

from tests.browser.eyes import Eyes
from tests.browser.structure import skeleton
from tests.security.forms import forms

HOUSE = "http://localhost"
PAPERS = re.compile(
    r"\.(csv|xlsx|pdf)$|/trail/export/|/minutes/|/corrections/|/letters/#/$|/candidates/#/letter/$|/gallery/"
)
LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')


@dataclass
class Visit:
    """Somebody at work: one page of each kind that links lead to, and every form sent with no word typed."""

    client: Client
    start: str
    kinds: set[str] = field(default_factory=set)

    def pages(self) -> Iterator[tuple[str, Any]]:
        """Give each page with its address, redirects followed."""
        waiting = deque([self.start])
        while waiting:
            answer = self.client.get(waiting.popleft(), headers={"host": "localhost"}, follow=True)
            if not is_page(answer):
                continue
            for link in LINK.findall(answer.content.decode()):
                if kind(link) not in self.kinds and not PAPERS.search(kind(link)):
                    self.kinds.add(kind(link))
                    waiting.append(link.replace("&amp;", "&"))
            yield answer.wsgi_request.get_full_path(), answer

    def returned(self, path: str, html: str) -> Iterator[tuple[str, Any]]:
        """Give what comes back when the forms of a page are sent with nothing typed; no row nor cookie is kept."""
        for form in forms(html, path):
            if form.method == "POST" and form.typed:
                signed_in = deepcopy(self.client.cookies)
                with transaction.atomic():
                    answer = self.client.post(form.action, form.with_typed("").fields, headers={"host": "localhost"})
                    transaction.set_rollback(True)
                self.client.cookies = signed_in
                if is_page(answer):
                    yield form.action, answer


@dataclass
class Walk:
    """
    One browser page that is shown answers, each once: of each kind of address the first, and the start of each visit.

    A thorough walk remembers skeletons instead, and looks at every page that looks like no other.
    """

    page: Page
    is_thorough: bool = False
    seen: set[object] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.eyes = Eyes(self.page, is_thorough=self.is_thorough)
        self.opened = 0
        self._shown: dict[str, Any] = {}
        self.page.route("**/*", self._answer)

    def everywhere(self, client: Client, start: str) -> Iterator[str]:
        """Walk as somebody, and give the faults found; `opened` then says how many pages were reached."""
        self._client, visit, self.opened = client, Visit(client, start), 0
        # What the browser asks is heard elsewhere, where Django would open another connection, which sees nothing.
        self._here = copy_context()
        for path, answer in visit.pages():
            self.opened += 1
            if self._is_new(answer, as_page=kind(path)) or self.opened == 1:
                yield from self._look(path, answer)
                for action, returned in visit.returned(path, answer.content.decode()):
                    if self._is_new(returned, as_page=f"{kind(action)} returned"):
                        yield from self._look(action, returned)

    def _is_new(self, answer: Any, *, as_page: str) -> bool:
        key = skeleton(answer.content.decode()) if self.is_thorough else as_page
        is_new = key not in self.seen
        self.seen.add(key)
        return is_new

    def _look(self, path: str, answer: Any) -> Iterator[str]:
        self._shown = {path: answer}
        self.page.goto(HOUSE + path)
        yield from (f"{path}: {fault}" for fault in self.eyes.faults())

    def _answer(self, route: Route) -> None:
        """Answer what the browser asks: the page it is shown, a file of the style, or what its scripts fetch."""
        path = route.request.url.removeprefix(HOUSE)
        if path == route.request.url:
            self.eyes.said.append(f"asks {path}")
            route.abort()
        elif path.startswith(settings.STATIC_URL):
            body, content_type = static(path.removeprefix(settings.STATIC_URL).split("?")[0])
            route.fulfill(body=body, content_type=content_type)
        else:
            answer = self._shown.pop(path, None) or self._here.run(self._fetch, path, route.request)
            route.fulfill(status=answer.status_code, headers=dict(answer.items()), body=answer.content)

    def _fetch(self, path: str, asked: Asked) -> Any:
        headers = {"host": "localhost"}
        if asked.method != "POST":
            return self._client.get(path, headers=headers)
        form = {"content_type": "application/x-www-form-urlencoded", "data": asked.post_data or ""}
        return self._client.post(path, headers=headers | {"hx-request": asked.headers.get("hx-request", "")}, **form)


@cache
def static(path: str) -> tuple[bytes, str]:
    """Give a file of the style, as the browser gets it."""
    return Path(finders.find(path)).read_bytes(), mimetypes.guess_type(path)[0] or "application/octet-stream"


def is_page(answer: Any) -> bool:
    """Tell a page from a paper, a stream and the way to another page (which the browser would follow alone)."""
    is_html = answer.get("Content-Type", "").startswith("text/html")
    return is_html and not answer.streaming and not 300 <= answer.status_code < 400


def kind(path: str) -> str:
    """
    Name the kind of page an address opens.

    >>> kind("/people/12/situation/"), kind("/allocation/rounds/3/?file=D57-0001")
    ('/people/#/situation/', '/allocation/rounds/#/')
    """
    bare = path.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    bare = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "#", bare)
    return re.sub(r"\d+", "#", bare)
