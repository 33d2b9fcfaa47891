"""Who did what and who looked, for the data protection officer."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chezsoi.portal import audit
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

PER_PAGE = 100


@allow(Can.READ_TRAIL)
@require_safe
def trail(request: Request) -> HttpResponse:
    found = audit.entries(actor=request.actor)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "portal/trail.html", {"page_obj": shown, "table": audit.table(shown.object_list)})
