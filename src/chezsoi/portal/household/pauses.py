"""The pauses a household asked for: in its history from the day they were asked to the day it is back, and to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chezsoi.allocation.models import Pause
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can
from chezsoi.ui import dates
from chezsoi.ui.shapes import Entry


def told(pauses: Iterable[Pause], *, on: date) -> Iterator[Entry]:
    """Tell each pause that was not taken back, newest first: its end, once it is there, then its beginning."""
    for pause in pauses:
        if pause.cancelled_on is not None:
            continue
        back_on = pause.ended_on or pause.until_on
        if back_on <= on:
            how = _("earlier than the day it had asked") if pause.ended_on else _("by itself, on the day it had asked")
            yield Entry(when=back_on, title=_("End of the pause: proposed homes again"), detail=how)
        until = _("proposed nothing until %(day)s, at its own wish") % {"day": dates.full(pause.until_on)}
        yield Entry(when=pause.asked_on, title=_("Pause asked for"), detail=until)


def ending(pauses: Iterable[Pause], *, on: date, actor: Actor) -> Iterator[Entry]:
    """Tell the day on which a household that is proposed nothing for now is back by itself."""
    for pause in pauses:
        if pause.runs_on(on):
            may = actor.may(Can.RECORD_REQUEST)
            url = reverse("allocation:pause", args=[pause.household_id]) if may else ""
            yield Entry(when=pause.until_on, title=_("End of the pause: proposed homes again"), url=url)
