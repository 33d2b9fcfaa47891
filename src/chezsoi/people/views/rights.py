"""The rights of the people of a household: told, refused, a copy asked for; one form a page."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chezsoi.files.submissions import once
from chezsoi.people import actions, queries
from chezsoi.people.forms import rights as forms
from chezsoi.people.models import Household, Person
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.RECORD_RIGHTS)
@require_http_methods(["GET", "POST"])
@once
def information(request: Request, pk: int) -> HttpResponse:
    household, people = _household(request, pk)
    today = timezone.localdate()
    form = forms.Information(request.POST or None, today=today, people=_names(household, people, request))
    if form.is_valid():
        actions.record_information(
            actor=request.actor,
            household=household,
            people=[people[each] for each in form.cleaned_data["people"]],
            given_on=form.day(),
            language=form.cleaned_data["language"],
            means=form.cleaned_data["means"],
            on=today,
        )
        return redirect("people:household", pk)
    return _show(request, household, form, title=_("They were told what is kept of them"), label=_("Record"))


@allow(Can.RECORD_RIGHTS)
@require_http_methods(["GET", "POST"])
@once
def objection(request: Request, pk: int) -> HttpResponse:
    household, people = _household(request, pk)
    today = timezone.localdate()
    form = forms.Objection(
        request.POST or None,
        today=today,
        people=_names(household, people, request),
        organisations=list(queries.partners(household, actor=request.actor)),
    )
    if form.is_valid():
        try:
            actions.record_objection(
                actor=request.actor,
                household=household,
                person=people[form.cleaned_data["person"]],
                purpose=form.cleaned_data["purpose"],
                organisation=form.service(),
                words=form.cleaned_data["words"],
                made_on=form.day(),
                on=today,
            )
        except actions.AlreadyObjects:
            form.add_error(None, _("This objection is recorded already: nothing had to change."))
        else:
            messages.success(request, _("The objection is recorded. It takes no place and no point from anybody."))
            return redirect("people:household", pk)
    return _show(request, household, form, title=_("They object to a use of their file"), label=_("Record"))


@allow(Can.RECORD_RIGHTS)
@require_POST
def withdraw_objection(request: Request, pk: int, objection_pk: int) -> HttpResponse:
    household, _people = _household(request, pk)
    today = timezone.localdate()
    row = queries.objection(objection_pk, household=household, actor=request.actor, on=today)
    try:
        actions.withdraw_objection(actor=request.actor, household=household, objection=row, on=today)
    except actions.AlreadyWithdrawnObjection:
        messages.warning(request, _("This objection was withdrawn already: nothing had to change."))
    return redirect("people:household", pk)


@allow(Can.RECORD_RIGHTS)
@require_http_methods(["GET", "POST"])
@once
def ask_copy(request: Request, pk: int) -> HttpResponse:
    household, people = _household(request, pk)
    today = timezone.localdate()
    form = forms.CopyAsked(request.POST or None, today=today, people=_names(household, people, request))
    if form.is_valid():
        try:
            asked = actions.request_copy(
                actor=request.actor,
                household=household,
                person=people[form.cleaned_data["person"]],
                asked_on=form.day(),
                on=today,
            )
        except actions.AlreadyAsked:
            form.add_error("person", _("They wait for a copy already: it is on the page of the household."))
        else:
            if request.actor.may(Can.GIVE_COPY):
                return redirect("journeys:access-copy", asked.pk)
            return redirect("people:household", pk)
    return _show(request, household, form, title=_("They ask for a copy of their file"), label=_("Record"))


def _household(request: Request, pk: int) -> tuple[Household, dict[int, Person]]:
    household = queries.household(pk, actor=request.actor)
    held = queries.members(household, on=timezone.localdate(), actor=request.actor)
    return household, {row.person_id: row.person for row in held}


def _names(household: Household, people: dict[int, Person], request: Request) -> list[tuple[int, str]]:
    return [
        (pk, queries.name_of(person, reference=household.reference, actor=request.actor))
        for pk, person in people.items()
    ]


def _show(request: Request, household: Household, form: Form, *, title: str, label: str) -> HttpResponse:
    context = {"household_pk": household.pk, "form": form, "title": title, "label": label, "kind": "home"}
    return page(request, "people/act.html", context, status=422 if form.errors else 200)
