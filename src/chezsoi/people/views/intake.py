"""The first meeting, with "already known?" beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.files.submissions import once
from chezsoi.people import actions, forms, queries
from chezsoi.people.choices import LinkJudgement
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

TEMPLATE = "people/intake.html"
RECEIPT = "people.registered"
RECEIPT_AGE = timedelta(days=1)


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
@once
def new(request: Request) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return page(request, TEMPLATE, _context(request, form), status=422 if form.is_bound else 200)
    known = _ask(request, form)
    if not known.is_empty and "somebody_else" not in request.POST:
        return page(request, TEMPLATE, _context(request, form, known, warns=True))
    household = actions.take_in(
        actor=request.actor,
        territory=form.cleaned_data["place"],
        household=form.new_household(),
        on=timezone.localdate(),
        protects=form.cleaned_data.get("protects", False),
    )
    _settle(request, household)
    return _opened(request, household)


@allow(Can.REGISTER_PEOPLE)
@require_POST
def known(request: Request) -> HttpResponse:
    form = _form(request)
    form.is_valid()
    found = _ask(request, form) if form.cleaned_data.get("place") else None
    return page(request, TEMPLATE, _context(request, form, found), part="known")


@allow(Can.REGISTER_PEOPLE)
@require_safe
def registered(request: Request, receipt: str) -> HttpResponse:
    """Tell the number of a file to whom opened it and may not read it; the address carries it, signed."""
    try:
        number = signing.loads(receipt, salt=RECEIPT, max_age=RECEIPT_AGE)
    except signing.BadSignature as unreadable:
        raise Http404 from unreadable
    return page(request, "people/registered.html", {"number": number})


def _form(request: Request) -> forms.Intake:
    return forms.Intake(
        request.POST if request.method == "POST" else None, actor=request.actor, today=timezone.localdate()
    )


def _ask(request: Request, form: forms.Intake) -> queries.Known:
    return actions.look_up(
        actor=request.actor,
        territory=form.cleaned_data["place"],
        draft=form.identity(),
        on=timezone.localdate(),
    )


def _context(
    request: Request, form: forms.Intake, known: queries.Known | None = None, *, warns: bool = False
) -> dict[str, Any]:
    return {
        "form": form,
        "known": known,
        "warns": warns,
        "may_open": request.actor.may(Can.SEE_HOUSEHOLD),
        "has_territory": "territory" in form.fields,
    }


def _settle(request: Request, household: Household) -> None:
    """Remember that the asker said "somebody else" of those they were shown."""
    said = {int(pk) for pk in request.POST.getlist("different") if pk.isdecimal()}
    if not said or not request.actor.may(Can.REVIEW_DUPLICATES):
        return
    for pair in queries.duplicates_of(household, actor=request.actor, on=timezone.localdate()):
        if {pair.first_id, pair.second_id} & said:
            actions.judge_duplicate(actor=request.actor, pair=pair, judgement=LinkJudgement.DIFFERENT)


def _opened(request: Request, household: Household) -> HttpResponse:
    if request.actor.may(Can.SEE_HOUSEHOLD):
        messages.success(request, _("File %(number)s is open.") % {"number": household.reference})
        return redirect("people:household", household.pk)
    return redirect("people:registered", signing.dumps(household.reference, salt=RECEIPT))
