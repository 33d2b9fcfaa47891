"""What is learned of one person of a household, one form a page."""

from __future__ import annotations

from datetime import date

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chezsoi.files.submissions import once
from chezsoi.people import actions, queries
from chezsoi.people.forms import facts as forms
from chezsoi.people.models import HouseholdMember
from chezsoi.territories.access import Can, NotAllowed, Request, allow
from chezsoi.ui.responses import page


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
@once
def correct(request: Request, pk: int, person_pk: int) -> HttpResponse:
    row, today = _member(request, pk, person_pk)
    form = _correction(request, row, today)
    if form.is_valid():
        try:
            actions.correct_person(
                actor=request.actor,
                person=row.person,
                values=form.values(),
                on=today,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
            )
        except actions.ChangedMeanwhile:
            form = _again(request, row, today)
        else:
            return redirect("people:household", pk)
    return _show(request, row, form, title=_("Correct a name or a birth date"), label=_("Correct"))


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
@once
def add_alias(request: Request, pk: int, person_pk: int) -> HttpResponse:
    row, today = _member(request, pk, person_pk)
    form = forms.OtherName(request.POST or None)
    if form.is_valid():
        actions.add_alias(actor=request.actor, person=row.person, name=form.cleaned_data["name"], on=today)
        return redirect("people:household", pk)
    return _show(request, row, form, title=_("Add a name they go by"), label=_("Add"))


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
@once
def add_phone(request: Request, pk: int, person_pk: int) -> HttpResponse:
    row, today = _member(request, pk, person_pk)
    form = forms.Telephone(request.POST or None)
    if form.is_valid():
        actions.add_phone(actor=request.actor, person=row.person, number=form.cleaned_data["number"], on=today)
        return redirect("people:household", pk)
    return _show(request, row, form, title=_("Add a telephone"), label=_("Add"))


@allow(Can.SEE_RESOURCES)
@require_http_methods(["GET", "POST"])
@once
def resources(request: Request, pk: int, person_pk: int) -> HttpResponse:
    row, today = _member(request, pk, person_pk)
    if not queries.writes("C5_resources", actor=request.actor):
        raise NotAllowed(f"{request.actor.role} reads resources and does not write them")
    form = forms.Resources(request.POST or None, today=today)
    if form.is_valid():
        actions.record_resources(actor=request.actor, person=row.person, resources=form.new_resources(), on=today)
        return redirect("people:household", pk)
    return _show(request, row, form, title=_("Say what they live on, a month"), label=_("Record"))


def _member(request: Request, pk: int, person_pk: int) -> tuple[HouseholdMember, date]:
    today = timezone.localdate()
    return queries.member(pk, person_pk, on=today, actor=request.actor), today


def _correction(
    request: Request, row: HouseholdMember, today: date, data: dict[str, str] | None = None
) -> forms.Correction:
    return forms.Correction(
        data or request.POST or None,
        actor=request.actor,
        today=today,
        person=row.person,
        version=row.household.version,
    )


def _again(request: Request, row: HouseholdMember, today: date) -> forms.Correction:
    """Keep what was typed, on the file as it now is."""
    now, _today = _member(request, row.household_id, row.person_id)
    form = _correction(request, now, today, {**request.POST.dict(), "version": str(now.household.version)})
    form.is_valid()
    form.add_error(
        None,
        _("Somebody else changed this file meanwhile. What you typed is kept here, not yet recorded: press again."),
    )
    return form


def _show(request: Request, row: HouseholdMember, form: Form, *, title: str, label: str) -> HttpResponse:
    name = queries.name_of(row.person, reference=row.household.reference, actor=request.actor)
    context = {"household_pk": row.household_id, "name": name, "form": form, "title": title, "label": label}
    return page(request, "people/fact.html", context, status=422 if form.errors else 200)
