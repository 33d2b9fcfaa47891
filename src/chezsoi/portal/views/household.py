"""The page of a household, composed of what each app knows that the reader may know."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chezsoi.people import queries as people
from chezsoi.people.views import household as people_household
from chezsoi.portal import household_life, household_sections, household_story
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.SEE_HOUSEHOLD)
@require_safe
def household(request: Request, pk: int) -> HttpResponse:
    return page(request, "portal/household.html", context(request, pk))


def context(request: Request, pk: int) -> dict[str, Any]:
    """Compose the page for whoever reads it."""
    composed = people_household.context(request, pk)
    found = people.household(pk, actor=request.actor)
    composed["sections"] = household_sections.sections(found, on=timezone.localdate(), actor=request.actor)
    composed["life"] = household_life.life(found, on=timezone.localdate(), actor=request.actor)
    composed["story"] = household_story.story(composed, chapter=request.GET.get("kind", ""))
    return composed
