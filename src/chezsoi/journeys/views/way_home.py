"""The figures of one association: from a first meeting to a home, and support that grows and shrinks."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from chezsoi import trail
from chezsoi.journeys import way_home
from chezsoi.support.choices import Intensity
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui import dates
from chezsoi.ui.responses import page
from chezsoi.ui.shapes import Cell, Column, Figure, Row, Table
from chezsoi.ui.typography import number

EARLIEST = 2000


@allow(Can.SEE_SUPPORT)
@require_safe
def figures(request: Request) -> HttpResponse:
    today = timezone.localdate()
    found = way_home.read(year=_year(request.GET.get("year", ""), today), on=today, actor=request.actor)
    trail.record(request.actor, "journeys.way_home.read", detail={"year": found.year})
    context = {"found": found, "figures": _figures(found), "table": _table(found), "today": today}
    return page(request, "journeys/way_home.html", context)


def _year(typed: str, today: date) -> int:
    """Read the year asked for; anything else is this year."""
    year = int(typed) if typed.isdecimal() and len(typed) == len("2026") else today.year
    return year if EARLIEST <= year <= today.year else today.year


def _figures(found: way_home.WayHome) -> tuple[Figure, ...]:
    period = _("met for the first time in %(year)s") % {"year": found.year}
    of_them = _("of %(met)s households met") % {"met": number(found.met)}
    days = _("half within %(days)s days of the first meeting") % {"days": number(found.days or 0)}
    straight = _("%(count)s straight from the street") % {"count": number(found.straight)}
    housed = " · ".join((straight, days)) if found.days is not None else straight
    return (
        _figure(_("Met where they are"), found.met, period),
        _figure(
            _("Handed over to the housing service"),
            found.handed,
            of_them,
            _("%(count)s taken up") % {"count": number(found.taken_up)},
        ),
        _figure(_("In a home of their own"), found.housed, of_them, housed),
        _figure(
            _("Support stopped or paused, still at home"),
            found.stopped_at_home,
            _("of %(stopped)s households whose support stopped or is on offer") % {"stopped": number(found.stopped)},
        ),
    )


def _figure(label: str, count: int, period: str, detail: str = "") -> Figure:
    unit = ngettext("household", "households", count)
    return Figure(label=label, value=number(count), unit=unit, period=period, detail=detail)


def _table(found: way_home.WayHome) -> Table:
    """Lay out the intensities some measure had; no row where none was open."""
    columns = (Column(label=_("Intensity")), *(_day(each) for each in found.intensities))
    rows = [
        Row(
            cells=(
                Cell(text=str(each.label), is_strong=True),
                *(Cell(text=number(then.counts[each.value])) for then in found.intensities),
            )
        )
        for each in Intensity
        if any(then.counts[each.value] for then in found.intensities)
    ]
    total = Row(
        cells=(Cell(text=_("All"), is_strong=True), *(Cell(text=number(then.all)) for then in found.intensities))
    )
    return Table(
        caption=_("Measures open, by intensity on the day"), columns=columns, rows=(*rows, total) if rows else ()
    )


def _day(then: way_home.OnADay) -> Column:
    return Column(label=dates.full(then.on), is_numeric=True)
