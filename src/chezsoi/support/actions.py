"""
What changes support.

Support is offered, never imposed: no action here reads or writes anything a home depends on.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.support.choices import Intensity, MeasureState, TaskKind
from chezsoi.support.models import NamedReferent, SupportMeasure, SupportWish, Task
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Organisation

if TYPE_CHECKING:
    from chezsoi.files.models import Source


class MeasureAlreadyEnded(Exception):
    """The measure has ended: open a new one instead."""


class TaskAlreadySettled(Exception):
    """The task was done or cancelled before."""


class TaskNotDone(Exception):
    """The task is still to do, or was cancelled."""


class EndBeforeStart(Exception):
    """A measure cannot end before the day it opened."""


@transaction.atomic
def state_wish(
    *,
    actor: Actor,
    household: Household,
    intensity: str,
    stated_on: date,
    source: Source | None = None,
    original_words: str = "",
) -> SupportWish:
    """Write down the support a household wishes; the wish before stays readable."""
    authorize(actor, Can.RECORD_REQUEST, household)
    wish = SupportWish.objects.create(
        household=household,
        intensity=intensity,
        stated_on=stated_on,
        source=source,
        original_words=original_words,
    )
    trail.record(actor, "support.wish.stated", wish, territory_id=household.territory_id)
    return wish


@transaction.atomic
def name_referent(
    *, actor: Actor, household: Household, label: str, stated_on: date, source: Source | None = None
) -> NamedReferent:
    """Write down who is said to follow a household."""
    authorize(actor, Can.RECORD_REQUEST, household)
    referent = NamedReferent.objects.create(household=household, label=label, stated_on=stated_on, source=source)
    trail.record(actor, "support.referent.named", referent, territory_id=household.territory_id)
    return referent


@transaction.atomic
def carry_wishes(*, actor: Actor, household: Household, opened: Household) -> list[SupportWish | NamedReferent]:
    """Let what a household said of support, and who is said to follow it, go on in the file opened elsewhere."""
    for file in (household, opened):
        authorize(actor, Can.RECORD_REQUEST, file)
    rows: list[SupportWish | NamedReferent] = list(SupportWish.objects.filter(household=household).order_by("pk"))
    rows += NamedReferent.objects.filter(household=household).order_by("pk")
    for row in rows:
        row.household = opened
        row.save(update_fields=["household"])
    trail.record(actor, "support.wishes.carried", opened)
    return rows


@transaction.atomic
def open_measure(
    *,
    actor: Actor,
    household: Household,
    scheme: str,
    intensity: str,
    opened_on: date,
    organisation: Organisation | None,
) -> SupportMeasure:
    """
    Open a support measure for a household.

    When the household wishes none, the measure is only offered: it stays free to accept later, and nothing else waits.
    """
    authorize(actor, Can.RECORD_SUPPORT, household)
    state = MeasureState.OFFERED if intensity == Intensity.NONE else MeasureState.RUNNING
    measure = SupportMeasure.objects.create(
        household=household,
        scheme=scheme,
        intensity=intensity,
        state=state,
        opened_on=opened_on,
        organisation=organisation,
    )
    trail.record(actor, "support.measure.opened", measure, detail={"scheme": scheme, "state": state.value})
    return measure


@transaction.atomic
def end_measure(*, actor: Actor, measure: SupportMeasure, ended_on: date, reason: str) -> SupportMeasure:
    """
    End a measure; the lease, if there is one, goes on.

    :raises MeasureAlreadyEnded: if it ended or was cancelled before.
    :raises EndBeforeStart: if the day is before the opening.
    """
    authorize(actor, Can.RECORD_SUPPORT, measure.household)
    if measure.ended_on is not None:
        raise MeasureAlreadyEnded
    if ended_on < measure.opened_on:
        raise EndBeforeStart
    return _end(actor, measure, state=MeasureState.ENDED, on=ended_on, reason=reason)


@transaction.atomic
def cancel_measure(*, actor: Actor, measure: SupportMeasure, on: date, reason: str) -> SupportMeasure:
    """
    Cancel a measure opened by mistake, and the tasks that came with it.

    :raises MeasureAlreadyEnded: if it ended or was cancelled before.
    """
    authorize(actor, Can.RECORD_SUPPORT, measure.household)
    if measure.ended_on is not None:
        raise MeasureAlreadyEnded
    for task in Task.objects.filter(measure=measure, done_on=None, cancelled_on=None).order_by("pk"):
        cancel_task(actor=actor, task=task, on=on)
    return _end(actor, measure, state=MeasureState.CANCELLED, on=max(on, measure.opened_on), reason=reason)


@transaction.atomic
def plan_task(
    *,
    actor: Actor,
    household: Household,
    kind: TaskKind,
    due_on: date,
    organisation: Organisation | None,
    measure: SupportMeasure | None = None,
) -> Task:
    """Plan one thing to do for a household by a day."""
    authorize(actor, Can.RECORD_SUPPORT, household)
    task = Task.objects.create(
        household=household, measure=measure, kind=kind, organisation=organisation, due_on=due_on
    )
    trail.record(actor, "support.task.planned", task, detail={"kind": kind.value})
    return task


@transaction.atomic
def complete_task(*, actor: Actor, task: Task, done_on: date) -> Task:
    """
    Mark a task as done.

    :raises TaskAlreadySettled: if it was done or cancelled before.
    """
    authorize(actor, Can.RECORD_SUPPORT, task.household)
    if task.done_on is not None or task.cancelled_on is not None:
        raise TaskAlreadySettled
    task.done_on = done_on
    task.save(update_fields=["done_on"])
    trail.record(actor, "support.task.done", task)
    return task


@transaction.atomic
def reopen_task(*, actor: Actor, task: Task) -> Task:
    """
    Put back among the things to do a task noted as done by mistake.

    :raises TaskNotDone: if it is not noted as done.
    """
    authorize(actor, Can.RECORD_SUPPORT, task.household)
    if task.done_on is None:
        raise TaskNotDone
    task.done_on = None
    task.save(update_fields=["done_on"])
    trail.record(actor, "support.task.reopened", task)
    return task


@transaction.atomic
def cancel_task(*, actor: Actor, task: Task, on: date) -> Task:
    """
    Cancel a task nobody has to do any more.

    :raises TaskAlreadySettled: if it was done or cancelled before.
    """
    authorize(actor, Can.RECORD_SUPPORT, task.household)
    if task.done_on is not None or task.cancelled_on is not None:
        raise TaskAlreadySettled
    task.cancelled_on = on
    task.save(update_fields=["cancelled_on"])
    trail.record(actor, "support.task.cancelled", task)
    return task


@transaction.atomic
def hand_over_measure(*, actor: Actor, measure: SupportMeasure, household: Household) -> list[Task]:
    """
    Let a measure, and what there is still to do for it, go with those it concerns; give what there is still to do.

    :raises MeasureAlreadyEnded: if it ended or was cancelled before.
    """
    authorize(actor, Can.RECORD_SUPPORT, measure.household)
    if measure.ended_on is not None:
        raise MeasureAlreadyEnded
    measure.household = household
    measure.save(update_fields=["household"])
    tasks = list(Task.objects.filter(measure=measure, done_on=None, cancelled_on=None).order_by("pk"))
    for task in tasks:
        task.household = household
        task.save(update_fields=["household"])
    trail.record(actor, "support.measure.handed_over", measure)
    return tasks


def _end(actor: Actor, measure: SupportMeasure, *, state: MeasureState, on: date, reason: str) -> SupportMeasure:
    measure.state = state
    measure.ended_on = on
    measure.end_reason = reason
    measure.save(update_fields=["state", "ended_on", "end_reason"])
    trail.record(actor, f"support.measure.{state}", measure)
    return measure
