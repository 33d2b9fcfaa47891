"""Sittings: the agenda, who is there, what is decided, the minutes."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi import trail
from chezsoi.allocation import actions, forms, letters, queries, tables
from chezsoi.allocation.views import room
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.files.exports import MOST_LINES, taken_away
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

PER_PAGE = 30


@allow(Can.SEE_COMMISSION)
@require_safe
def sittings(request: Request) -> HttpResponse:
    order = queries.SITTING_ORDERS.read(request.GET.get("sort", ""))
    shown = Paginator(queries.sittings(actor=request.actor, order=order), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "table": tables.sittings(shown.object_list, order=order),
        "page_obj": shown,
        "may_prepare": request.actor.may(Can.PREPARE_COMMISSION),
    }
    return page(request, "allocation/sittings.html", context)


@allow(Can.SEE_COMMISSION)
@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    order = queries.SITTING_ORDERS.read(request.GET.get("sort", ""))
    rows = queries.sittings(actor=request.actor, order=order)[:MOST_LINES]
    detail = {"sittings": [row.pk for row in rows], "written_as": kind}
    trail.record(request.actor, "allocation.sittings.exported", detail=detail)
    return taken_away(*tables.sittings_exported(rows), name=_("sittings"), written_as=kind, on=timezone.localdate())


@allow(Can.PREPARE_COMMISSION)
@require_http_methods(["GET", "POST"])
def call(request: Request) -> HttpResponse:
    form = forms.Call(request.POST or None, commissions=queries.commissions(actor=request.actor))
    if form.is_valid():
        try:
            sitting = actions.call_sitting(actor=request.actor, **form.cleaned_data)
        except REFUSED as refusal:
            form.add_error("held_on", sentence(refusal))
        else:
            return redirect("allocation:sitting", sitting.pk)
    return page(request, "allocation/call.html", {"form": form})


@allow(Can.SEE_COMMISSION)
@require_safe
def sitting(request: Request, sitting_id: int) -> HttpResponse:
    found = queries.sitting(sitting_id, actor=request.actor)
    trail.record(request.actor, "allocation.sitting.read", found)
    return room.whole(request, found)


@allow(Can.RECORD_DECISION)
@require_POST
def attendance(request: Request, sitting_id: int) -> HttpResponse:
    found = queries.sitting(sitting_id, actor=request.actor)
    form = forms.Attendance(request.POST, seated=queries.seated(found, actor=request.actor))
    if not form.is_valid():
        messages.error(request, _("Nothing was written: somebody ticked does not sit in this commission that day."))
        return redirect("allocation:sitting", found.pk)
    try:
        actions.record_attendance(actor=request.actor, sitting=found, members=forms.chosen(form))
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    return redirect("allocation:sitting", found.pk)


@allow(Can.SEE_COMMISSION)
@require_POST
def recuse(request: Request, item_id: int) -> HttpResponse:
    item = queries.item(item_id, actor=request.actor)
    form = forms.Recusal(request.POST, seated=queries.seated(item.sitting, actor=request.actor), item=item)
    if not form.is_valid():
        messages.error(request, _("Nothing was written: choose a member and say which conflict of interest."))
        return redirect("allocation:sitting", item.sitting_id)
    try:
        actions.recuse(actor=request.actor, item=item, **form.cleaned_data)
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    return redirect("allocation:sitting", item.sitting_id)


@allow(Can.RECORD_DECISION)
@require_POST
def decide(request: Request, item_id: int, candidacy_id: int) -> HttpResponse:
    item = queries.item(item_id, actor=request.actor)
    candidacy = queries.candidacy(candidacy_id, actor=request.actor)
    form = forms.Decision(request.POST, candidacy_id=candidacy.pk, breaks_ties=room.breaks_ties(item.sitting))
    if form.is_valid():
        try:
            actions.decide(
                actor=request.actor, item=item, candidacy=candidacy, verdict=form.verdict(), on=timezone.localdate()
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            return redirect("allocation:sitting", item.sitting_id)
    return room.whole(request, queries.sitting(item.sitting_id, actor=request.actor), refused={candidacy.pk: form})


@allow(Can.RECORD_DECISION)
@require_POST
def close(request: Request, sitting_id: int) -> HttpResponse:
    found = queries.sitting(sitting_id, actor=request.actor)
    try:
        actions.close_sitting(actor=request.actor, sitting=found)
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    return redirect("allocation:sitting", found.pk)


@allow(Can.SEE_COMMISSION)
@require_safe
def minutes(request: Request, sitting_id: int) -> HttpResponse:
    return _written(request, sitting_id, "minutes", letters.minutes)


@allow(Can.SEE_COMMISSION)
@require_safe
def extract(request: Request, sitting_id: int) -> HttpResponse:
    return _written(request, sitting_id, "extract", letters.extract)


def _written(request: Request, sitting_id: int, name: str, write: Callable[..., bytes]) -> HttpResponse:
    found = queries.sitting(sitting_id, actor=request.actor)
    trail.record(request.actor, f"allocation.{name}.read", found)
    return HttpResponse(
        write(found, lang=get_language() or "fr", actor=request.actor),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}-{found.held_on}.pdf"'},
    )
