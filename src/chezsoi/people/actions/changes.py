"""Write down what happened to a household as one thing, and take it back when it was a mistake."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people.actions.news import News
from chezsoi.people.actions.pen import Recorder
from chezsoi.people.actions.situations import NeedsAReason
from chezsoi.people.actions.steps import ChangedSince, Steps
from chezsoi.people.choices import LifeEvent
from chezsoi.people.models import Household, LifeChange, Person
from chezsoi.territories.access import Can, authorize

UNDO_MOVE_DAYS = 30
"""How long those who received a household may undo it."""


class AlreadyUndone(Exception):
    """The change was undone before."""


class TooLateToUndo(Exception):
    """A move to another territory is undone within 30 days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened, when, to whom, and why; `other` is the household at the other end."""

    kind: LifeEvent
    on: date
    persons: tuple[Person, ...] = ()
    reason: str = ""
    other: Household | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """
    The rows of one act on a household's life, until they are remembered as one change.

    An act that is a part of another is given that one's recorder, and remembers nothing by itself.
    """

    recorder: Recorder | None = None
    steps: Steps = field(default_factory=Steps)

    @property
    def notes(self) -> Recorder:
        """Give what notes the rows."""
        return self.recorder or self.steps

    def close(self, actor: Actor, household: Household, event: Event) -> None:
        """Remember the act, unless it is a part of another."""
        if self.recorder is None:
            remember_change(actor=actor, household=household, event=event, steps=self.steps)


@transaction.atomic
def remember_change(*, actor: Actor, household: Household, event: Event, steps: Steps) -> LifeChange:
    """Keep what an act wrote as one change in the life of a household: shown in its history, undone as a whole."""
    authorize(actor, Can.REGISTER_PEOPLE, household)
    change = LifeChange.objects.create(
        household=household,
        other=event.other,
        event=event.kind,
        happened_on=event.on,
        reason=event.reason.strip(),
        steps=steps.as_json(),
        recorded_by=actor.user_id,
    )
    change.persons.set(event.persons)
    return change


@transaction.atomic
def undo_change(*, actor: Actor, change: LifeChange, on: date, reason: str) -> LifeChange:
    """
    Take back a change written by mistake; who lived with whom is again what it was, and the change stays readable.

    A change that reaches a household hidden from the actor is refused with the same words as one that life has
    overtaken: the refusal tells nothing.

    :raises NeedsAReason: if no reason is given.
    :raises AlreadyUndone: if it was undone before.
    :raises TooLateToUndo: if it is a move from another territory, written more than 30 days ago.
    :raises ChangedSince: if something written since rests on it.
    """
    authorize(actor, Can.REGISTER_PEOPLE, change.household)
    if not reason.strip():
        raise NeedsAReason(change.pk)
    held = LifeChange.objects.select_for_update(of=("self",)).select_related("other").get(pk=change.pk)
    if held.undone_at is not None:
        raise AlreadyUndone(change.pk)
    if held.event == LifeEvent.MOVED:
        if on > timezone.localdate(held.recorded_at) + timedelta(days=UNDO_MOVE_DAYS):
            raise TooLateToUndo(change.pk)
    elif held.other is not None and not held.other.is_open_to(actor):
        raise ChangedSince(change.pk)
    Steps.take_back(held.steps, on=on)
    News().note(households=[pk for pk in (held.household_id, held.other_id) if pk is not None])
    held.undone_at, held.undone_by, held.undo_reason = timezone.now(), actor.user_id, reason.strip()
    held.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    detail = {"change": held.pk, "event": held.event}
    trail.record(actor, "people.change.undone", held.household, detail=detail, reason=reason.strip())
    return held
