"""The audit of one round, and of a territory over a year: by group, with intervals; a page and a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from chezsoi import trail
from chezsoi.allocation import queries
from chezsoi.allocation.choices import RoundState
from chezsoi.allocation.models import Round
from chezsoi.allocation.tables import fairness as tables
from chezsoi.files.exports import values_as_csv
from chezsoi.homes import wording as homes
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, Request, allow
from chezsoi.territories.models import Territory
from chezsoi.ui import dates, drawings
from chezsoi.ui.responses import page


@allow(Can.SEE_SHORTLIST)
@require_safe
def of_round(request: Request, round_id: int) -> HttpResponse:
    found, audit = _round(request, round_id)
    context = {"round": found, "title": homes.title(found.offer.dwelling)}
    return page(request, "allocation/fairness.html", context | _shown(audit, dates.full(found.frozen_on)))


@allow(Can.SEE_SHORTLIST)
@require_safe
def of_round_as_csv(request: Request, round_id: int) -> HttpResponse:
    found, audit = _round(request, round_id)
    return values_as_csv(tables.CSV_HEADER, tables.lines(audit), filename=f"fairness-round-{found.pk}")


@allow(Can.SEE_INDICATORS)
@require_safe
def fairness(request: Request) -> HttpResponse:
    """Lead to the audit of this year in the actor's first territory."""
    where = territories.territories_of(actor=request.actor).first()
    if where is None:
        raise Http404
    return redirect("allocation:fairness-of-territory", where.key, timezone.localdate().year)


@allow(Can.SEE_INDICATORS)
@require_safe
def of_territory(request: Request, key: str, year: int) -> HttpResponse:
    where, audit = _territory(request, key, year)
    context = {"territory": where, "year": year, "previous_year": year - 1}
    return page(request, "allocation/fairness.html", context | _shown(audit, str(year)))


@allow(Can.SEE_INDICATORS)
@require_safe
def of_territory_as_csv(request: Request, key: str, year: int) -> HttpResponse:
    where, audit = _territory(request, key, year)
    return values_as_csv(tables.CSV_HEADER, tables.lines(audit), filename=f"fairness-{where.key}-{year}")


def _round(request: Request, round_id: int) -> tuple[Round, queries.Audit]:
    found = queries.round_(round_id, actor=request.actor)
    if found.state != RoundState.DRAWN:
        raise Http404
    trail.record(request.actor, "allocation.fairness.read", found)
    return found, queries.audit_of_round(found, on=timezone.localdate(), actor=request.actor)


def _territory(request: Request, key: str, year: int) -> tuple[Territory, queries.Audit]:
    where = territories.territories_of(actor=request.actor).get(key=key)
    if not date.min.year < year < date.max.year:
        raise Http404
    period = {"start": date(year, 1, 1), "end": date(year + 1, 1, 1)}
    trail.record(request.actor, "allocation.fairness.read", where, detail={"year": year})
    return where, queries.audit_of_territory(where, **period, on=timezone.localdate(), actor=request.actor)


def _shown(audit: queries.Audit, period: str) -> dict[str, Any]:
    charts = {dimension: tables.chart(dimension, rows) for dimension, rows in audit.dimensions.items()}
    return {
        "audit": audit,
        "figures": tables.figures(audit, period=period),
        "dimensions": [
            (
                capfirst(dimension.label),
                drawings.draw(made) if (made := charts[dimension]) is not None else None,
                tables.groups(dimension, rows),
            )
            for dimension, rows in audit.dimensions.items()
        ],
    }
