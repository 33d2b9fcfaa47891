"""What comes next for a household: visits, answers, commissions, the end of a pause, papers to renew, copies due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chezsoi.allocation.choices import CandidacyState
from chezsoi.allocation.models import Candidacy, Pause
from chezsoi.homes import wording as homes
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Attachment, Household
from chezsoi.people.queries import FileRights
from chezsoi.portal.household.pauses import ending
from chezsoi.support.models import Task
from chezsoi.territories.access import Can
from chezsoi.ui.shapes import Entry, Kind, Tag

RENEWED_WITHIN = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One thing to come and, for who may, where it is marked as done."""

    entry: Entry
    done_url: str = ""


def coming(
    household: Household,
    *,
    tasks: Iterable[Task],
    candidacies: Iterable[Candidacy],
    documents: Iterable[Attachment],
    pauses: Iterable[Pause],
    rights: FileRights,
    on: date,
    actor: Actor,
) -> tuple[Coming, ...]:
    """Put in the order of their days what the reader may know is to come."""
    found = [
        *_tasks(tasks, actor),
        *_allocations(candidacies, on, actor),
        *_renewals(household, documents, on),
        *(Coming(entry=entry) for entry in ending(pauses, on=on, actor=actor)),
        *_copies(rights),
    ]
    return tuple(_marked(each, on) for each in sorted(found, key=_day))


def _day(each: Coming) -> date:
    when = each.entry.when
    return when if isinstance(when, date) else date.max


def _marked(each: Coming, on: date) -> Coming:
    late = Tag(label=_("late"), kind=Kind.ACT)
    return replace(each, entry=replace(each.entry, tag=late)) if _day(each) < on else each


def _tasks(tasks: Iterable[Task], actor: Actor) -> Iterator[Coming]:
    for task in tasks:
        if task.done_on is None and task.cancelled_on is None:
            is_ours = task.organisation_id in {None, actor.organisation_id} and actor.may(Can.RECORD_SUPPORT)
            who = task.organisation.name if task.organisation else _("to be named")
            yield Coming(
                entry=Entry(when=task.due_on, title=capfirst(task.get_kind_display()), detail=who),
                done_url=reverse("support:complete-task", args=[task.pk]) if is_ours else "",
            )


def _allocations(candidacies: Iterable[Candidacy], on: date, actor: Actor) -> Iterator[Coming]:
    for candidacy in candidacies:
        home = homes.title(candidacy.offer.dwelling)
        if candidacy.state == CandidacyState.OFFERED:
            letter = candidacy.decision.letter
            url = reverse("allocation:answer", args=[letter.pk]) if actor.may(Can.RECORD_ANSWER) else ""
            yield Coming(entry=Entry(when=letter.answer_due_on, title=_("Last day to answer"), detail=home, url=url))
        item = getattr(candidacy.round, "item", None)
        if candidacy.state == CandidacyState.PROPOSED and item is not None and item.sitting.held_on >= on:
            sitting = item.sitting
            url = reverse("allocation:sitting", args=[sitting.pk]) if actor.may(Can.SEE_COMMISSION) else ""
            yield Coming(entry=Entry(when=sitting.held_on, title=sitting.commission.name, detail=home, url=url))


def _renewals(household: Household, documents: Iterable[Attachment], on: date) -> Iterator[Coming]:
    for row in documents:
        if row.expires_on is not None and row.expires_on <= on + RENEWED_WITHIN:
            yield Coming(
                entry=Entry(
                    when=row.expires_on,
                    title=_("To renew: %(document)s") % {"document": row.get_kind_display()},
                    url=reverse("people:attachments", args=[household.pk]),
                )
            )


def _copies(rights: FileRights) -> Iterator[Coming]:
    for copy in rights.copies:
        if copy.request.handed_on is None:
            url = reverse("journeys:access-copy", args=[copy.request.pk]) if rights.gives else ""
            yield Coming(
                entry=Entry(when=copy.request.due_on, title=_("Copy of the file to hand on"), detail=copy.name, url=url)
            )
