"""One search for everything, from the bar at the top of every page."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chezsoi.portal import search as everywhere
from chezsoi.territories.access import Request, signed_in
from chezsoi.ui.responses import page

SUGGESTED = 6
ON_A_PAGE = 20


@signed_in("each kind of thing is looked for only if the role may read it")
@require_safe
def search(request: Request) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[: everywhere.LONGEST]
    most = SUGGESTED if request.headers.get("HX-Request") == "true" else ON_A_PAGE
    results = everywhere.find(text, actor=request.actor, on=timezone.localdate(), most=most)
    is_asked = len(text) >= everywhere.SHORTEST
    return page(
        request, "portal/search.html", {"text": text, "is_asked": is_asked, "results": results}, part="suggestions"
    )
