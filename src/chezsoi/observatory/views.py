"""The territory's figures: for those who work there, for those who analyse, for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chezsoi import trail
from chezsoi.files.exports import taken_away, values_as_csv
from chezsoi.law.disclosure import Audience
from chezsoi.observatory import actions, letters, queries, tables
from chezsoi.observatory.choices import DEFINITIONS, Indicator
from chezsoi.observatory.forms import RecordTotal
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, Request, allow, public
from chezsoi.territories.models import Territory
from chezsoi.ui import cartography, drawings
from chezsoi.ui.responses import page


@allow(Can.SEE_INDICATORS)
@require_safe
def figures(request: Request) -> HttpResponse:
    """Show the figures of the actor's first territory, as exact as the role may read them."""
    where = territories.territories_of(actor=request.actor).first()
    if where is None:
        return redirect("observatory:public")
    return redirect("observatory:territory", where.key, timezone.localdate().year)


@allow(Can.SEE_INDICATORS)
@require_safe
def territory(request: Request, key: str, year: int) -> HttpResponse:
    where = territories.territories_of(actor=request.actor).get(key=key)
    context = _figures(request, where, year, _audience(request))
    if request.actor.may(Can.SEE_INDICATOR_ROWS):
        context["reports"] = tables.both_ways(queries.attributions(where, year=year, actor=request.actor))
    context["form"] = RecordTotal() if request.actor.may(Can.RECORD_TOTAL) else None
    return page(request, "observatory/figures.html", context)


@public("public figures are for everybody: cells under the public threshold are hidden")
@require_safe
def public_figures(request: Request, key: str = "", year: int = 0) -> HttpResponse:
    every = territories.every_territory(actor=request.actor)
    asked = key or request.GET.get("territory", "")
    where = every.get(key=asked) if asked else every.filter(organisations__isnull=False).first() or every.first()
    if where is None:
        raise Http404
    context = _figures(request, where, year or timezone.localdate().year, Audience.PUBLIC)
    return page(request, "observatory/public.html", {**context, "territories": every})


@public("public figures as a file, for everybody")
@require_safe
def public_csv(request: Request, key: str, year: int) -> HttpResponse:
    where = territories.territory(key, actor=request.actor)
    today, actor = timezone.localdate(), request.actor
    if "years" in request.GET:
        series = queries.over_years(where, until=year, audience=Audience.PUBLIC, on=today, actor=actor)
        shown = [figure for one in series for figure in one]
    else:
        shown = list(queries.figures(where, year=year, audience=Audience.PUBLIC, on=today, actor=actor))
    lines = (figure.as_csv() for figure in shown)
    return values_as_csv(queries.CSV_HEADER, lines, filename=f"{where.key}-{year}")


@public("leases by commune are for everybody: communes under the public threshold are hidden, and those that tell them")
@require_safe
def public_communes(request: Request, key: str, year: int) -> HttpResponse:
    where = territories.territory(key, actor=request.actor)
    return _communes_csv(request, where, year, Audience.PUBLIC)


@allow(Can.SEE_INDICATORS)
@require_safe
def communes(request: Request, key: str, year: int) -> HttpResponse:
    """Give the leases by commune as exactly as the role may read them."""
    where = territories.territories_of(actor=request.actor).get(key=key)
    return _communes_csv(request, where, year, _audience(request))


@public("the synthesis holds public figures alone, under the public threshold")
@require_safe
def public_synthesis(request: Request, key: str, year: int) -> HttpResponse:
    where = territories.territory(key, actor=request.actor)
    return _synthesis(request, where, year, Audience.PUBLIC)


@allow(Can.SEE_INDICATORS)
@require_safe
def synthesis(request: Request, key: str, year: int) -> HttpResponse:
    """Give one page to print, as exact as the role may read it."""
    where = territories.territories_of(actor=request.actor).get(key=key)
    return _synthesis(request, where, year, _audience(request))


@public("definitions are for everybody")
@require_safe
def definition(request: Request, code: str) -> HttpResponse:
    indicator = _indicator(code)
    return page(request, "observatory/definition.html", {"card": DEFINITIONS[indicator], "indicator": indicator})


@allow(Can.SEE_INDICATOR_ROWS)
@require_safe
def rows(request: Request, key: str, year: int, code: str) -> HttpResponse:
    actor = request.actor
    where = territories.territories_of(actor=actor).get(key=key)
    indicator = _indicator(code)
    found = queries.rows_of(indicator, where, year=year, actor=actor)
    trail.record(actor, "observatory.rows.read", where, detail={"indicator": code, "year": year, "rows": len(found)})
    context = {"territory": where, "year": year, "indicator": indicator, "table": tables.rows(found)}
    return page(request, "observatory/rows.html", context)


@allow(Can.SEE_INDICATOR_ROWS)
@require_safe
def attributions(request: Request, key: str, year: int, report: str, kind: str) -> HttpResponse:
    """Hand over one of the two reports of a year: both are written from the same records."""
    where = territories.territories_of(actor=request.actor).get(key=key)
    found = queries.attributions(where, year=year, actor=request.actor)
    columns, lines = tables.REPORTS[report](found)
    detail = {"report": report, "year": year, "rows": len(lines), "written_as": kind}
    trail.record(request.actor, "observatory.attributions.exported", where, detail=detail)
    name = f"{report}-{where.key}-{year}"
    return taken_away(columns, lines, name=name, written_as=kind, on=timezone.localdate())


@allow(Can.RECORD_TOTAL)
@require_POST
def record_total(request: Request, key: str, year: int) -> HttpResponse:
    actor = request.actor
    where = territories.territories_of(actor=actor).get(key=key)
    form = RecordTotal(request.POST)
    if form.is_valid():
        actions.record_total(actor=actor, territory=where, year=year, **form.cleaned_data)
        messages.success(request, _("The total is recorded; the share is computed with it."))
        return redirect("observatory:territory", key, year)
    context = {**_figures(request, where, year, _audience(request)), "form": form}
    return page(request, "observatory/figures.html", context, status=422)


def _audience(request: Request) -> Audience:
    """Give the most exact figures a role may read at home."""
    return Audience.INTERNAL if request.actor.may(Can.SEE_INDICATOR_ROWS) else Audience.PARTNER


def _communes_csv(request: Request, where: Territory, year: int, audience: Audience) -> HttpResponse:
    today, actor = timezone.localdate(), request.actor
    found = queries.by_commune(where, year=year, audience=audience, on=today, actor=actor)
    return values_as_csv(queries.COMMUNES_HEADER, found.as_csv(), filename=f"{where.key}-{year}-communes")


def _synthesis(request: Request, where: Territory, year: int, audience: Audience) -> HttpResponse:
    asked: dict[str, Any] = {"audience": audience, "on": timezone.localdate(), "lang": get_language() or "fr"}
    pdf = letters.synthesis(where, year=year, actor=request.actor, **asked)
    named = f'inline; filename="{where.key}-{year}-{audience.value}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": named})


def _figures(request: Request, where: Territory, year: int, audience: Audience) -> dict[str, Any]:
    actor = request.actor
    today = timezone.localdate()
    series = queries.over_years(where, until=year, audience=audience, on=today, actor=actor)
    shown = [each[-1] for each in series]
    with_rows = audience is Audience.INTERNAL
    return {
        "territory": where,
        "year": year,
        "previous_year": year - 1,
        "audience": audience,
        "cards": [tables.card(figure, with_rows=with_rows) for figure in shown],
        "table": tables.figures(shown),
        "sheet": cartography.draw(
            tables.on_map(queries.by_commune(where, year=year, audience=audience, on=today, actor=actor))
        ),
        "drawings": [drawings.draw(tables.chart(each, on=today)) for each in series],
    }


def _indicator(code: str) -> Indicator:
    try:
        return Indicator(code)
    except ValueError as unknown:
        raise Http404 from unknown
