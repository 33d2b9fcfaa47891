"""A home asked of a reservation holder for one household, and its answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chezsoi import trail
from chezsoi.allocation import actions, queries
from chezsoi.allocation.choices import AskState
from chezsoi.allocation.forms import reservations as forms
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.files.submissions import once
from chezsoi.homes import wording
from chezsoi.people import queries as people
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.ASK_HOLDER)
@require_http_methods(["GET", "POST"])
@once
def asks(request: Request, pk: int) -> HttpResponse:
    household, today = people.household(pk, actor=request.actor), timezone.localdate()
    holders = queries.holders_to_ask(household, on=today, actor=request.actor)
    form = forms.Ask(request.POST or None, holders=holders)
    if form.is_valid():
        try:
            actions.ask_holder(actor=request.actor, household=household, on=today, **form.cleaned_data)
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Asked. It stands in the day of those who answer there."))
            return redirect("allocation:asks", pk)
    context = {
        "form": form,
        "household": household,
        "rows": queries.asks_of(household, actor=request.actor),
        "has_holders": holders.exists(),
    }
    return page(request, "allocation/asks.html", context, status=422 if form.errors else 200)


@allow(Can.ASK_HOLDER)
@require_POST
def withdraw(request: Request, ask_id: int) -> HttpResponse:
    found = queries.ask(ask_id, actor=request.actor)
    try:
        actions.withdraw_ask(actor=request.actor, ask=found, on=timezone.localdate())
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Withdrawn: the holder is asked no more."))
    return redirect("allocation:asks", found.household_id)


@allow(Can.ANSWER_TURN)
@require_http_methods(["GET", "POST"])
@once
def ask(request: Request, ask_id: int) -> HttpResponse:
    found, today = queries.ask(ask_id, actor=request.actor), timezone.localdate()
    trail.record(request.actor, "allocation.ask.read", found)
    form = forms.Decline(request.POST or None)
    if form.is_valid():
        try:
            actions.decline_ask(actor=request.actor, ask=found, on=today, words=form.cleaned_data["words"])
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Answered. The household keeps its rank, its points and its wait."))
            return redirect("allocation:ask", ask_id)
    turns = queries.fits_at_turns(found, on=today, actor=request.actor)
    context = {
        "form": form,
        "ask": found,
        "request_of": getattr(found.household, "request", None),
        "awaits": found.state == AskState.AWAITS,
        "turns": [(turn, wording.title(turn.offer.dwelling)) for turn in turns],
    }
    return page(request, "allocation/ask.html", context, status=422 if form.errors else 200)
