"""What waits for somebody today, by role: each line leads where it is dealt with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chezsoi.allocation import queries as allocation
from chezsoi.homes import queries as homes
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries as people
from chezsoi.support import queries as support
from chezsoi.territories.access import Can
from chezsoi.ui.shapes import Entry, Kind, Tag

SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One kind of thing that waits, the most urgent first; `count` is all of them, shown or not."""

    title: str
    entries: Sequence[Entry]
    count: int
    url: str


def waiting(*, actor: Actor, on: date) -> tuple[Waiting, ...]:
    """List what waits for the actor, the most urgent kinds first; kinds with nothing in them are left out."""
    kinds = (_emergencies, _copies, _visits, _leases_to_sign, _answers, _sittings, _duplicates, _held, _homes)
    return tuple(section for kind in kinds for section in kind(actor, on) if section.count)


def _emergencies(actor: Actor, on: date) -> Iterator[Waiting]:
    if not actor.may(Can.REVIEW_EMERGENCY):
        return
    rows = people.emergencies_followed(actor=actor).filter(reviewed_at=None)
    entries = [
        Entry(
            when=timezone.localdate(row.review_due_at),
            title=_("A file opened in an emergency, to review"),
            lead=row.organisation.name,
            url=reverse("portal:review-emergency", args=[row.pk]),
            tag=Tag(label=_("within 48 hours"), kind=Kind.ACT),
        )
        for row in rows[:SHOWN]
    ]
    yield Waiting(
        title=_("Emergency accesses"), entries=entries, count=rows.count(), url=reverse("portal:emergencies")
    )


def _copies(actor: Actor, on: date) -> Iterator[Waiting]:
    if not actor.may(Can.READ_TRAIL):
        return
    rows = people.access_requests_followed(actor=actor).filter(handed_on=None)
    url = reverse("portal:access-requests")
    entries = [
        Entry(
            when=row.due_on,
            title=_("A copy of a file to hand on"),
            lead=row.organisation.name if row.organisation else "",
            url=url,
            tag=Tag(label=_("late"), kind=Kind.ACT) if row.is_late_on(on) else None,
        )
        for row in rows[:SHOWN]
    ]
    yield Waiting(title=_("Copies asked for"), entries=entries, count=rows.count(), url=url)


def _visits(actor: Actor, on: date) -> Iterator[Waiting]:
    tasks = support.tasks_to_do(actor=actor)
    entries = [
        Entry(
            when=task.due_on,
            title=task.get_kind_display().capitalize(),
            lead=task.household.reference,
            url=reverse("support:support"),
            tag=Tag(label=_("overdue"), kind=Kind.ACT) if task.due_on < on else None,
        )
        for task in tasks[:SHOWN]
    ]
    yield Waiting(
        title=_("To do for your households"), entries=entries, count=tasks.count(), url=reverse("support:support")
    )


def _leases_to_sign(actor: Actor, on: date) -> Iterator[Waiting]:
    if not actor.may(Can.SIGN_LEASE):
        return
    accepted = allocation.accepted(actor=actor)
    entries = [
        Entry(
            when=_("accepted"),
            title=_("Sign the lease of %(home)s")
            % {"home": row.offer.dwelling.address or row.offer.dwelling.reference},
            lead=row.household.reference,
            url=reverse("journeys:sign-lease", args=[row.pk]),
            tag=Tag(label=_("to sign"), kind=Kind.HOME),
        )
        for row in accepted[:SHOWN]
    ]
    yield Waiting(title=_("Leases to sign"), entries=entries, count=accepted.count(), url=reverse("tenancies:leases"))


def _answers(actor: Actor, on: date) -> Iterator[Waiting]:
    if not actor.may(Can.RECORD_ANSWER):
        return
    letters = allocation.letters_waiting(actor=actor)
    entries = [
        Entry(
            when=letter.answer_due_on,
            title=_("Answer to an offer"),
            lead=letter.decision.candidacy.household.reference,
            url=reverse("allocation:letter", args=[letter.pk]),
            tag=Tag(label=_("no answer in time"), kind=Kind.WAIT) if letter.answer_due_on < on else None,
        )
        for letter in letters[:SHOWN]
    ]
    yield Waiting(title=_("Answers awaited"), entries=entries, count=letters.count(), url=reverse("allocation:rounds"))


def _sittings(actor: Actor, on: date) -> Iterator[Waiting]:
    if not actor.may(Can.SEE_COMMISSION):
        return
    coming = allocation.sittings_to_come(actor=actor)
    entries = [
        Entry(
            when=sitting.held_on,
            title=sitting.commission.name,
            detail=sitting.commission.organisation.name,
            url=reverse("allocation:sitting", args=[sitting.pk]),
        )
        for sitting in coming[:SHOWN]
    ]
    yield Waiting(
        title=_("Commissions to come"), entries=entries, count=coming.count(), url=reverse("allocation:sittings")
    )


def _duplicates(actor: Actor, on: date) -> Iterator[Waiting]:
    if not actor.may(Can.REVIEW_DUPLICATES):
        return
    pairs = people.duplicates_waiting(actor=actor, on=on)
    url = reverse("people:duplicates")
    entry = Entry(
        when=_("to read"),
        title=_("Files that may be of one person"),
        detail=_("Nothing is joined without you."),
        url=url,
    )
    yield Waiting(title=_("Known twice?"), entries=[entry], count=pairs.count(), url=url)


def _held(actor: Actor, on: date) -> Iterator[Waiting]:
    if not actor.may(Can.IMPORT_PEOPLE):
        return
    files = people.held_waiting(actor=actor)
    entries = [
        Entry(
            when=file.opened_on,
            title=_("Rows of %(file)s to read") % {"file": file.file_name},
            detail=_("They look like somebody known: nothing was created."),
            url=reverse("journeys:held", args=[file.reference]),
        )
        for file in files[:SHOWN]
    ]
    count = sum(file.count for file in files)
    yield Waiting(title=_("Rows kept from your files"), entries=entries, count=count, url=reverse("journeys:imports"))


def _homes(actor: Actor, on: date) -> Iterator[Waiting]:
    if not actor.may(Can.SEE_HOMES):
        return
    count = homes.available(actor=actor)
    url = reverse("homes:homes")
    entry = Entry(when=_("available"), title=_("Homes that wait for a household"), url=url)
    yield Waiting(title=_("Homes"), entries=[entry], count=count, url=url)
