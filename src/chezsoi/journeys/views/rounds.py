"""The pages that open a round: for a home, or for several shared out together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from chezsoi.allocation import queries as allocation
from chezsoi.allocation.actions.joint import FEWEST_HOMES
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.homes import queries as homes
from chezsoi.homes import wording
from chezsoi.homes.models import Offer
from chezsoi.journeys import rounds
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page
from chezsoi.ui.typography import euros


class Opening(forms.Form):
    """The grid that will count."""

    grid: Any = forms.ModelChoiceField(label=_("Scoring grid"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, grids: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grid"].queryset = grids  # type: ignore[attr-defined]


class JointOpening(Opening):
    """The homes to share out, and the grid that will count."""

    homes: Any = forms.ModelMultipleChoiceField(
        label=_("Homes to share out"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("homes", "grid")

    def __init__(self, *args: Any, homes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["homes"].queryset = homes  # type: ignore[attr-defined]
        self.fields["homes"].label_from_instance = _offered  # type: ignore[attr-defined]
        self.fields["homes"].initial = [offer.pk for offer in homes]


@allow(Can.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def open_round(request: Request, offer_id: int) -> HttpResponse:
    offer = homes.offer(offer_id, actor=request.actor)
    under_way = allocation.round_of(offer, actor=request.actor)
    if under_way is not None:
        return redirect("allocation:round", under_way.pk)
    if offer.dwelling.shared_home_id is not None:
        return redirect(f"{reverse('journeys:open-joint-round')}?territory={offer.dwelling.territory.key}")
    today = timezone.localdate()
    commune = offer.dwelling.commune
    epci = commune.epci_siren if commune is not None else ""
    grids = allocation.grids(offer.territory_id, on=today, actor=request.actor, epci_siren=epci)
    form = Opening(request.POST or None, grids=grids)
    if form.is_valid():
        try:
            opened = rounds.open_round(
                actor=request.actor, offer=offer, grid=form.cleaned_data["grid"], on=today, at=timezone.now()
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            return redirect("allocation:round", opened.pk)
    context = {"form": form, "offer": offer, "title": wording.title(offer.dwelling), "blocked": wording.blocked(offer)}
    return page(request, "journeys/open_round.html", context)


@allow(Can.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def open_joint_round(request: Request) -> HttpResponse:
    places = list(territories.territories_of(actor=request.actor))
    territory = next((place for place in places if place.key == request.GET.get("territory")), places[0])
    today = timezone.localdate()
    free = allocation.searched_for_nobody(homes.waiting(actor=request.actor), actor=request.actor)
    offers = free.filter(dwelling__territory=territory).select_related("dwelling__commune")
    grids = allocation.grids(territory.pk, on=today, actor=request.actor)
    form = JointOpening(request.POST or None, homes=offers, grids=grids)
    if form.is_valid():
        try:
            opened = rounds.open_joint_round(
                actor=request.actor,
                territory=territory,
                offers=list(form.cleaned_data["homes"]),
                grid=form.cleaned_data["grid"],
                on=today,
                at=timezone.now(),
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            return redirect("allocation:joint", opened.pk)
    context = {"form": form, "territory": territory, "places": places, "are_few": _are_few(offers)}
    return page(request, "journeys/open_joint_round.html", context)


def _are_few(offers: QuerySet[Offer]) -> bool:
    """Tell whether there is nothing to share out: a home alone is searched for from its page, a room never is."""
    return len(offers) < FEWEST_HOMES and not any(offer.dwelling.shared_home_id for offer in offers)


def _offered(offer: Offer) -> str:
    cost = offer.outlay_per_month
    title = wording.title(offer.dwelling)
    return title if cost is None else f"{title} – {euros(cost, None)}"
