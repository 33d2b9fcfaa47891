"""Keyboard shortcuts: what the keys do for an actor. They lead where a link of the page leads, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from chezsoi.territories.access import Actor, Can
from chezsoi.ui.shapes import Shortcut

LETTERS = {
    "portal:day": "j",
    "people:list": "p",
    "homes:homes": "l",
    "allocation:rounds": "a",
    "allocation:sittings": "c",
    "siao:orientations": "r",
    "tenancies:leases": "b",
    "support:support": "s",
    "observatory:figures": "o",
    "journeys:imports": "i",
    "journeys:home-imports": "h",
    "portal:managed-accounts": "u",
    "portal:trail": "t",
    "journeys:retention": "f",
}
"""The letter that follows g, by the page a room opens on: the same in every language."""


def shortcuts(*, actor: Actor, rooms: Iterable[tuple[str, str]]) -> tuple[Shortcut, ...]:
    """List what the keys do; `rooms` are the view and the name of those that the role opens."""
    return tuple(_all(actor, rooms))


def _all(actor: Actor, rooms: Iterable[tuple[str, str]]) -> Iterator[Shortcut]:
    yield Shortcut(keys="?", label=_("Show these shortcuts"))
    if actor.may(Can.LIST_PEOPLE) or actor.may(Can.SEE_HOMES):
        yield Shortcut(keys="/", label=_("Search"))
    if actor.may(Can.REGISTER_PEOPLE):
        yield Shortcut(keys="n", label=_("New encounter"), url=reverse("people:new"))
    for view, name in rooms:
        if view in LETTERS:
            yield Shortcut(keys=f"g {LETTERS[view]}", label=name, url=reverse(view))
