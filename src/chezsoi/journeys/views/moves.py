"""A household goes to another territory: its service asks, with its agreement; the other one answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chezsoi.journeys.moves import forms, territories, wording
from chezsoi.people import actions, queries
from chezsoi.people.choices import MoveState
from chezsoi.people.models import Household, HouseholdMove
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

REFUSALS = tuple(wording.SENTENCES)


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
def move(request: Request, pk: int) -> HttpResponse:
    """Ask another territory to receive a household, or take the request back while it waits."""
    today = timezone.localdate()
    household = queries.household(pk, actor=request.actor)
    asked = list(queries.moves_of(household, actor=request.actor))
    waiting = next((each for each in asked if each.state == MoveState.ASKED), None)
    if request.method == "POST" and "take_back" in request.POST:
        return _take_back(request, household, waiting)
    form = _form(request, household, today)
    if waiting is None and form.is_valid():
        try:
            _ask(request, household, form.cleaned_data, today)
        except REFUSALS as refused:
            form.add_error(None, str(wording.SENTENCES[type(refused)]))
        else:
            messages.success(request, _("Asked. Until they accept, nothing changes and nothing of the file is shown."))
            return redirect("journeys:move", pk)
    context = {
        "household_pk": pk,
        "form": None if waiting else form,
        "waiting": waiting,
        "answers": [each for each in asked if each.state == MoveState.DECLINED],
        "said": wording.PAGES["move"],
        "back_url": reverse("journeys:changed", args=[pk]),
    }
    return page(request, "journeys/changed/move.html", context, status=422 if form.errors and not waiting else 200)


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
def moves(request: Request) -> HttpResponse:
    """Answer those who ask to join: all that is known of them is how many they are, and that they agree."""
    today = timezone.localdate()
    form = forms.Answered(request.POST if request.method == "POST" else None)
    if form.is_valid():
        asked = queries.move_asked(form.cleaned_data["move"], actor=request.actor)
        try:
            return _answer(request, asked, form.cleaned_data, today)
        except REFUSALS as refused:
            form.add_error("reason", str(wording.SENTENCES[type(refused)]))
    context = {"moves": queries.moves_asked(actor=request.actor), "form": form, "said": wording.PAGES["receive"]}
    return page(request, "journeys/moves.html", context, status=422 if form.errors else 200)


def _form(request: Request, household: Household, today: date) -> forms.Moves:
    held = queries.members(household, on=today, actor=request.actor)
    number = household.reference
    people = [(row.person_id, queries.name_of(row.person, reference=number, actor=request.actor)) for row in held]
    found = queries.receivers(household, on=today, actor=request.actor)
    services = [(each.pk, f"{each.territory} – {each.organisation}") for each in found]
    return forms.Moves(
        request.POST if request.method == "POST" else None, today=today, people=people, services=services
    )


def _ask(request: Request, household: Household, given: dict[str, Any], today: date) -> None:
    found = queries.receivers(household, on=today, actor=request.actor)
    agreement = actions.Agreement(
        on=given["on"],
        how=given["how"],
        by=queries.person_of(given["by"], household=household, actor=request.actor),
        keeps_circle=given["keeps_circle"],
    )
    receiver = next(each for each in found if each.pk == given["service"])
    actions.ask_to_move(actor=request.actor, household=household, receiver=receiver, agreement=agreement, on=today)


def _take_back(request: Request, household: Household, waiting: HouseholdMove | None) -> HttpResponse:
    if waiting is None:
        messages.error(request, _("They have answered meanwhile. Nothing had to change."))
    else:
        actions.take_move_back(actor=request.actor, move=waiting)
        messages.success(request, _("Taken back. The household stays where it is, and loses nothing."))
    return redirect("journeys:move", household.pk)


def _answer(request: Request, asked: HouseholdMove, given: dict[str, Any], today: date) -> HttpResponse:
    if given["answer"] == forms.Answered.DECLINE:
        actions.decline_move(actor=request.actor, move=asked, reason=given["reason"])
        messages.success(request, _("Declined. Their service reads your reason; they lose nothing."))
        return redirect("journeys:moves")
    opened = territories.receive(actor=request.actor, move=asked, on=today)
    messages.success(request, _("Received. It can be undone for 30 days from the history of the file."))
    return redirect("people:household", opened.pk)
