"""The pauses a household asks for: asked, ended earlier, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chezsoi.allocation import actions, queries
from chezsoi.allocation.forms import pausing as forms
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.files.submissions import once
from chezsoi.people import queries as people
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.RECORD_REQUEST)
@require_http_methods(["GET", "POST"])
@once
def pause(request: Request, pk: int) -> HttpResponse:
    household, today = people.household(pk, actor=request.actor), timezone.localdate()
    form = forms.Asked(request.POST or None)
    if form.is_valid():
        try:
            actions.ask_pause(actor=request.actor, household=household, on=today, **form.cleaned_data)
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Written down. The household keeps its rank, its points and its wait."))
            return redirect("allocation:pause", pk)
    rows = [(row, row.runs_on(today)) for row in queries.pauses(household, actor=request.actor)]
    context = {"form": form, "household": household, "rows": rows, "is_paused": any(runs for _row, runs in rows)}
    return page(request, "allocation/pause.html", context, status=422 if form.errors else 200)


@allow(Can.RECORD_REQUEST)
@require_POST
def end(request: Request, pk: int, pause_pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    found = queries.pause(pause_pk, household=household, actor=request.actor)
    try:
        actions.end_pause(actor=request.actor, pause=found, on=timezone.localdate())
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The household is proposed homes again from today, at its rank."))
    return redirect("allocation:pause", pk)


@allow(Can.RECORD_REQUEST)
@require_POST
def take_back(request: Request, pk: int, pause_pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    found = queries.pause(pause_pk, household=household, actor=request.actor)
    try:
        actions.take_pause_back(actor=request.actor, pause=found, on=timezone.localdate())
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Taken back: it stands as before."))
    return redirect("allocation:pause", pk)
