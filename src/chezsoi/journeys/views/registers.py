"""What is told to two registers of the State, from one entry: both counts side by side, and the two sheets."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chezsoi import trail
from chezsoi.files.exports import taken_away
from chezsoi.journeys.registers import comparing, records, tables
from chezsoi.journeys.registers.choices import Register
from chezsoi.journeys.registers.forms import Told
from chezsoi.journeys.registers.sheets import SHEETS
from chezsoi.law.layouts import layout
from chezsoi.people import queries as people
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.COMPARE_REGISTERS)
@require_safe
def registers(request: Request, key: str) -> HttpResponse:
    form = _form(request, key)
    context: dict[str, Any] = {
        "form": form,
        "territory": form.territory,
        "query": request.GET.urlencode(),
        "layouts": [layout(register.value) for register in Register],
        "may_send": request.actor.may(Can.REPORT_TO_REGISTERS),
    }
    if form.is_valid():
        context |= _compared(request, form.period())
    return page(request, "journeys/registers.html", context)


@allow(Can.REPORT_TO_REGISTERS)
@require_safe
def sheet(request: Request, key: str, register: str, kind: str) -> HttpResponse:
    """Hand a sheet over, numbers deciphered; what cannot be read of the days asked for is said on the page."""
    form = _form(request, key)
    if not form.is_valid():
        return redirect(f"{reverse('journeys:registers', args=[key])}?{request.GET.urlencode()}")
    period, which = form.period(), Register(register)
    lines = SHEETS[which](records.read(period, actor=request.actor, with_numbers=True))
    detail = {**_days(period), "register": register, "rows": len(lines), "written_as": kind}
    trail.record(request.actor, "journeys.register.exported", period.territory, detail=detail)
    columns = (*layout(register).names, tables.LACKS)
    cells = [(*line.cells, ", ".join(column.name for column in line.missing)) for line in lines]
    named = f"{register}-{key}-{period.first.isoformat()}"
    return taken_away(columns, cells, name=named, written_as=kind, on=timezone.localdate())


def _form(request: Request, key: str) -> Told:
    where = territories.territories_of(actor=request.actor).get(key=key)
    return Told(request.GET.dict(), territory=where, on=timezone.localdate())


def _compared(request: Request, period: records.Period) -> dict[str, Any]:
    actor = request.actor
    read = records.read(period, actor=actor)
    found = comparing.compare(read)
    trail.record(actor, "journeys.registers.compared", period.territory, detail=_days(period))
    shown = {line.household for line in found.unready} | {each.lease.household_id for each in found.allocated}
    households = [request.household for pk, request in read.requests.items() if pk in shown]
    households += [each.lease.household for each in found.allocated if each.lease.household_id not in read.requests]
    cards = {card.pk: card for card in people.cards(households, on=timezone.localdate(), actor=actor)}
    return {
        "figures": tables.figures(found, period),
        "allocated": tables.allocated(found, cards, actor=actor),
        "missing": tables.missing(found, cards, actor=actor),
        "counts": {register.value: len(lines) for register, lines in found.lines.items()},
    }


def _days(period: records.Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}
