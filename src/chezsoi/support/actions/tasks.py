"""Plan what there is to do for a household, settle it, or put it back among the things to do."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.support.choices import TaskKind
from chezsoi.support.models import SupportMeasure, Task
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Organisation


class TaskAlreadySettled(Exception):
    """The task was done or cancelled before."""


class TaskNotDone(Exception):
    """The task is still to do, or was cancelled."""


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
