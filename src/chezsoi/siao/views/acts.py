"""What a SIAO officer writes of one household: where it is oriented, what it answers, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chezsoi.files.submissions import once
from chezsoi.people import queries as people
from chezsoi.people.models import Household
from chezsoi.siao import actions, forms, queries
from chezsoi.siao.views.refusals import REFUSED, sentence
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.RECORD_ORIENTATION)
@require_http_methods(["GET", "POST"])
@once
def orient(request: Request, pk: int) -> HttpResponse:
    household, today = people.household(pk, actor=request.actor), timezone.localdate()
    form = forms.Orient(
        request.POST or None, teams=queries.teams_of(actor=request.actor), initial=forms.today_in(today)
    )
    return _write(
        request,
        household,
        form,
        act=lambda: actions.orient(actor=request.actor, household=household, decision=form.decision(), on=today),
        said=_("Written down. Note what they answer, and what comes of it, when you know."),
        title=_("Orient this household"),
        lead=_(
            "An orientation gives nothing and takes nothing away: they keep their request, their rank and their wait."
        ),
    )


@allow(Can.RECORD_ORIENTATION)
@require_http_methods(["GET", "POST"])
@once
def correct(request: Request, orientation_pk: int) -> HttpResponse:
    before, today = queries.orientation(orientation_pk, actor=request.actor), timezone.localdate()
    fields = ("asked", "asked_words", "destination", "why_elsewhere", "decided_on", "team")
    form = forms.Correct(
        request.POST or None,
        teams=queries.teams_of(actor=request.actor, also=before.team_id),
        initial={name: getattr(before, name) for name in fields},
    )
    return _write(
        request,
        before.household,
        form,
        act=lambda: actions.correct(
            actor=request.actor,
            orientation=before,
            decision=form.decision(),
            reason=form.cleaned_data["reason"],
            on=today,
        ),
        said=_("Corrected. What was written before stays readable."),
        title=_("Correct an orientation"),
        lead=_("Its answer and its outcome go on with the corrected one."),
    )


@allow(Can.RECORD_ORIENTATION)
@require_http_methods(["GET", "POST"])
@once
def step(request: Request, orientation_pk: int) -> HttpResponse:
    found, today = queries.orientation(orientation_pk, actor=request.actor), timezone.localdate()
    form = forms.Step(request.POST or None, initial=forms.today_in(today))
    return _write(
        request,
        found.household,
        form,
        act=lambda: actions.note_step(actor=request.actor, orientation=found, on=today, **form.cleaned_data),
        said=_("Written down. Whatever they answer, the household loses no place and no wait."),
        title=_("What they answer, what came of it"),
        lead=_("Oriented to: %(where)s.") % {"where": found.get_destination_display()},
    )


@allow(Can.RECORD_ORIENTATION)
@require_http_methods(["GET", "POST"])
@once
def withdraw(request: Request, orientation_pk: int) -> HttpResponse:
    found = queries.orientation(orientation_pk, actor=request.actor)
    return _take_back(
        request,
        found.household,
        lambda reason: actions.withdraw_orientation(actor=request.actor, orientation=found, reason=reason),
        title=_("Withdraw an orientation"),
        lead=_("Oriented to: %(where)s.") % {"where": found.get_destination_display()},
    )


@allow(Can.RECORD_ORIENTATION)
@require_http_methods(["GET", "POST"])
@once
def withdraw_step(request: Request, step_pk: int) -> HttpResponse:
    found = queries.any_step(step_pk, actor=request.actor)
    return _take_back(
        request,
        found.orientation.household,
        lambda reason: actions.withdraw_step(actor=request.actor, step=found, reason=reason),
        title=_("Withdraw an answer or an outcome"),
        lead=str(found.get_kind_display()),
    )


@allow(Can.RECORD_ORIENTATION)
@require_http_methods(["GET", "POST"])
@once
def withdraw_assessment(request: Request, assessment_pk: int) -> HttpResponse:
    found = queries.assessment(assessment_pk, actor=request.actor)
    return _take_back(
        request,
        found.household,
        lambda reason: actions.withdraw_assessment(actor=request.actor, assessment=found, reason=reason),
        title=_("Withdraw an assessment"),
        lead=str(found.get_worker_before_display()),
    )


@allow(Can.RECORD_ORIENTATION)
@require_http_methods(["GET", "POST"])
@once
def assess(request: Request, pk: int) -> HttpResponse:
    household, today = people.household(pk, actor=request.actor), timezone.localdate()
    form = forms.Assess(
        request.POST or None,
        members=household.members_on(today),
        teams=queries.teams_of(actor=request.actor),
        initial=forms.today_in(today),
    )
    return _write(
        request,
        household,
        form,
        act=lambda: actions.assess(
            actor=request.actor,
            household=household,
            person=form.cleaned_data["member"].person,
            worker_before=form.cleaned_data["worker_before"],
            assessed_on=form.cleaned_data["assessed_on"],
            team=form.cleaned_data["team"],
            on=today,
        ),
        said=_("Written down."),
        title=_("Note an assessment"),
        lead=_("That it was done, by whom, and whether a social worker followed them: nothing of what was said."),
    )


@allow(Can.RECORD_ORIENTATION)
@require_POST
def list_household(request: Request, pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    form = forms.ListOn(request.POST, teams=queries.teams_of(actor=request.actor))
    if not form.is_valid():
        messages.error(request, _("Choose a team of your SIAO: nothing was written."))
        return redirect("siao:household", pk)
    try:
        actions.list_household(
            actor=request.actor, team=form.cleaned_data["team"], household=household, on=timezone.localdate()
        )
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The household is on the team’s list."))
    return redirect("siao:household", pk)


@allow(Can.RECORD_ORIENTATION)
@require_POST
def unlist(request: Request, listing_pk: int) -> HttpResponse:
    row = queries.any_listing(listing_pk, actor=request.actor)
    try:
        actions.unlist_household(actor=request.actor, row=row, on=timezone.localdate())
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Taken off the list. What the team did stays."))
    return redirect("siao:household", row.household_id)


def _take_back(
    request: Request, household: Household, act: Callable[[str], object], *, title: str, lead: str
) -> HttpResponse:
    form = forms.Withdraw(request.POST or None)
    return _write(
        request,
        household,
        form,
        act=lambda: act(form.cleaned_data["reason"]),
        said=_("Withdrawn. It stays readable, with its reason."),
        title=title,
        lead=lead,
    )


def _write(
    request: Request, household: Household, form: Form, *, act: Callable[[], object], said: str, title: str, lead: str
) -> HttpResponse:
    """Show a form about a household, or do what it says and lead back to its orientations."""
    if form.is_valid():
        try:
            act()
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, said)
            return redirect("siao:household", household.pk)
    context: dict[str, Any] = {"form": form, "household": household, "title": title, "lead": lead}
    return page(request, "siao/write.html", context, status=422 if form.errors else 200)
