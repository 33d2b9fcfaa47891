"""The page where a household says whether it would live with others, with whom, and with whom not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chezsoi.allocation import actions, queries
from chezsoi.allocation.forms import sharing as forms
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.files.submissions import once
from chezsoi.people import queries as people
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.RECORD_REQUEST)
@require_http_methods(["GET", "POST"])
@once
def sharing(request: Request, pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    actions.note_company_reading(actor=request.actor, household=household)
    stated = list(queries.sharing_wishes(household, actor=request.actor))
    form = forms.Stated(request.POST or None, initial={"wish": stated[0].wish} if stated else None)
    if form.is_valid():
        try:
            actions.state_sharing(
                actor=request.actor, household=household, on=timezone.localdate(), **form.cleaned_data
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Written down. The household keeps its rank, its points and its wait."))
            return redirect("allocation:sharing", pk)
    context = {
        "form": form,
        "company_form": forms.CompanyStated(),
        "household": household,
        "stated": stated,
        "company": queries.company_wishes(household, actor=request.actor),
    }
    return page(request, "allocation/sharing.html", context, status=422 if form.errors else 200)


@allow(Can.RECORD_REQUEST)
@require_POST
def company(request: Request, pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    form = forms.CompanyStated(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a file number, and say whether with or without. Nothing was written."))
        return redirect("allocation:sharing", pk)
    try:
        actions.state_company(actor=request.actor, household=household, on=timezone.localdate(), **form.cleaned_data)
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Written down. It counts from the next round."))
    return redirect("allocation:sharing", pk)


@allow(Can.RECORD_REQUEST)
@require_POST
def withdraw(request: Request, pk: int, company_pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    found = queries.company_wish(company_pk, household=household, actor=request.actor)
    try:
        actions.withdraw_company(actor=request.actor, company=found, on=timezone.localdate())
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Withdrawn: it counts no more from the next round."))
    return redirect("allocation:sharing", pk)
