"""My day: what waits for me, one press away."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chezsoi.portal import day_sections, first_days
from chezsoi.portal.navigation import waiting_counts
from chezsoi.territories.access import Can, Request, signed_in
from chezsoi.ui.responses import page


@signed_in("each account sees what waits for its own role")
@require_safe
def day(request: Request) -> HttpResponse:
    counts = waiting_counts(request)
    context = {
        "day": day_sections.day(actor=request.actor, on=timezone.localdate(), counts=counts),
        "may_register": request.actor.may(Can.REGISTER_PEOPLE),
        "first": first_days.first_day(request.actor),
    }
    return page(request, "portal/day.html", context)
