"""The page of a household, composed of what each app knows that the reader may know."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from chezsoi.allocation import queries as allocation
from chezsoi.journeys import affordability
from chezsoi.people import queries as people
from chezsoi.people.views import household as people_household
from chezsoi.portal.household import life, means, outlays, sections, story
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.SEE_HOUSEHOLD)
@require_safe
def household(request: Request, pk: int) -> HttpResponse:
    return page(request, "portal/household.html", context(request, pk))


@allow(Can.SEE_RESOURCES)
@require_POST
def estimate(request: Request, pk: int) -> HttpResponse:
    """Have the worker estimate what is missing, and the page come back once nothing is; it says no figure itself."""
    found = people.household(pk, actor=request.actor)
    hoped = allocation.outlays(
        allocation.candidacies_of(found, actor=request.actor), on=timezone.localdate(), actor=request.actor
    )
    is_waiting = any(outlay.is_waiting for outlay in hoped)
    if is_waiting:
        affordability.estimate_soon(found.pk, found.territory_id)
    if request.headers.get("HX-Request") != "true":
        return redirect("people:household", pk)
    return HttpResponse(status=204, headers={} if is_waiting else {"HX-Refresh": "true"})


def context(request: Request, pk: int) -> dict[str, Any]:
    """Compose the page for whoever reads it."""
    composed, today = people_household.context(request, pk), timezone.localdate()
    found, held = composed["household"], composed.pop("held")
    told = sections.sections(found, rights=composed["file_rights"], on=today, actor=request.actor)
    composed["sections"] = told
    composed["means"] = means.read(
        composed["page"], told.homes, outlays.read(told.homes, on=today, actor=request.actor)
    )
    composed["life"] = life.life(found, people=[row.person for row in held], actor=request.actor)
    composed["story"] = story.story(composed, chapter=request.GET.get("kind", ""))
    return composed
