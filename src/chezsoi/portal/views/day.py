"""My day: what waits for me, one press away."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chezsoi.portal import day_sections
from chezsoi.territories.access import Can, Request, signed_in
from chezsoi.ui.responses import page


@signed_in("each account sees what waits for its own role")
@require_safe
def day(request: Request) -> HttpResponse:
    waiting = day_sections.waiting(actor=request.actor, on=timezone.localdate())
    context = {
        "waiting": waiting,
        "things": sum(section.count for section in waiting),
        "may_register": request.actor.may(Can.REGISTER_PEOPLE),
    }
    return page(request, "portal/day.html", context)
