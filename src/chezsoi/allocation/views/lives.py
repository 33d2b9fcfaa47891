"""The life of a request on its page: renewed, withdrawn, taken up again, taken back, contested."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.allocation import actions, queries
from chezsoi.allocation.choices import REQUEST_TRANSITIONS, RequestAct
from chezsoi.allocation.forms import lives as forms
from chezsoi.allocation.models import HousingRequest
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.files.submissions import once
from chezsoi.people import queries as people
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

TITLES = {
    RequestAct.RENEW: gettext_lazy("The request was renewed"),
    RequestAct.WITHDRAW: gettext_lazy("The household withdraws its request"),
    RequestAct.RESUME: gettext_lazy("The household takes its request up again"),
}


@allow(Can.SEE_HOUSEHOLD)
@require_safe
def request_(request: Request, pk: int) -> HttpResponse:
    household, asked = _asked(request, pk)
    events = list(queries.request_events(asked, actor=request.actor))
    last = next((row for row in events if row.cancelled_on is None), None)
    today = timezone.localdate()
    context = {
        "household": household,
        "asked": asked,
        "events": events,
        "last": last,
        "appeals": queries.appeals(asked, actor=request.actor),
        "acts": [(act.value, title) for act, title in TITLES.items() if (asked.state, act) in REQUEST_TRANSITIONS],
        "has_lapsed": asked.valid_until is not None and asked.valid_until < today,
        "may_record": request.actor.may(Can.RECORD_REQUEST),
    }
    return page(request, "allocation/request.html", context)


@allow(Can.RECORD_REQUEST)
@require_http_methods(["GET", "POST"])
@once
def act(request: Request, pk: int, act: str) -> HttpResponse:
    household, asked = _asked(request, pk)
    chosen = RequestAct(act)
    form = forms.Act(request.POST or None, act=chosen, today=timezone.localdate())
    if form.is_valid():
        try:
            actions.act_on_request(actor=request.actor, request=asked, act=chosen, **form.cleaned_data)
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Written down. The household keeps its number and its first day."))
            return redirect("allocation:request", pk)
    return _form(request, household, form, title=str(TITLES[chosen]))


@allow(Can.RECORD_REQUEST)
@require_POST
def undo(request: Request, pk: int, event_pk: int) -> HttpResponse:
    household, _asked_for = _asked(request, pk)
    event = queries.request_event(event_pk, household=household, actor=request.actor)
    try:
        actions.take_back(actor=request.actor, event=event, on=timezone.localdate())
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Taken back: the request stands as before."))
    return redirect("allocation:request", pk)


@allow(Can.RECORD_REQUEST)
@require_http_methods(["GET", "POST"])
@once
def lodge(request: Request, pk: int) -> HttpResponse:
    household, asked = _asked(request, pk)
    form = forms.Lodged(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        try:
            actions.lodge_appeal(actor=request.actor, request=asked, **form.cleaned_data)
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Written down. Contesting takes no place and no point from anybody."))
            return redirect("allocation:request", pk)
    return _form(request, household, form, title=_("The household contests something"))


@allow(Can.RECORD_REQUEST)
@require_http_methods(["GET", "POST"])
@once
def settle(request: Request, pk: int, appeal_pk: int) -> HttpResponse:
    household, _asked_for = _asked(request, pk)
    appeal = queries.appeal(appeal_pk, household=household, actor=request.actor)
    form = forms.Settled(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        try:
            actions.settle_appeal(actor=request.actor, appeal=appeal, **form.cleaned_data)
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect("allocation:request", pk)
    return _form(request, household, form, title=_("What came of the appeal"))


@allow(Can.RECORD_REQUEST)
@require_POST
def reopen(request: Request, pk: int, appeal_pk: int) -> HttpResponse:
    household, _asked_for = _asked(request, pk)
    appeal = queries.appeal(appeal_pk, household=household, actor=request.actor)
    try:
        actions.reopen_appeal(actor=request.actor, appeal=appeal)
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The outcome is taken back: the answer is awaited again."))
    return redirect("allocation:request", pk)


def _asked(request: Request, pk: int) -> tuple[Household, HousingRequest]:
    household = people.household(pk, actor=request.actor)
    asked = queries.request_of(household, actor=request.actor)
    if asked is None:
        raise Http404
    return household, asked


def _form(request: Request, household: Household, form: Form, *, title: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "household": household, "title": title}
    return page(request, "allocation/request_form.html", context, status=422 if form.errors else 200)
