"""How many households our teams can follow."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chezsoi.support import actions, queries, tables
from chezsoi.support.forms.places import Stated
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.RECORD_SUPPORT)
@require_http_methods(["GET", "POST"])
def places(request: Request) -> HttpResponse:
    here = list(territories.territories_of(actor=request.actor))
    territory = next((each for each in here if each.key == request.GET.get("territory")), here[0])
    ours, today = territories.own_organisation(actor=request.actor), timezone.localdate()
    form = Stated(request.POST or None)
    if form.is_valid():
        actions.state_places(actor=request.actor, organisation=ours, territory=territory, on=today, **form.cleaned_data)
        messages.success(request, _("Written down. No home depends on it."))
        return redirect(f"{reverse('support:places')}?territory={territory.key}")
    found = queries.places_of_our_teams(territory, on=today, actor=request.actor)
    context = {
        "form": form,
        "organisation": ours,
        "territory": territory,
        "others": [each for each in here if each != territory],
        "table": tables.places(found) if found else None,
    }
    return page(request, "support/places.html", context, status=422 if form.errors else 200)
