"""The page of a household; the portal composes it with what other apps know."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chezsoi.people import actions, queries, tables
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.SEE_HOUSEHOLD)
@require_safe
def household(request: Request, pk: int) -> HttpResponse:
    return page(request, "people/household.html", context(request, pk))


def context(request: Request, pk: int) -> dict[str, Any]:
    """Compose the sections of a household, and write down that its file was opened."""
    today = timezone.localdate()
    found = queries.household(pk, actor=request.actor)
    held = queries.members_of([pk], on=today, actor=request.actor, with_phones=True)[pk]
    shown = queries.household_page(found, actor=request.actor, on=today, held=held)
    actions.note_reading(actor=request.actor, household=found)
    return {
        "household": found,
        "held": held,
        "page": shown,
        "card": shown.card,
        "alone": tables.alone(shown),
        "with_whom": tables.with_whom(shown),
        "tags": tables.tags(shown.card, on=today),
        "lane": tables.drawn_lane(shown.lane, on=today),
        "history": tables.history(shown.history),
        "circle": tables.circle(shown.circle),
        "resources": tables.resources(shown),
        "rights": shown.rights,
        "file_rights": queries.file_rights(found, on=today, actor=request.actor, held=held),
    }
