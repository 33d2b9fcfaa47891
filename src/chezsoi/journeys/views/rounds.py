"""The page that opens a round for a home."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from chezsoi.allocation import queries as allocation
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.homes import queries as homes
from chezsoi.homes import wording
from chezsoi.journeys import rounds
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


class Opening(forms.Form):
    """The grid that will count."""

    grid: Any = forms.ModelChoiceField(label=_("Scoring grid"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, grids: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grid"].queryset = grids  # type: ignore[attr-defined]


@allow(Can.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def open_round(request: Request, offer_id: int) -> HttpResponse:
    offer = homes.offer(offer_id, actor=request.actor)
    under_way = allocation.round_of(offer, actor=request.actor)
    if under_way is not None:
        return redirect("allocation:round", under_way.pk)
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
