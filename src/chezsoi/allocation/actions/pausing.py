"""Write that a household asks to be proposed nothing until a day, comes back earlier, or that it was a mistake."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.allocation.models import Pause
from chezsoi.allocation.models.pauses import running_on
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, authorize


class NotTheirWish(Exception):
    """A pause is asked for by the household: nobody imposes it."""


class PauseBackwards(Exception):
    """The household would be back before it left."""


class PausedAlready(Exception):
    """A pause runs or is to come for this household."""


class NotPaused(Exception):
    """The pause does not run that day."""


class NothingToUndo(Exception):
    """The pause was taken back before."""


@transaction.atomic
def ask_pause(*, actor: Actor, household: Household, on: date, until_on: date, is_their_wish: bool) -> Pause:
    """
    Propose a household nothing from today until a day, because it asks so; it is back by itself on that day.

    What was proposed to it before stands. Neither its request, its seniority nor its rank moves.

    :raises NotTheirWish: if the household itself does not ask.
    :raises PauseBackwards: if it would be back today or earlier.
    :raises PausedAlready: if a pause runs.
    """
    authorize(actor, Can.RECORD_REQUEST, household)
    if not is_their_wish:
        raise NotTheirWish
    if until_on <= on:
        raise PauseBackwards(until_on)
    Household.objects.select_for_update().get(pk=household.pk)
    if Pause.objects.filter(running_on(on), household=household).exists():
        raise PausedAlready
    pause = Pause.objects.create(household=household, asked_on=on, until_on=until_on)
    trail.record(actor, "allocation.pause.asked", pause)
    return pause


@transaction.atomic
def end_pause(*, actor: Actor, pause: Pause, on: date) -> Pause:
    """
    Let a household come back earlier: it is proposed homes from that day.

    :raises NotPaused: if the pause does not run that day.
    """
    authorize(actor, Can.RECORD_REQUEST, pause.household)
    if not Pause.objects.filter(running_on(on), pk=pause.pk).update(ended_on=on):
        raise NotPaused
    trail.record(actor, "allocation.pause.ended", pause)
    pause.refresh_from_db()
    return pause


@transaction.atomic
def take_pause_back(*, actor: Actor, pause: Pause, on: date) -> Pause:
    """
    Undo the last thing written of a pause: the coming back earlier, else the pause itself.

    :raises NothingToUndo: if the pause was taken back before.
    :raises PausedAlready: if another pause runs since the coming back.
    """
    authorize(actor, Can.RECORD_REQUEST, pause.household)
    Household.objects.select_for_update().get(pk=pause.household_id)
    known = Pause.objects.get(pk=pause.pk)
    if known.cancelled_on is not None:
        raise NothingToUndo
    if known.ended_on is None:
        known.cancelled_on = on
    elif Pause.objects.filter(running_on(on), household_id=known.household_id).exclude(pk=known.pk).exists():
        raise PausedAlready
    else:
        known.ended_on = None
    known.save(update_fields=["cancelled_on", "ended_on"])
    trail.record(actor, "allocation.pause.taken_back", known)
    return known
