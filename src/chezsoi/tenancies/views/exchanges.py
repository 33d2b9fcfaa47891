"""The page where a tenant household says which homes it would exchange its own for, or that it wishes it no more."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from chezsoi.allocation import queries as allocation
from chezsoi.allocation.actions import RoomsOutOfOrder
from chezsoi.allocation.models import HousingRequest
from chezsoi.files.submissions import once
from chezsoi.people import queries as people
from chezsoi.people.models import Household
from chezsoi.tenancies import actions, queries, tables
from chezsoi.tenancies.forms import ExchangeStated
from chezsoi.tenancies.models import ExchangeWish
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

SENTENCES = {
    actions.NoHomeToExchange: gettext_lazy(
        "This household has no lease in force here: nothing was written. An exchange starts from the home it lives in."
    ),
    actions.NothingWished: gettext_lazy("This household wishes no exchange: nothing had to change."),
    actions.NothingWithdrawn: gettext_lazy(
        "There is no withdrawal to take back: nothing had to change. Write what the household wishes now."
    ),
    RoomsOutOfOrder: gettext_lazy("The most rooms are fewer than the least. Nothing was saved; check both."),
}
REFUSED = tuple(SENTENCES)


@allow(Can.RECORD_REQUEST)
@require_http_methods(["GET", "POST"])
@once
def exchange(request: Request, pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    actions.note_exchange_reading(actor=request.actor, household=household)
    stated = list(queries.exchange_wishes(household, actor=request.actor))
    form = _form(request, household, stated)
    if form.is_valid():
        try:
            _state(request, household, dict(form.cleaned_data))
        except REFUSED as refusal:
            form.add_error(None, SENTENCES[type(refusal)])
        else:
            messages.success(request, _("Written down. Its lease, its request and its place stay as they are."))
            return redirect("tenancies:exchange", pk)
    context = {
        "form": form if queries.is_tenant(household, actor=request.actor) or form.errors else None,
        "household": household,
        "stated": [tables.exchange_wished(wish) for wish in stated],
        "counts": bool(stated) and stated[0].counts,
        "may_take_back": bool(stated) and stated[0].ended_on is not None and stated[0].is_of_their_home,
    }
    return page(request, "tenancies/exchange.html", context, status=422 if form.errors else 200)


@allow(Can.RECORD_REQUEST)
@require_POST
def withdraw_exchange(request: Request, pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    try:
        actions.withdraw_exchange(actor=request.actor, household=household, on=timezone.localdate())
    except REFUSED as refusal:
        messages.error(request, SENTENCES[type(refusal)])
    else:
        messages.success(request, _("Withdrawn: it counts no more, and nothing else changes."))
    return redirect("tenancies:exchange", pk)


@allow(Can.RECORD_REQUEST)
@require_POST
def take_withdrawal_back(request: Request, pk: int) -> HttpResponse:
    household = people.household(pk, actor=request.actor)
    try:
        actions.take_withdrawal_back(actor=request.actor, household=household)
    except REFUSED as refusal:
        messages.error(request, SENTENCES[type(refusal)])
    else:
        messages.success(request, _("Taken back: the household wishes again what it wished."))
    return redirect("tenancies:exchange", pk)


def _form(request: Request, household: Household, stated: list[ExchangeWish]) -> ExchangeStated:
    """Fill the form in with the last word or, without one, with what the household asked for before it had a home."""
    known: ExchangeWish | HousingRequest | None = stated[0] if stated else None
    communes = [wish.commune_id for wish in stated[0].communes.all()] if stated else []
    if known is None and (known := allocation.request_of(household, actor=request.actor)):
        held = [wish for wish in known.wished_communes.all() if wish.withdrawn_on is None]
        communes = [wish.commune_id for wish in sorted(held, key=lambda wish: wish.rank)]
    return ExchangeStated(
        request.POST or None,
        initial={field.name: getattr(known, field.name) for field in fields(actions.HomeWished)} if known else {},
        communes=territories.communes_of(household.territory, actor=request.actor),
        wished=communes,
    )


def _state(request: Request, household: Household, given: dict[str, Any]) -> None:
    actions.state_exchange(
        actor=request.actor,
        household=household,
        communes=list(given.pop("communes")),
        is_their_wish=given.pop("is_their_wish"),
        wished=actions.HomeWished(**given),
        on=timezone.localdate(),
    )
