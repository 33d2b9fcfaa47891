"""The reservation agreements of a year and what became of its vacancies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi import trail
from chezsoi.allocation import actions, queries
from chezsoi.allocation.actions.reservations import FIRST_YEAR, LAST_YEAR, ON_FLOW
from chezsoi.allocation.forms import reservations as forms
from chezsoi.allocation.tables import reservations as tables
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.files.exports import taken_away
from chezsoi.files.submissions import once
from chezsoi.territories.access import Can, Request, allow
from chezsoi.territories.queries import own_organisation
from chezsoi.ui.responses import page


@allow(Can.SEE_HOMES)
@require_safe
def reservations(request: Request) -> HttpResponse:
    year, today = _year(request), timezone.localdate()
    signed = queries.agreements(year=year, actor=request.actor)
    manages = request.actor.may(Can.MANAGE_FLOW)
    context = {
        "year": year,
        "flows": [
            (found, tables.flow(found)) for found in queries.flows(year=year, actor=request.actor) if found.holders
        ],
        "agreements": [(row, tables.share(row), tables.place(row), row.is_open_to(request.actor)) for row in signed],
        "law": tables.law(today),
        "may_manage": manages,
        "vacant": tables.to_turn_over(queries.to_turn_over(actor=request.actor)) if manages else None,
    }
    return page(request, "allocation/reservations.html", context)


@allow(Can.SEE_HOMES)
@require_safe
def export(request: Request, year: int, kind: str) -> HttpResponse:
    found = queries.flows(year=int(year), actor=request.actor)
    trail.record(request.actor, "allocation.flow.exported", detail={"year": int(year), "written_as": kind})
    return taken_away(*tables.exported(found), name=_("flow"), written_as=kind, on=timezone.localdate())


@allow(Can.MANAGE_FLOW)
@require_http_methods(["GET", "POST"])
@once
def new(request: Request) -> HttpResponse:
    today = timezone.localdate()
    form = forms.Agreement(request.POST or None, actor=request.actor, initial={"year": today.year})
    if form.is_valid():
        try:
            made = actions.record_agreement(
                actor=request.actor,
                territory=form.territory_chosen,
                landlord=own_organisation(actor=request.actor),
                terms=form.terms(),
                on=today,
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Written down. The next vacancies are shared by it."))
            return _to_year(made.year)
    return page(request, "allocation/agreement.html", {"form": form}, status=422 if form.errors else 200)


@allow(Can.MANAGE_FLOW)
@require_http_methods(["GET", "POST"])
@once
def agreement(request: Request, pk: int) -> HttpResponse:
    found = queries.agreement(pk, actor=request.actor)
    form = forms.Correction(request.POST or None, actor=request.actor, initial=_as_typed(found))
    if form.is_valid():
        try:
            actions.correct_agreement(
                actor=request.actor,
                agreement=found,
                terms=form.terms(),
                on=timezone.localdate(),
                reason=form.cleaned_data["reason"],
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Corrected. The line before stays readable."))
            return _to_year(found.year)
    context = {"form": form, "agreement": found, "place": tables.place(found), "end": forms.End()}
    return page(request, "allocation/agreement.html", context, status=422 if form.errors else 200)


@allow(Can.MANAGE_FLOW)
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    found = queries.agreement(pk, actor=request.actor)
    reason = request.POST.get("end_reason", "")[:300]
    try:
        actions.end_agreement(actor=request.actor, agreement=found, on=timezone.localdate(), reason=reason)
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
        return redirect("allocation:agreement", pk)
    messages.success(request, _("Ended. The turns given by it stay."))
    return _to_year(found.year)


def _year(request: Request) -> int:
    typed = request.GET.get("year", "")
    is_year = typed.isdigit() and len(typed) == len(str(LAST_YEAR)) and FIRST_YEAR <= int(typed) <= LAST_YEAR
    return int(typed) if is_year else timezone.localdate().year


def _to_year(year: int) -> HttpResponse:
    return redirect(f"{reverse('allocation:reservations')}?year={year}")


def _as_typed(agreement: Any) -> dict[str, Any]:
    names = ("territory", "year", "holder", "kind", "commune", "answer_days")
    return {name: getattr(agreement, name) for name in names} | {
        "percent": (agreement.share * 100).normalize(),
        "counted_on": ON_FLOW,
    }
