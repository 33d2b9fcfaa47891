"""One search for everything: each app looks among its own, within the reader's rights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chezsoi.allocation import queries as allocation
from chezsoi.homes import queries as homes
from chezsoi.homes import wording
from chezsoi.kernel.actor import Actor
from chezsoi.people import actions as people
from chezsoi.people import queries, tables
from chezsoi.territories.access import Can
from chezsoi.ui import dates
from chezsoi.ui.shapes import Tag

SHORTEST = 2
LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that answers, and where to open it; without address, the role knows of it and opens no file."""

    title: str
    detail: str = ""
    url: str = ""
    tag: Tag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What answers of one kind."""

    key: str
    label: str
    hits: Sequence[Hit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What answers, by kind, and what may be said of files outside the reader's circle."""

    groups: Sequence[Group] = ()
    services: int | None = None
    ask: Sequence[str] = ()

    @property
    def count(self) -> int:
        return sum(len(group.hits) for group in self.groups)

    @property
    def outside(self) -> str:
        """Say that services follow somebody under these words; empty when nothing may be said."""
        if self.services is None:
            return ""
        if not self.services:
            return _("Somebody answers to these words in a file that no service follows now.")
        return ngettext(
            "Somebody answers to these words in the files of %(services)s service you are not part of.",
            "Somebody answers to these words in the files of %(services)s services you are not part of.",
            self.services,
        ) % {"services": self.services}


def find(text: str, *, actor: Actor, on: date, most: int) -> Results:
    """Look everywhere that the role may; fewer than two characters find nothing."""
    words = text.strip()[:LONGEST]
    if len(words) < SHORTEST:
        return Results()
    answer = people.search(actor=actor, text=words, on=on, most=most) if actor.may(Can.LIST_PEOPLE) else None
    found = [
        Group(key="people", label=_("People"), hits=list(_people(words, answer, actor, on))[:most]),
        Group(key="homes", label=_("Homes"), hits=list(_homes(words, actor, most))),
        Group(key="owners", label=_("Owners"), hits=list(_owners(words, actor, most))),
    ]
    return Results(
        groups=[group for group in found if group.hits],
        services=answer.services if answer else None,
        ask=answer.ask if answer else (),
    )


def _people(words: str, answer: queries.Answer | None, actor: Actor, on: date) -> Iterator[Hit]:
    if answer is None:
        return
    numbered = allocation.household_numbered(words, actor=actor, on=on)
    if numbered is not None:
        card = queries.card(numbered, on=on, actor=actor)
        yield _household(card, card.name, "", actor, on)
    for each in answer.found:
        detail = " · ".join(filter(None, (_born(each), "" if each.is_lead else _with(each.card.name))))
        yield _household(each.card, each.name, detail, actor, on)


def _household(card: queries.Card, name: str, detail: str, actor: Actor, on: date) -> Hit:
    details = (detail, card.reference if card.reference != name else "", card.commune)
    return Hit(
        title=name,
        detail=" · ".join(filter(None, details)),
        url=reverse("people:household", args=[card.pk]) if actor.may(Can.SEE_HOUSEHOLD) else "",
        tag=tables.situation_tag(card.situation, on=on) if card.situation else None,
    )


def _born(found: queries.Found) -> str:
    birth = found.birth
    if birth.year is None:
        return ""
    if birth.estimated or birth.day is None or birth.earliest is None:
        return _("born in %(year)s") % {"year": birth.year}
    return _("born on %(day)s") % {"day": dates.full(birth.earliest)}


def _with(lead: str) -> str:
    return _("lives with %(name)s") % {"name": lead}


def _homes(words: str, actor: Actor, most: int) -> Iterator[Hit]:
    if actor.may(Can.SEE_HOMES):
        for dwelling in homes.named(words, actor=actor, most=most):
            yield Hit(
                title=wording.named(dwelling, dwelling.known_address),
                detail=dwelling.reference,
                url=reverse("homes:home", args=[dwelling.pk]),
            )


def _owners(words: str, actor: Actor, most: int) -> Iterator[Hit]:
    if actor.may(Can.SEE_HOMES):
        for owner in homes.owners_named(words, actor=actor, most=most):
            yield Hit(title=owner.name, detail=str(owner.get_kind_display()))
