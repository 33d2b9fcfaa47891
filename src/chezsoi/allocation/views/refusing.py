"""The refusals of a proposal: noted, looked at again by somebody else, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chezsoi.allocation import actions, queries
from chezsoi.allocation.forms import refusing as forms
from chezsoi.allocation.refusal_reasons import RefusalReason, RefusalState
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.files.submissions import once
from chezsoi.homes import wording as homes
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.RECORD_ANSWER)
@require_http_methods(["GET", "POST"])
@once
def refuse(request: Request, candidacy_id: int) -> HttpResponse:
    candidacy = queries.candidacy(candidacy_id, actor=request.actor)
    actions.note_reading(actor=request.actor, round_=candidacy.round)
    form = forms.Noted(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            noted = actions.note_refusal(
                actor=request.actor,
                candidacy=candidacy,
                reason=RefusalReason(given["reason"]),
                on=timezone.localdate(),
                words=given["words"],
                home_back_on=given["home_back_on"],
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _said(noted.state))
            return redirect("allocation:refuse", candidacy.pk)
    refusals = list(queries.refusals_of(candidacy, actor=request.actor))
    context = {
        "form": form,
        "candidacy": candidacy,
        "title": homes.title(candidacy.offer.dwelling),
        "refusals": [(row, row.may_be_looked_at_by(request.actor)) for row in refusals],
        "stands": any(row.state in {RefusalState.AWAITS, RefusalState.COUNTS} for row in refusals),
    }
    return page(request, "allocation/refuse.html", context, status=422 if form.errors else 200)


@allow(Can.RECORD_ANSWER)
@require_http_methods(["GET", "POST"])
@once
def look(request: Request, refusal_id: int) -> HttpResponse:
    found = queries.refusal(refusal_id, actor=request.actor)
    actions.note_reading(actor=request.actor, round_=found.candidacy.round)
    form = forms.Look(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.look_again(
                actor=request.actor,
                refusal=found,
                counts=given["verdict"] == forms.COUNTS,
                on=timezone.localdate(),
                words=given["words"],
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Written down. The household keeps its rank, its points and its wait."))
            return redirect("allocation:refuse", found.candidacy_id)
    context = {
        "form": form,
        "refusal": found,
        "candidacy": found.candidacy,
        "title": homes.title(found.candidacy.offer.dwelling),
    }
    return page(request, "allocation/look.html", context, status=422 if form.errors else 200)


@allow(Can.RECORD_ANSWER)
@require_POST
def take_back(request: Request, refusal_id: int) -> HttpResponse:
    found = queries.refusal(refusal_id, actor=request.actor)
    try:
        actions.take_refusal_back(actor=request.actor, refusal=found)
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Taken back: the proposal stands where it stood."))
    return redirect("allocation:refuse", found.candidacy_id)


def _said(state: str) -> str:
    if state == RefusalState.AWAITS:
        return _("Written down. It counts once somebody else has looked at it.")
    return _("Written down. The household keeps its rank, its points and its wait.")
