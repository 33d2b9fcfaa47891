"""Change how intense support is, from a day on: as the household asks, or as it agrees; a no is kept too."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people import actions as people
from chezsoi.support.actions.measures import MeasureAlreadyEnded
from chezsoi.support.choices import COUNTING, ChangeOrigin
from chezsoi.support.models import IntensityChange, SupportMeasure
from chezsoi.support.models.intensities import intensity_on, state_under
from chezsoi.territories.access import Can, authorize


class ChangeBeforeItOpened(Exception):
    """Support cannot change before the day it opened."""


class ChangeToCome(Exception):
    """The change is dated in the future: it is written on the day it begins."""


class SameIntensity(Exception):
    """Support is as intense as that already, on that day."""


class ChangeAlreadyTakenBack(Exception):
    """The change was taken back before."""


@transaction.atomic
def change_intensity(
    *,
    actor: Actor,
    measure: SupportMeasure,
    intensity: str,
    origin: ChangeOrigin | str,
    starts_on: date,
    on: date,
    words: str = "",
) -> IntensityChange:
    """
    Make support more or less intense from a day on, or stop it for now; the household may ask for more any day.

    A proposal it declined is written too, and changes nothing. Neither its lease nor its request is read or touched.

    :raises MeasureAlreadyEnded: if the measure ended or was cancelled.
    :raises ChangeBeforeItOpened: if the day comes before the opening.
    :raises ChangeToCome: if the day is after `on`.
    :raises SameIntensity: if it is so already.
    """
    authorize(actor, Can.RECORD_SUPPORT, measure.household)
    known = SupportMeasure.objects.select_for_update().get(pk=measure.pk)
    if known.ended_on is not None:
        raise MeasureAlreadyEnded
    if starts_on < known.opened_on:
        raise ChangeBeforeItOpened(starts_on)
    if starts_on > on:
        raise ChangeToCome(starts_on)
    if origin in COUNTING and _intensity(known, starts_on) == intensity:
        raise SameIntensity(intensity)
    change = IntensityChange.objects.create(
        measure=known, intensity=intensity, starts_on=starts_on, origin=origin, words=words
    )
    _follow(known, on)
    people.touch_circle(actor=actor, household=known.household, on=on)
    detail = {"measure": known.pk, "origin": str(origin)}
    trail.record(actor, "support.intensity.changed", change, detail=detail, territory_id=known.territory_id)
    return change


@transaction.atomic
def take_change_back(*, actor: Actor, change: IntensityChange, on: date) -> IntensityChange:
    """
    Take back a change written by mistake: the measure is as intense as it was before.

    :raises ChangeAlreadyTakenBack: if it was taken back before.
    :raises MeasureAlreadyEnded: if the measure ended since.
    """
    authorize(actor, Can.RECORD_SUPPORT, change.measure.household)
    known = SupportMeasure.objects.select_for_update().get(pk=change.measure_id)
    if known.ended_on is not None:
        raise MeasureAlreadyEnded
    if not IntensityChange.objects.filter(pk=change.pk, cancelled_on=None).update(cancelled_on=on):
        raise ChangeAlreadyTakenBack
    _follow(known, on)
    trail.record(actor, "support.intensity.taken_back", change, territory_id=known.territory_id)
    change.refresh_from_db()
    return change


def _follow(measure: SupportMeasure, on: date) -> None:
    """Let the state follow the intensity: support stopped for now is on offer again."""
    measure.state = state_under(_intensity(measure, on))
    measure.save(update_fields=["state"])


def _intensity(measure: SupportMeasure, on: date) -> str:
    return str(SupportMeasure.objects.annotate(now=intensity_on(on)).values_list("now", flat=True).get(pk=measure.pk))
