"""Commissions: which there are, their own rules, who sits and until when."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.allocation import actions, forms, queries, tables
from chezsoi.allocation.models import Commission, CommissionMember
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.law.commission import AnswerDelayTooShort, CommissionKind, commission_rules_on
from chezsoi.territories.access import Can, Request, allow
from chezsoi.territories.queries import own_organisation
from chezsoi.ui.responses import page


@allow(Can.PREPARE_COMMISSION)
@require_safe
def commissions(request: Request) -> HttpResponse:
    rows = queries.commissions_seated(on=timezone.localdate(), actor=request.actor)
    return page(request, "allocation/commissions.html", {"table": tables.commissions(rows)})


@allow(Can.PREPARE_COMMISSION)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    today = timezone.localdate()
    least_days = commission_rules_on(today, kind=CommissionKind.CALEOL).answer_days_min
    form = forms.NewCommission(request.POST or None, actor=request.actor, least_days=least_days)
    if form.is_valid():
        organisation = own_organisation(actor=request.actor)
        try:
            made = actions.register_commission(
                actor=request.actor, organisation=organisation, on=today, **form.cleaned_data
            )
        except REFUSED as refusal:
            form.add_error("answer_days" if isinstance(refusal, AnswerDelayTooShort) else None, sentence(refusal))
        else:
            return redirect("allocation:members", made.pk)
    return page(request, "allocation/new_commission.html", {"form": form})


@allow(Can.PREPARE_COMMISSION)
@require_http_methods(["GET", "POST"])
def members(request: Request, commission_id: int) -> HttpResponse:
    found = queries.commission(commission_id, actor=request.actor)
    form = _seat(request, found, request.POST or None)
    if form.is_valid():
        actions.name_member(actor=request.actor, commission=found, **form.cleaned_data)
        return redirect("allocation:members", found.pk)
    return _page(request, found, seat=form)


@allow(Can.PREPARE_COMMISSION)
@require_POST
def end(request: Request, commission_id: int) -> HttpResponse:
    found = queries.commission(commission_id, actor=request.actor)
    form = forms.SeatEnd(request.POST, seats=_seats_to_end(request, found))
    if form.is_valid():
        try:
            actions.end_member(actor=request.actor, **form.cleaned_data)
        except REFUSED as refusal:
            form.add_error("ends_on", sentence(refusal))
        else:
            return redirect("allocation:members", found.pk)
    return _page(request, found, seat_end=form)


def _page(
    request: Request, found: Commission, *, seat: forms.Seat | None = None, seat_end: forms.SeatEnd | None = None
) -> HttpResponse:
    to_end = _seats_to_end(request, found)
    context = {
        "commission": found,
        "table": tables.seats(queries.seats(found, actor=request.actor)),
        "seat": seat or _seat(request, found),
        "seat_end": seat_end or (forms.SeatEnd(seats=to_end) if to_end else None),
        "is_ending": seat_end is not None,
    }
    return page(request, "allocation/members.html", context)


def _seat(request: Request, found: Commission, given: QueryDict | None = None) -> forms.Seat:
    today = timezone.localdate()
    accounts = queries.accounts_to_seat(found, on=today, actor=request.actor)
    return forms.Seat(given, accounts=accounts, initial={"starts_on": today})


def _seats_to_end(request: Request, found: Commission) -> QuerySet[CommissionMember]:
    return queries.seats_to_end(found, on=timezone.localdate(), actor=request.actor)
