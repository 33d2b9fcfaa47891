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
from chezsoi.observatory.choices import DRAWN, OF_THE_SIAO, Indicator
from chezsoi.observatory.forms import RecordTotal
from chezsoi.observatory.wording import DEFINITIONS
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
    context = {
        "territory": where,
        "year": year,
        "indicator": indicator,
        "table": tables.rows(found, indicator=indicator),
    }
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


@allow(Can.SEE_INDICATORS)
@require_safe
def shared(request: Request, siao: str, year: int) -> HttpResponse:
    """Show the territories that one SIAO serves beside their union, to those who work in all of them."""
    served = territories.shared_siaos(actor=request.actor).get(key=siao)
    places = list(served.territories.order_by("key"))
    asked: dict[str, Any] = {"audience": _audience(request), "on": timezone.localdate(), "actor": request.actor}
    context = {
        "siao": served,
        "places": places,
        "year": year,
        "previous_year": year - 1,
        "audience": _audience(request),
        "table": tables.shared(queries.shared(places, year=year, **asked)),
    }
    return page(request, "observatory/shared.html", context)


def _figures(request: Request, where: Territory, year: int, audience: Audience) -> dict[str, Any]:
    actor = request.actor
    today = timezone.localdate()
    series = queries.over_years(where, until=year, audience=audience, on=today, actor=actor)
    shown = [each[-1] for each in series]
    cards = {each.indicator: tables.card(each, with_rows=audience is Audience.INTERNAL) for each in shown}
    return {
        "territory": where,
        "year": year,
        "previous_year": year - 1,
        "audience": audience,
        "may_compare": actor.may(Can.COMPARE_REGISTERS),
        "cards": [card for indicator, card in cards.items() if indicator not in OF_THE_SIAO],
        "siao_cards": [cards[indicator] for indicator in OF_THE_SIAO],
        "siaos": territories.shared_siaos(actor=actor).filter(territories=where),
        "table": tables.figures(shown),
        "sheet": cartography.draw(
            tables.on_map(queries.by_commune(where, year=year, audience=audience, on=today, actor=actor))
        ),
        "drawings": [drawings.draw(tables.chart(each, on=today)) for each in series if each[-1].indicator in DRAWN],
    }


def _indicator(code: str) -> Indicator:
    try:
        return Indicator(code)
    except ValueError as unknown:
        raise Http404 from unknown
