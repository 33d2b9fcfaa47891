"""Something changed in a household's life: a calm list of what it may be, and one short page for each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chezsoi.journeys.moves import acts, forms, wording
from chezsoi.people import actions, queries
from chezsoi.people.choices import MemberRole
from chezsoi.people.models import Household, Person
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

REFUSALS = tuple(wording.SENTENCES)


@allow(Can.REGISTER_PEOPLE)
@require_safe
def changed(request: Request, pk: int) -> HttpResponse:
    household, people, _today = _read(request, pk)
    shown = queries.card(household, on=timezone.localdate(), actor=request.actor)
    former = queries.former_members(household, actor=request.actor)
    context = {"card": shown, "choices": wording.choices(household, alone=len(people) < 2, former=bool(former))}
    return page(request, "journeys/changed/menu.html", context)


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
def split(request: Request, pk: int) -> HttpResponse:
    household, people, today = _read(request, pk)
    form = forms.Parted(
        _typed(request),
        today=today,
        people=people,
        has_home=acts.lease_in_force(household) is not None,
        has_support=bool(acts.support_running(household)),
    )

    def act(given: dict[str, Any]) -> Household:
        parting = acts.Parting(
            leaving=_persons(request, household, given["leaving"]),
            on=given["on"],
            reason=given["reason"],
            new_lead=_person(request, household, given["new_lead"]),
            protects=given["protects"],
            takes_home=given.get("takes_home", False),
            takes_support=given.get("takes_support", False),
        )
        return acts.part(actor=request.actor, household=household, parting=parting)

    return _do(request, household, form, act, event="split")


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
def join(request: Request, pk: int) -> HttpResponse:
    household, people, today = _read(request, pk)
    form = forms.Joined(_typed(request), today=today, people=people)
    into = None
    if form.is_valid():
        into = queries.file_numbered(form.cleaned_data["number"], near=household, actor=request.actor)
        if into is None:
            form.add_error("number", _("No file you may open bears this number. Nothing was recorded; check it."))

    def act(given: dict[str, Any]) -> Household:
        return acts.join(
            actor=request.actor,
            household=household,
            leaving=_persons(request, household, given["leaving"]),
            into=into or household,
            on=given["on"],
            reason=given["reason"],
            new_lead=_person(request, household, given["new_lead"]),
        )

    return _do(request, household, form, act, event="join")


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
def death(request: Request, pk: int) -> HttpResponse:
    household, people, today = _read(request, pk)
    form = forms.Died(_typed(request), today=today, people=people)

    def act(given: dict[str, Any]) -> Household:
        return acts.die(
            actor=request.actor,
            household=household,
            person=_persons(request, household, [given["person"]])[0],
            on=given["on"],
            reason=given["reason"],
            new_lead=_person(request, household, given["new_lead"]),
        )

    return _do(request, household, form, act, event="death")


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
def back(request: Request, pk: int) -> HttpResponse:
    household, people, today = _read(request, pk)
    former = queries.former_members(household, actor=request.actor)
    form = forms.CameBack(_typed(request), today=today, people=former, is_led=bool(people))

    def act(given: dict[str, Any]) -> Household:
        return acts.come_back(
            actor=request.actor,
            household=household,
            person=_persons(request, household, [given["person"]])[0],
            role=given.get("role") or MemberRole.LEAD,
            on=given["on"],
            reason=given["reason"],
        )

    return _do(request, household, form, act, event="back")


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
def news(request: Request, pk: int) -> HttpResponse:
    """Note that nobody has news of a household any more or, of one lost from sight, that somebody has."""
    household, _people, today = _read(request, pk)
    form = forms.Happening(_typed(request), today=today)

    def act(given: dict[str, Any]) -> Household:
        verb = actions.hear_of if household.is_lost else actions.lose_sight
        return verb(actor=request.actor, household=household, on=given["on"], reason=given["reason"])

    return _do(request, household, form, act, event="found" if household.is_lost else "lost")


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
def lead(request: Request, pk: int) -> HttpResponse:
    household, people, today = _read(request, pk)
    form = forms.Led(_typed(request), today=today, people=people)

    def act(given: dict[str, Any]) -> Household:
        person = _persons(request, household, [given["person"]])[0]
        actions.change_lead(
            actor=request.actor, household=household, person=person, on=given["on"], reason=given["reason"]
        )
        return household

    return _do(request, household, form, act, event="lead")


@allow(Can.REGISTER_PEOPLE)
@require_http_methods(["GET", "POST"])
def undo(request: Request, pk: int, change_pk: int) -> HttpResponse:
    household, _people, today = _read(request, pk)
    change = queries.change(change_pk, household=household, actor=request.actor)
    form = forms.Undone(_typed(request))

    def act(given: dict[str, Any]) -> Household:
        return actions.undo_change(actor=request.actor, change=change, on=today, reason=given["reason"]).household

    return _do(request, household, form, act, event="undo")


def _typed(request: Request) -> QueryDict | None:
    """Give what was sent, were it nothing but blanks; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def _read(request: Request, pk: int) -> tuple[Household, forms.People, date]:
    today = timezone.localdate()
    household = queries.household(pk, actor=request.actor)
    held = queries.members(household, on=today, actor=request.actor)
    number = household.reference
    return (
        household,
        [(row.person_id, queries.name_of(row.person, reference=number, actor=request.actor)) for row in held],
        today,
    )


def _persons(request: Request, household: Household, pks: list[int]) -> tuple[Person, ...]:
    return tuple(queries.person_of(pk, household=household, actor=request.actor) for pk in pks)


def _person(request: Request, household: Household, pk: int | None) -> Person | None:
    return None if pk is None else _persons(request, household, [pk])[0]


def _do(
    request: Request, household: Household, form: Form, act: Callable[[dict[str, Any]], Household], *, event: str
) -> HttpResponse:
    """Show the page of an act or, once it is said, do it; what is refused is said in one sentence, and nothing lost."""
    if form.is_valid():
        try:
            shown = act(form.cleaned_data)
        except REFUSALS as refused:
            form.add_error(None, str(wording.SENTENCES[type(refused)]))
        else:
            return _after(request, shown, is_undone=event == "undo")
    said = wording.PAGES[event]
    context = {
        "household_pk": household.pk,
        "form": form,
        "said": said,
        "back_url": reverse("journeys:changed", args=[household.pk]),
    }
    return page(request, "journeys/changed/act.html", context, status=422 if form.errors else 200)


def _after(request: Request, shown: Household, *, is_undone: bool) -> HttpResponse:
    """Say that it is written, and go to the file where they live now."""
    if is_undone:
        messages.success(request, _("Undone. Everything is again as it was, and the history says so."))
    else:
        messages.success(request, _("Written down. It can be undone from the history of the file."))
    return redirect("people:household", shown.pk)
