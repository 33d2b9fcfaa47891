"""The history of a household on its page: one line of time made of what each app told of it, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chezsoi.people.queries.pages import Observation
from chezsoi.portal.household.life import Life
from chezsoi.portal.household.sections import Sections
from chezsoi.ui.shapes import Entry, Kind, Link

SHOWN = 10


class Chapter(TextChoices):
    """What a line of the history is about."""

    SEEN = "seen", gettext_lazy("seen")
    CHANGED = "changed", gettext_lazy("life")
    ASKED = "asked", gettext_lazy("request")
    ALLOCATED = "allocated", gettext_lazy("allocation")
    HOUSED = "housed", gettext_lazy("home")
    SUPPORTED = "supported", gettext_lazy("support")
    VISITED = "visited", gettext_lazy("visit")
    RECEIVED = "received", gettext_lazy("document")
    CORRECTED = "corrected", gettext_lazy("correction")


KINDS = {Chapter.ASKED: Kind.INFO, Chapter.ALLOCATED: Kind.INFO, Chapter.HOUSED: Kind.HOME, Chapter.CHANGED: Kind.WAIT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line, what it is about, and the acts that take it back; several when several people share the line."""

    chapter: Chapter
    entry: Entry
    act: str = ""
    acts: tuple[Link, ...] = ()

    @property
    def kind(self) -> str:
        return KINDS.get(self.chapter, Kind.NEUTRAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A chapter the reader may narrow the history to; the empty value shows all of it."""

    value: str
    label: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What is shown first, what is older, and what the history may be narrowed to."""

    recent: tuple[Step, ...]
    older: tuple[Step, ...]
    filters: tuple[Filter, ...]


def story(composed: dict[str, Any], *, chapter: str = "") -> Story:
    """Compose the history from a page already within what its reader may know; an unknown chapter narrows nothing."""
    steps = sorted(_steps(composed), key=_day, reverse=True)
    told = [each for each in Chapter if any(step.chapter == each for step in steps)]
    chosen = chapter if chapter in told else ""
    kept = tuple(step for step in steps if chosen in {"", step.chapter})
    filters = (
        Filter(value="", label=_("all"), is_current=not chosen),
        *(Filter(value=each.value, label=str(each.label), is_current=each == chosen) for each in told),
    )
    return Story(recent=kept[:SHOWN], older=kept[SHOWN:], filters=filters if len(told) > 1 else ())


def _day(step: Step) -> date:
    when = step.entry.when
    return when if isinstance(when, date) else date.min


def _steps(composed: dict[str, Any]) -> Iterator[Step]:
    may_withdraw = composed["rights"].record_situation
    life: Life = composed["life"]
    sections: Sections = composed["sections"]
    yield from _seen(composed["history"], composed["card"].pk if may_withdraw else None)
    for moment in life.moments:
        acts = (Link(label=moment.entry.title, url=moment.undo_url),) if moment.undo_url else ()
        yield Step(chapter=Chapter.CHANGED, entry=moment.entry, act=_("Undo"), acts=acts)
    yield from _plain(Chapter.CHANGED, life.moves)
    yield from _plain(Chapter.ASKED, sections.asked)
    yield from _plain(Chapter.ALLOCATED, sections.homes.allocated)
    yield from _plain(Chapter.HOUSED, sections.homes.leases)
    yield from _plain(Chapter.SUPPORTED, sections.support.told)
    yield from _plain(Chapter.VISITED, sections.support.visits)
    yield from _plain(Chapter.RECEIVED, sections.received)
    yield from _plain(Chapter.CORRECTED, life.corrections)


def _plain(chapter: Chapter, entries: Iterable[Entry]) -> Iterator[Step]:
    return (Step(chapter=chapter, entry=entry) for entry in entries)


def _seen(history: Sequence[tuple[Observation, Entry]], household: int | None) -> Iterator[Step]:
    """Give one line to members seen together: same day, same place, same source."""
    together: dict[Entry, list[Observation]] = {}
    for observation, entry in history:
        together.setdefault(replace(entry, lead=""), []).append(observation)
    for entry, seen in together.items():
        rows = sorted(seen, key=lambda row: (row.is_derived, row.pk))
        names = ", ".join(dict.fromkeys(row.person for row in rows))
        taken_back = () if household is None else tuple(_withdrawals(rows, household))
        told = replace(entry, lead=names, detail=_detail(entry, rows))
        yield Step(chapter=Chapter.SEEN, entry=told, act=_("Withdraw"), acts=taken_back)


def _detail(entry: Entry, rows: Sequence[Observation]) -> str:
    """Say that a line was taken from the applicant's, unless it names the applicant beside the others."""
    derived = _("taken from the applicant's") if all(row.is_derived for row in rows) else ""
    return " · ".join(each for each in (entry.detail, derived) if each)


def _withdrawals(rows: Iterable[Observation], household: int) -> Iterator[Link]:
    for row in rows:
        if not row.is_withdrawn and not row.is_derived:
            yield Link(label=row.person, url=reverse("people:withdraw", args=[household, row.pk]))
