"""Dates near today said as people say them; those far away, in full."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chezsoi.kernel.dates import PartialDate, Precision
from chezsoi.ui.typography import NO_BREAK, language, ordinal

NEAR_DAYS = 30


def as_day(moment: date) -> date:
    """Give the local day of a date or an instant."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


def full(day: date) -> str:
    """Write a day in full, as a screen reader says it."""
    return _first(date_format(day, "DATE_FORMAT"), day)


def instant(moment: datetime) -> str:
    """Write an instant in full, by the clock of where the reader works."""
    local = timezone.localtime(moment)
    return _first(date_format(local, "DATETIME_FORMAT"), local)


def near(day: date, today: date) -> str:
    """Say how far a day is when it lies within thirty days of today; beyond, write it short."""
    distance = (day - today).days
    words = {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}
    if distance in words:
        return words[distance]
    if -NEAR_DAYS <= distance < 0:
        return _("%(days)s d ago") % {"days": -distance}
    if 0 < distance <= NEAR_DAYS:
        return _("in %(days)s d") % {"days": distance}
    return short(day, today)


def short(day: date, today: date) -> str:
    """Write a day with its month abbreviated, and the year only when it is not this one; it never breaks in two."""
    said = date_format(day, "j N" if day.year == today.year else "j N Y")
    return _first(said, day).replace(" ", NO_BREAK)


def partial(day: PartialDate) -> str:
    """Write what is known of a date."""
    first = day.earliest
    if first is None:
        return _("unknown")
    match day.precision:
        case Precision.DAY:
            return date_format(first, "SHORT_DATE_FORMAT")
        case Precision.MONTH:
            return date_format(first, "YEAR_MONTH_FORMAT")
        case Precision.ESTIMATED:
            return _("about %(year)s") % {"year": first.year}
    return str(first.year)


def _first(said: str, day: date) -> str:
    """Write the first of a month as French does: 1ᵉʳ novembre, then 2 novembre."""
    return ordinal(1, "fr") + said[1:] if day.day == 1 and language() == "fr" else said
