"""The page of a household, composed of what each app knows that the reader may know."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chezsoi.people.views import household as people_household
from chezsoi.portal.household import life, means, outlays, sections, story
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.SEE_HOUSEHOLD)
@require_safe
def household(request: Request, pk: int) -> HttpResponse:
    return page(request, "portal/household.html", context(request, pk))


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
