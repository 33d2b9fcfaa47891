"""Write the support a household wishes, and open, end or hand on its measures; the lease, if any, goes on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.support.actions.tasks import cancel_task
from chezsoi.support.choices import MeasureState
from chezsoi.support.models import NamedReferent, SupportMeasure, SupportWish, Task
from chezsoi.support.models.intensities import intensity_on, state_under
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Organisation

if TYPE_CHECKING:
    from chezsoi.files.models import Source


class MeasureAlreadyEnded(Exception):
    """The measure has ended: open a new one instead."""


class MeasureNotEnded(Exception):
    """The measure did not end, or it was opened by mistake and stays cancelled."""


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
    measure = SupportMeasure.objects.create(
        household=household,
        scheme=scheme,
        intensity=intensity,
        state=state_under(intensity),
        opened_on=opened_on,
        organisation=organisation,
    )
    trail.record(actor, "support.measure.opened", measure, detail={"scheme": scheme, "state": measure.state})
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
def resume_measure(*, actor: Actor, measure: SupportMeasure) -> SupportMeasure:
    """
    Take back the end of a measure: it goes on as intense as it was, as if nobody had ended it.

    :raises MeasureNotEnded: if it did not end, or was cancelled.
    """
    authorize(actor, Can.RECORD_SUPPORT, measure.household)
    if measure.state != MeasureState.ENDED or measure.ended_on is None:
        raise MeasureNotEnded
    now = SupportMeasure.objects.annotate(now=intensity_on(measure.ended_on)).get(pk=measure.pk)
    measure.state = state_under(now.now)
    measure.ended_on, measure.end_reason = None, ""
    measure.save(update_fields=["state", "ended_on", "end_reason"])
    trail.record(actor, "support.measure.resumed", measure)
    return measure


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
