"""Pages about homes: the list, one home, and what its landlord changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi import trail
from chezsoi.files.exports import MOST_LINES, taken_away, values_as_csv
from chezsoi.homes import actions, forms, queries, tables, wording
from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Dwelling
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui import cartography
from chezsoi.ui.responses import page

PER_PAGE = 30
NOT_BY_ROOMS = {
    actions.TooFewRooms: gettext_lazy("A home is shared from two rooms on. Nothing was recorded; fill in two."),
    actions.AlreadyByRooms: gettext_lazy("This home is let room by room already, or is a room. Nothing was recorded."),
    actions.ReferenceAlreadyUsed: gettext_lazy(
        "Another home bears the number that a room of this one would have. Nothing was recorded; give that other home "
        "another reference."
    ),
    actions.HomeLivedIn: gettext_lazy("The whole home is let. Nothing was recorded; share it once it is empty."),
}


@allow(Can.SEE_HOMES)
@require_safe
def homes(request: Request) -> HttpResponse:
    form = forms.Wanted(request.GET, actor=request.actor)
    form.is_valid()
    order = queries.ORDERS.read(request.GET.get("sort", ""))
    rows = queries.offers(form.filters, actor=request.actor, order=order)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "table": tables.homes(shown.object_list, on=timezone.localdate(), order=order),
        "reasons": tables.reasons(shown.object_list),
        "page_obj": shown,
        "available": queries.available(actor=request.actor),
        "may_record": request.actor.may(Can.RECORD_HOME),
    }
    return page(request, "homes/homes.html", context, part="list")


@allow(Can.SEE_HOMES)
@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    """Give the list as a file; what it should be narrowed to and cannot be read is shown on the list instead."""
    form = forms.Wanted(request.GET, actor=request.actor)
    if not form.is_valid():
        return redirect(f"{reverse('homes:homes')}?{request.GET.urlencode()}")
    order = queries.ORDERS.read(request.GET.get("sort", ""))
    rows = queries.offers(form.filters, actor=request.actor, order=order)[:MOST_LINES]
    detail = {"offers": [row.pk for row in rows], "written_as": kind}
    trail.record(request.actor, "homes.offers.exported", detail=detail)
    return taken_away(*tables.exported(rows), name=_("homes"), written_as=kind, on=timezone.localdate())


@allow(Can.SEE_HOMES)
@require_safe
def on_map(request: Request) -> HttpResponse:
    """Show where the homes are, by commune: counts alone, never an address."""
    form = forms.Shown(request.GET, actor=request.actor)
    if form.where is None:
        return redirect("homes:homes")
    found = queries.by_commune(form.where, state=form.asked, on=timezone.localdate(), actor=request.actor)
    context = {"form": form, "sheet": cartography.draw(tables.on_map(found))}
    return page(request, "homes/map.html", context, part="map")


@allow(Can.SEE_HOMES)
@require_safe
def map_csv(request: Request) -> HttpResponse:
    """Give the values of the map as a file."""
    form = forms.Shown(request.GET, actor=request.actor)
    if form.where is None:
        return redirect("homes:homes")
    found = queries.by_commune(form.where, state=form.asked, on=timezone.localdate(), actor=request.actor)
    return values_as_csv(queries.MAP_HEADER, found.as_csv(), filename=f"homes-{found.state.value}")


@allow(Can.SEE_HOMES)
@require_safe
def home(request: Request, dwelling_id: int) -> HttpResponse:
    return page(request, "homes/home.html", _home(request, queries.dwelling(dwelling_id, actor=request.actor)))


@allow(Can.RECORD_HOME)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    form = forms.NewHome(request.POST or None, actor=request.actor)
    if form.is_valid():
        try:
            dwelling = _register(request, form)
        except actions.ReferenceAlreadyUsed:
            form.add_error("reference", _("This reference is another home's. Check it, or open that home."))
        else:
            return redirect("homes:home", dwelling.pk)
    return page(request, "homes/new.html", {"form": form})


@allow(Can.OFFER_HOME)
@require_http_methods(["GET", "POST"])
def rooms(request: Request, dwelling_id: int) -> HttpResponse:
    """Offer a home room by room."""
    dwelling = queries.dwelling(dwelling_id, actor=request.actor)
    form, given = forms.SharedTerms(request.POST or None), forms.Rooms(request.POST or None)
    if form.is_valid() and given.is_valid():
        found = [
            actions.Room(**each) for each in given.cleaned_data if any(value is not None for value in each.values())
        ]
        shared = actions.Terms(**form.cleaned_data)
        try:
            actions.let_by_rooms(
                actor=request.actor, dwelling=dwelling, rooms=found, terms=shared, on=timezone.localdate()
            )
        except tuple(NOT_BY_ROOMS) as refusal:
            form.add_error(None, str(NOT_BY_ROOMS[type(refusal)]))
        else:
            return redirect("homes:home", dwelling.pk)
    context = {"form": form, "rooms": given, "dwelling": dwelling}
    return page(request, "homes/rooms.html", context, status=422 if form.errors or any(given.errors) else 200)


@allow(Can.OFFER_HOME)
@require_http_methods(["GET", "POST"])
def terms(request: Request, offer_id: int) -> HttpResponse:
    offer = queries.offer(offer_id, actor=request.actor)
    initial = {name: getattr(offer, name) for name in forms.ChangedTerms.base_fields}
    form = forms.ChangedTerms(request.POST or None, initial=initial)
    if form.is_valid():
        given = dict(form.cleaned_data)
        version = given.pop("version")
        try:
            actions.change_offer(
                actor=request.actor, offer=offer, terms=actions.Terms(**given), on=timezone.localdate(), version=version
            )
        except actions.OfferEnded:
            form.add_error(None, _("This offer has ended: nothing was changed."))
        except actions.OfferChangedMeanwhile:
            form.add_error(None, _("Somebody changed this offer while you did: open it again to see what it says now."))
        else:
            return redirect("homes:home", offer.dwelling_id)
    return page(request, "homes/terms.html", {"form": form, "offer": offer, "dwelling": offer.dwelling})


@allow(Can.OFFER_HOME)
@require_POST
def withdraw(request: Request, offer_id: int) -> HttpResponse:
    offer = queries.offer(offer_id, actor=request.actor)
    form = forms.Withdrawal(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was changed: say why the home is no longer on offer."))
        return redirect("homes:home", offer.dwelling_id)
    try:
        actions.withdraw_offer(actor=request.actor, offer=offer, reason=form.cleaned_data["reason"])
    except actions.OfferEnded:
        messages.error(request, _("This offer has ended: nothing was changed."))
    else:
        messages.info(request, _("The home is off offer. It can be put back."))
    return redirect("homes:home", offer.dwelling_id)


@allow(Can.OFFER_HOME)
@require_POST
def reopen(request: Request, offer_id: int) -> HttpResponse:
    offer = queries.offer(offer_id, actor=request.actor)
    try:
        actions.reopen_offer(actor=request.actor, offer=offer, on=timezone.localdate())
    except (actions.OfferNotEnded, actions.DwellingAlreadyOffered):
        messages.error(request, _("This home is on offer already: nothing was changed."))
    except actions.HomeLetByRooms:
        messages.error(request, _("This home is let room by room: nothing was changed. Withdraw its rooms first."))
    except actions.HomeLetWhole:
        messages.error(request, _("The home of this room is offered or let whole: nothing was changed."))
    else:
        messages.info(request, _("The home is back on offer, under the law of today."))
    return redirect("homes:home", offer.dwelling_id)


def _home(request: Request, dwelling: Dwelling) -> dict[str, Any]:
    offers = list(queries.offers_of(dwelling, actor=request.actor))
    current = offers[0] if offers else None
    let_rooms = list(queries.rooms_of(dwelling, actor=request.actor))
    may_offer, is_let = request.actor.may(Can.OFFER_HOME), current is not None and current.state == OfferState.LET
    return {
        "dwelling": dwelling,
        "title": wording.named(dwelling, dwelling.known_address),
        "offer": current,
        "facts": tables.facts(dwelling, address=dwelling.known_address),
        "cost": tables.cost(current) if current else (),
        "tags": tables.tags(current, on=timezone.localdate()) if current else (),
        "blocked": tables.blocked(current) if current else "",
        "history": tables.history(offers),
        "may_search": bool(current and current.is_open and request.actor.may(Can.RUN_ROUND)),
        "may_offer": may_offer,
        "rooms": tables.homes(let_rooms, on=timezone.localdate()) if let_rooms else None,
        "may_share": may_offer and not (let_rooms or is_let or dwelling.shared_home_id),
        "withdrawal": forms.Withdrawal(),
    }


def _register(request: Request, form: forms.NewHome) -> Dwelling:
    given = dict(form.cleaned_data)
    offered = {name: given.pop(name) for name in forms.Terms.base_fields}
    named = {name: given.pop(name) for name in ("territory", "reference", "stock", "owner")}
    dwelling = actions.register_dwelling(
        actor=request.actor,
        **named,
        features=actions.Features(**given),
    )
    actions.make_offer(actor=request.actor, dwelling=dwelling, terms=actions.Terms(**offered), on=timezone.localdate())
    return dwelling
