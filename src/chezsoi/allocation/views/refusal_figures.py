"""Who says no to proposals, and why, over a period: a page and a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chezsoi import trail
from chezsoi.allocation import queries
from chezsoi.allocation.forms.refusal_figures import CountedRefusals
from chezsoi.allocation.tables import refusal_figures as tables
from chezsoi.files.exports import values_as_csv
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.SEE_INDICATORS)
@require_safe
def refusal_figures(request: Request) -> HttpResponse:
    """Lead to those of the actor's first territory."""
    where = territories.territories_of(actor=request.actor).first()
    if where is None:
        raise Http404
    return redirect("allocation:refusal-figures-of-territory", where.key)


@allow(Can.SEE_INDICATORS)
@require_safe
def of_territory(request: Request, key: str) -> HttpResponse:
    form, today = _form(request, key), timezone.localdate()
    context: dict[str, Any] = {
        "form": form,
        "territory": form.territory,
        "query": request.GET.urlencode(),
        "may_see_rounds": request.actor.may(Can.SEE_SHORTLIST),
    }
    if form.is_valid():
        asked = form.asked()
        counts = _counts(request, asked, today)
        context |= {
            "counts": counts,
            "period": tables.period(asked),
            "figures": tables.figures(counts, period=tables.period(asked)),
            "sides": tables.sides(counts),
            "reasons": tables.reasons(counts),
            "second_looks": tables.second_looks(counts),
        }
    return page(request, "allocation/refusal_figures.html", context)


@allow(Can.SEE_INDICATORS)
@require_safe
def of_territory_as_csv(request: Request, key: str) -> HttpResponse:
    """Answer with the file; what cannot be read is said on the page."""
    form = _form(request, key)
    if not form.is_valid():
        shown = reverse("allocation:refusal-figures-of-territory", args=[key])
        return redirect(f"{shown}?{request.GET.urlencode()}")
    asked = form.asked()
    counts = _counts(request, asked, timezone.localdate())
    return values_as_csv(tables.CSV_HEADER, tables.lines(asked, counts), filename=f"refusals-{key}-{asked.start}")


def _form(request: Request, key: str) -> CountedRefusals:
    where = territories.territories_of(actor=request.actor).get(key=key)
    return CountedRefusals(request.GET.dict(), territory=where, on=timezone.localdate(), actor=request.actor)


def _counts(request: Request, asked: queries.RefusalsAsked, on: date) -> queries.RefusalCounts:
    detail = {"from": asked.start.isoformat(), "before": asked.end.isoformat(), "own": asked.is_own}
    trail.record(request.actor, "allocation.refusals.counted", asked.territory, detail=detail)
    return queries.refusal_counts(asked, on=on, actor=request.actor)
