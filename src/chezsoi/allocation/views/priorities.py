"""The grounds of priority of a household and the lists it is on: read, proved, labelled, ended, put back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.allocation import actions, queries
from chezsoi.allocation.forms import priorities as forms
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.files.submissions import once
from chezsoi.people import queries as people
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.SEE_HOUSEHOLD)
@require_safe
def priority(request: Request, pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    today = timezone.localdate()
    held = queries.priorities(household, actor=request.actor, on=today)
    return page(
        request,
        "allocation/priority.html",
        {
            "household": household,
            "grounds": [(row, row.counts_on(today)) for row in held.grounds],
            "labels": [(row, row.counts_on(today)) for row in held.labels],
            "may_record": request.actor.may(Can.RECORD_REQUEST),
            "has_asked": held.request is not None,
        },
    )


@allow(Can.RECORD_REQUEST)
@require_http_methods(["GET", "POST"])
@once
def ground(request: Request, pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    form = forms.Ground(request.POST or None, labels=queries.readable_labels(actor=request.actor))
    asked = queries.request_of(household, actor=request.actor)
    if asked is None:
        return _ask_first(request, household)
    if form.is_valid():
        try:
            actions.prove_ground(
                actor=request.actor,
                request=asked,
                label=form.cleaned_data["label"],
                evidence=form.evidence(),
                noted_on=timezone.localdate(),
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect("allocation:priority", pk)
    return _form(request, household, form, title=_("Note a ground of priority"))


@allow(Can.RECORD_REQUEST)
@require_http_methods(["GET", "POST"])
@once
def label(request: Request, pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    form = forms.Listed(request.POST or None, today=timezone.localdate())
    asked = queries.request_of(household, actor=request.actor)
    if asked is None:
        return _ask_first(request, household)
    if form.is_valid():
        try:
            actions.label_request(actor=request.actor, request=asked, **form.cleaned_data)
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Written down. One entry serves both reports."))
            return redirect("allocation:priority", pk)
    return _form(request, household, form, title=_("Note a priority list"))


@allow(Can.RECORD_REQUEST)
@require_http_methods(["GET", "POST"])
@once
def end_priority(request: Request, pk: int, kind: str, row_pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    row = queries.priority(kind, row_pk, household=household, actor=request.actor)
    form = forms.Ending(request.POST or None)
    if form.is_valid():
        try:
            actions.end_priority(
                actor=request.actor, row=row, reason=form.cleaned_data["reason"], on=timezone.localdate()
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.info(
                request, _("It counts no more, and stays here with its dates. The household keeps its place.")
            )
            return redirect("allocation:priority", pk)
    said = row.get_pool_display() if kind == "label" else row.get_label_display()  # type: ignore[union-attr]
    return _form(request, household, form, title=_("No longer counts: %(what)s") % {"what": said})


@allow(Can.RECORD_REQUEST)
@require_POST
def restore_priority(request: Request, pk: int, kind: str, row_pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    row = queries.priority(kind, row_pk, household=household, actor=request.actor)
    try:
        actions.restore_priority(actor=request.actor, row=row)
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("It is back."))
    return redirect("allocation:priority", pk)


def _form(request: Request, household: Household, form: Form, *, title: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "household": household, "title": title}
    return page(request, "allocation/priority_form.html", context, status=422 if form.errors else 200)


def _ask_first(request: Request, household: Household) -> HttpResponse:
    messages.info(request, _("Write first what they ask for: nothing was changed."))
    return redirect("allocation:priority", household.pk)
