"""
Many people at work at once, each a thread of this process: ask, read, think, ask again.

A plan is read on the standard input, the measure of each answer written on the standard output. No Django here: the
process that asks shares nothing with the one that answers but the machine.
"""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from random import Random
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote, urlencode

GIVE_UP_AFTER_SECONDS = 60
NAMES = ["ndiaye", "martin jean", "bernar julien", "diallo 1987", "petit", "nguyen", "traore 1990", "garsia maria"]
LISTS = ["", "?family=street", "?family=own&who=children", "?homeless_months=12", "?who=alone", "?order=contact"]


@dataclass(slots=True)
class Visitor:
    """Somebody signed in, who opens pages one after the other."""

    plan: dict[str, Any]
    cookies: dict[str, str]
    households: list[int]
    chance: Random
    samples: list[tuple[float, str, float, int]] = field(default_factory=list)
    connection: HTTPConnection | None = None

    def work(self, until: float) -> None:
        """Ask and think until the end; nobody begins at the same moment."""
        least, most = self.plan["think"]
        sleep(self.chance.uniform(0, most))
        kinds, weights = zip(*self.plan["mix"].items(), strict=True)
        while monotonic() < until:
            getattr(self, f"_{self.chance.choices(kinds, weights)[0]}")()
            sleep(min(self.chance.uniform(least, most), max(until - monotonic(), 0)))

    def _floor(self) -> None:
        self._ask("a bare view", "/")

    def _day(self) -> None:
        self._ask("the day", "/day/")

    def _list(self) -> None:
        self._ask("the list", f"/people/{self.chance.choice(LISTS)}")

    def _search(self) -> None:
        self._ask("a search", f"/search/?q={quote(self.chance.choice(NAMES))}")

    def _household(self) -> None:
        self._ask("a household", f"/people/{self.chance.choice(self.households)}/")

    def _situation(self) -> None:
        """Open the form of a situation, think, send it."""
        address = f"/people/{self.chance.choice(self.households)}/situation/"
        asked = self._ask("the form of a situation", address)
        if asked is None:
            return
        fields = Fields.of(asked) | {"situation": "street"}
        sleep(self.chance.uniform(*self.plan["think"]))
        self._ask("writing a situation", address, fields, expected=302)

    def _ask(self, kind: str, path: str, form: dict[str, str] | None = None, *, expected: int = 200) -> str | None:
        started = monotonic()
        try:
            status, body = self._exchanged(path, form)
        except (OSError, HTTPException):
            self.connection, status, body = None, 0, ""
        self.samples.append((started, kind, monotonic() - started, status if status != expected else -1))
        return body if status == expected else None

    def _exchanged(self, path: str, form: dict[str, str] | None) -> tuple[int, str]:
        """Ask; once more on a new connection if the server closed the idle one meanwhile, as a browser does."""
        was_open = self.connection is not None
        try:
            return self._exchange(path, form)
        except ConnectionError:
            self.connection = None
            if not was_open:
                raise
            return self._exchange(path, form)

    def _exchange(self, path: str, form: dict[str, str] | None) -> tuple[int, str]:
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.plan["port"], timeout=GIVE_UP_AFTER_SECONDS)
        headers = {"Host": "localhost", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is None:
            self.connection.request("GET", path, headers=headers)
        else:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://localhost"}
            self.connection.request("POST", path, urlencode(form), headers)
        answer = self.connection.getresponse()
        body = answer.read().decode()
        self._keep_cookies(answer)
        return answer.status, body

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for header in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value


class Fields(HTMLParser):
    """What a form sends for somebody who takes the first choice of each list."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.choosing = ""

    @classmethod
    def of(cls, page: str) -> dict[str, str]:
        """Read the fields of a page's form, hidden ones and lists."""
        reader = cls()
        reader.feed(page[page.find("<main") :])
        return reader.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep hidden fields, and the first choice of each list that is not blank."""
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "select":
            self.choosing = name
        elif tag == "option" and value:
            self.found.setdefault(self.choosing, value)
        elif tag == "input" and name and given.get("type") in {"hidden", "radio"}:
            self.found.setdefault(name, value)


def main() -> None:
    """Put everybody to work for as long as the plan says; forget what came before the warm-up ended."""
    plan = json.load(sys.stdin)
    started = monotonic()
    measured_from = started + plan["warm_up"]
    until = measured_from + plan["seconds"]
    visitors = [
        Visitor(plan, dict(who["cookies"]), who["households"], Random(plan["seed"] + rank))  # noqa: S311
        for rank, who in enumerate(plan["people"])
    ]
    threads = [threading.Thread(target=visitor.work, args=(until,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    samples = [sample for visitor in visitors for sample in visitor.samples]
    kept = [[kind, took, status] for at, kind, took, status in samples if measured_from <= at < until]
    json.dump({"samples": kept, "seconds": plan["seconds"]}, sys.stdout)


if __name__ == "__main__":
    main()
