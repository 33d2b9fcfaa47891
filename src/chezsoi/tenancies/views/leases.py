"""Leases: the list, and one of them. Signing and undoing are journeys: they change where people live."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi import trail
from chezsoi.allocation.motives import ForbiddenMotive
from chezsoi.files.exports import MOST_LINES, taken_away
from chezsoi.files.submissions import once
from chezsoi.homes import wording
from chezsoi.tenancies import actions, queries, tables
from chezsoi.tenancies.choices import CallReason
from chezsoi.tenancies.forms import CallSupport, TakeUp, VoidLease
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

PER_PAGE = 50
SENTENCES = {
    actions.LeaseNotInForce: gettext_lazy("This lease has ended or was voided: nothing was sent."),
    actions.CalledAlready: gettext_lazy("A call about this lease awaits already: nothing was changed."),
    actions.CallOver: gettext_lazy("This call was taken up or withdrawn before: nothing was changed."),
    actions.CallNotTakenUp: gettext_lazy("Nobody took this call up: there is nothing to take back."),
    ForbiddenMotive: gettext_lazy(
        "These words speak of health or origin: nothing was sent. Write what concerns the lease or the home alone."
    ),
}
REFUSED = tuple(SENTENCES)


@allow(Can.SEE_LEASES)
@require_safe
def leases(request: Request) -> HttpResponse:
    order = queries.ORDERS.read(request.GET.get("sort", ""))
    shown = Paginator(queries.leases(actor=request.actor, order=order), PER_PAGE).get_page(request.GET.get("page"))
    trail.record(request.actor, "tenancies.leases.read", detail={"leases": [row.pk for row in shown.object_list]})
    context = {"page_obj": shown, "table": tables.leases(shown.object_list, order=order)}
    context["calls"] = queries.calls_to_take_up(actor=request.actor)
    return page(request, "tenancies/leases.html", context)


@allow(Can.SEE_LEASES)
@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    rows = queries.leases(actor=request.actor, order=queries.ORDERS.read(request.GET.get("sort", "")))[:MOST_LINES]
    detail = {"leases": [row.pk for row in rows], "written_as": kind}
    trail.record(request.actor, "tenancies.leases.exported", detail=detail)
    return taken_away(*tables.exported(rows), name=_("leases"), written_as=kind, on=timezone.localdate())


@allow(Can.SEE_LEASES)
@require_safe
def lease(request: Request, pk: int) -> HttpResponse:
    found = queries.lease(pk, actor=request.actor)
    trail.record(request.actor, "tenancies.lease.read", found)
    may_undo = found.is_in_force and request.actor.may(Can.UNDO_LEASE)
    context = {
        "lease": found,
        "state": tables.state(found),
        "place": wording.placed(found.dwelling),
        "facts": tables.facts(found),
        "form": VoidLease() if may_undo else None,
        "may_call": found.is_in_force and request.actor.may(Can.CALL_SUPPORT),
    }
    return page(request, "tenancies/lease.html", context)


@allow(Can.CALL_SUPPORT)
@require_http_methods(["GET", "POST"])
@once
def call_support(request: Request, pk: int) -> HttpResponse:
    found = queries.lease(pk, actor=request.actor)
    form = CallSupport(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.call_support(
                actor=request.actor,
                lease=found,
                reason=CallReason(given["reason"]),
                on=timezone.localdate(),
                household_knows=given["household_knows"],
                words=given["words"],
            )
        except REFUSED as refusal:
            form.add_error(None, SENTENCES[type(refusal)])
        else:
            messages.success(request, _("Sent. It stands in the day of the team that follows the household."))
            return redirect("tenancies:call-support", found.pk)
    calls = list(queries.calls_of(found, actor=request.actor))
    may_call = found.is_in_force and not any(row.awaits for row in calls)
    context = {
        "form": form if may_call or form.errors else None,
        "lease": found,
        "title": wording.title(found.dwelling),
        "calls": calls,
    }
    return page(request, "tenancies/call_support.html", context, status=422 if form.errors else 200)


@allow(Can.TAKE_CALL)
@require_http_methods(["GET", "POST"])
@once
def call(request: Request, call_id: int) -> HttpResponse:
    found = queries.call(call_id, actor=request.actor)
    trail.record(request.actor, "tenancies.call.read", found)
    form = TakeUp(request.POST or None)
    if form.is_valid():
        try:
            actions.take_call_up(
                actor=request.actor, call=found, on=timezone.localdate(), answer=form.cleaned_data["answer"]
            )
        except REFUSED as refusal:
            form.add_error(None, SENTENCES[type(refusal)])
        else:
            messages.success(request, _("Taken up. The landlord reads the day and your words, nothing else."))
            return redirect("tenancies:call", found.pk)
    context = {"form": form, "call": found, "title": wording.title(found.lease.dwelling)}
    return page(request, "tenancies/call.html", context, status=422 if form.errors else 200)


@allow(Can.CALL_SUPPORT)
@require_POST
def withdraw_call(request: Request, call_id: int) -> HttpResponse:
    found = queries.call(call_id, actor=request.actor)
    try:
        actions.withdraw_call(actor=request.actor, call=found, on=timezone.localdate())
    except REFUSED as refusal:
        messages.error(request, SENTENCES[type(refusal)])
    else:
        messages.success(request, _("Withdrawn: the team is called no more."))
    return redirect("tenancies:call-support", found.lease_id)


@allow(Can.TAKE_CALL)
@require_POST
def take_call_back(request: Request, call_id: int) -> HttpResponse:
    found = queries.call(call_id, actor=request.actor)
    try:
        actions.take_call_back(actor=request.actor, call=found)
    except REFUSED as refusal:
        messages.error(request, SENTENCES[type(refusal)])
    else:
        messages.success(request, _("Taken back: the call waits again."))
    return redirect("tenancies:call", found.pk)
