"""What is written on a household's file, one form a page."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chezsoi.files.submissions import once
from chezsoi.people import actions, forms, queries
from chezsoi.people.forms.rights import Closure
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page
from chezsoi.ui.undoing import offer, take_back

AnyForm = TypeVar("AnyForm", bound=Form)


@allow(Can.RECORD_SITUATION)
@require_http_methods(["GET", "POST"])
@once
def situation(request: Request, pk: int) -> HttpResponse:
    household, people = _household(request, pk)
    form = forms.WhereTheySleep(
        request.POST or None,
        actor=request.actor,
        today=timezone.localdate(),
        near=household.territory,
        people=people,
    )
    if form.is_valid():
        _record_situation(request, household, form)
        return redirect("people:household", pk)
    return _show(request, household, form, title=_("Where they sleep now"), label=_("Record"))


@allow(Can.RECORD_SITUATION)
@require_http_methods(["GET", "POST"])
@once
def withdraw(request: Request, pk: int, situation_pk: int) -> HttpResponse:
    household, _people = _household(request, pk)
    today = timezone.localdate()
    row = queries.observation(situation_pk, household=household, actor=request.actor, on=today)
    form = forms.Withdrawal(request.POST or None)
    if form.is_valid():
        try:
            actions.withdraw_situation(actor=request.actor, situation=row, reason=form.cleaned_data["reason"], on=today)
        except actions.AlreadyWithdrawn:
            messages.warning(request, _("Somebody withdrew it before you: the history says why."))
        return redirect("people:household", pk)
    return _show(request, household, form, title=_("Withdraw an observation"), label=_("Withdraw"), kind="stop")


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
@once
def add_member(request: Request, pk: int) -> HttpResponse:
    household, _people = _household(request, pk)
    today = timezone.localdate()
    form = forms.Newcomer(request.POST or None, actor=request.actor, today=today)
    if form.is_valid():
        member = form.new_member(role=form.cleaned_data["role"], sex=form.cleaned_data["sex"])
        try:
            actions.add_member(actor=request.actor, household=household, member=member, on=today)
        except actions.NeedsALead:
            form.add_error(None, _("Nobody leads this household any more: nobody was added. Open a new file instead."))
        else:
            return redirect("people:household", pk)
    return _show(request, household, form, title=_("Somebody joins the household"), label=_("Add"))


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
@once
def leave(request: Request, pk: int) -> HttpResponse:
    household, people = _household(request, pk)
    form = forms.Departure(request.POST or None, people=people)
    if form.is_valid():
        try:
            return redirect("people:household", _leave(request, household, form.cleaned_data))
        except actions.NeedsALead:
            form.add_error("new_lead", _("Say who the file is then named after: nothing has changed yet."))
        except actions.NobodyLeaves:
            form.add_error("own_file", _("Somebody alone keeps this file: it needs no other. Nothing has changed."))
    return _show(request, household, form, title=_("Somebody leaves the household"), label=_("Record"))


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
@once
def wishes(request: Request, pk: int) -> HttpResponse:
    household, _people = _household(request, pk)
    initial = {"wishes": household.wishes, "version": household.version}
    form = forms.Wishes(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.record_wishes(
                actor=request.actor,
                household=household,
                wishes=form.cleaned_data["wishes"],
                on=timezone.localdate(),
                version=form.cleaned_data["version"],
            )
        except actions.ChangedMeanwhile:
            form = _again(form, household)
        else:
            return redirect("people:household", pk)
    return _show(request, household, form, title=_("What they wish"), label=_("Record"))


@allow(Can.MANAGE_CIRCLE)
@require_http_methods(["GET", "POST"])
@once
def open_circle(request: Request, pk: int) -> HttpResponse:
    household, _people = _household(request, pk)
    form = forms.CircleOpening(request.POST or None, near=household.territory, actor=request.actor)
    if form.is_valid():
        try:
            opened = actions.open_circle(
                actor=request.actor,
                household=household,
                organisation=form.organisations[form.cleaned_data["organisation"]],
                basis=form.cleaned_data["basis"],
                purpose=form.cleaned_data["purpose"],
                on=timezone.localdate(),
            )
        except actions.AlreadyInTheCircle:
            form.add_error("organisation", _("This service is in the circle already: nothing had to change."))
        except actions.ObjectsToSharing:
            form.add_error(
                "organisation",
                _("Somebody of the household objects to it: the file stays closed to this service. Ask them first."),
            )
        else:
            then = reverse("people:household", args=[pk])
            undo = reverse("people:take-circle-back", args=[pk, opened.pk])
            offer(request, _("The file is open to this service."), url=undo, then=then)
            return redirect(then)
    return _show(request, household, form, title=_("Open the file to a service"), label=_("Open the file"))


@allow(Can.MANAGE_CIRCLE)
@require_POST
def take_circle_back(request: Request, pk: int, membership_pk: int) -> HttpResponse:
    household, _people = _household(request, pk)
    membership = queries.circle_membership(membership_pk, household=household, actor=request.actor)
    return take_back(
        request,
        lambda: actions.close_circle(
            actor=request.actor, membership=membership, on=membership.starts_on, reason=_("Opened by mistake.")
        ),
        refused=actions.CircleAlreadyClosed,
        otherwise="people:list",
    )


@allow(Can.MANAGE_CIRCLE)
@require_http_methods(["GET", "POST"])
@once
def close_circle(request: Request, pk: int, membership_pk: int) -> HttpResponse:
    household, _people = _household(request, pk)
    membership = queries.circle_membership(membership_pk, household=household, actor=request.actor)
    form = Closure(request.POST or None)
    if form.is_valid():
        try:
            actions.close_circle(
                actor=request.actor,
                membership=membership,
                on=timezone.localdate(),
                reason=form.cleaned_data["reason"],
                asked_by_person=form.cleaned_data["at_their_wish"],
            )
        except actions.CircleAlreadyClosed:
            messages.warning(request, _("This service had left the circle already."))
        return _after_losing(request, pk)
    return _show(request, household, form, title=_("Close the file to a service"), label=_("Close"), kind="stop")


@allow(Can.FLAG_VIOLENCE)
@require_http_methods(["GET", "POST"])
@once
def protect(request: Request, pk: int) -> HttpResponse:
    household, _people = _household(request, pk)
    form = forms.Protection(request.POST or None, initial={"version": household.version})
    if form.is_valid():
        try:
            _turn_protection(request, household, form.cleaned_data)
        except actions.ChangedMeanwhile:
            form = _again(form, household)
        else:
            return _after_losing(request, pk)
    if household.is_protected:
        return _show(
            request, household, form, title=_("Lift the protection of the file"), label=_("Lift the protection")
        )
    return _show(request, household, form, title=_("Protect the file"), label=_("Protect"))


def _household(request: Request, pk: int) -> tuple[Household, list[tuple[int, str]]]:
    household = queries.household(pk, actor=request.actor)
    held = queries.members(household, on=timezone.localdate(), actor=request.actor)
    names = [
        (row.person_id, queries.name_of(row.person, reference=household.reference, actor=request.actor)) for row in held
    ]
    return household, names


def _show(
    request: Request, household: Household, form: Form, *, title: str, label: str, kind: str = "home"
) -> HttpResponse:
    context = {"household_pk": household.pk, "form": form, "title": title, "label": label, "kind": kind}
    return page(request, "people/act.html", context, status=422 if form.errors else 200)


def _record_situation(request: Request, household: Household, form: forms.WhereTheySleep) -> None:
    today, new = timezone.localdate(), form.new_situation()
    if form.cleaned_data["everybody"]:
        actions.record_household_situation(actor=request.actor, household=household, situation=new, on=today)
        return
    person = queries.member(household.pk, form.cleaned_data["person"], on=today, actor=request.actor).person
    actions.record_situation(actor=request.actor, person=person, situation=new, on=today)


def _leave(request: Request, household: Household, given: dict[str, Any]) -> int:
    today = timezone.localdate()
    people = {row.person_id: row.person for row in queries.members(household, on=today, actor=request.actor)}
    person, follows = people[given["person"]], people.get(given["new_lead"])
    if given["own_file"] or given["protects"]:
        opened = actions.split_household(
            actor=request.actor,
            household=household,
            leaving=(person,),
            on=today,
            reason=given["reason"],
            new_lead=follows,
            protects=given["protects"],
        )
        return opened.pk
    actions.end_membership(
        actor=request.actor, household=household, person=person, on=today, reason=given["reason"], new_lead=follows
    )
    return household.pk


def _turn_protection(request: Request, household: Household, given: dict[str, Any]) -> None:
    today, version = timezone.localdate(), given["version"]
    if household.is_protected:
        actions.lift_protection(
            actor=request.actor, household=household, on=today, reason=given["reason"], version=version
        )
    else:
        actions.protect_household(actor=request.actor, household=household, on=today, version=version)


def _again(form: AnyForm, household: Household) -> AnyForm:
    """Keep what was typed, on the file as it now is."""
    data = dict(form.data.items())
    data["version"] = household.version
    again = type(form)(data)
    again.is_valid()
    again.add_error(
        None,
        _("Somebody else changed this file meanwhile. What you typed is kept here, not yet recorded: press again."),
    )
    return again


def _after_losing(request: Request, pk: int) -> HttpResponse:
    """Go back to the file or, when the actor has just left its circle, to the list."""
    try:
        queries.household(pk, actor=request.actor)
    except Household.DoesNotExist:
        messages.info(request, _("It is done. This file is no longer open to you."))
        return redirect("people:list")
    return redirect("people:household", pk)
