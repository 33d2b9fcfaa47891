"""What the data protection officer follows: the trail, the emergencies to review, the copies people asked for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chezsoi.files.exports import csv_lines
from chezsoi.kernel.orders import Order
from chezsoi.people import actions
from chezsoi.people import queries as people
from chezsoi.portal import audit
from chezsoi.portal.audit_forms import Filters, Review
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

PER_PAGE = 100


@allow(Can.READ_TRAIL)
@require_safe
def trail(request: Request) -> HttpResponse:
    form = Filters(request.GET)
    asked = form.asked()
    order = _order(request)
    rows = audit.entries(actor=request.actor, asked=asked, order=order)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": shown,
        "table": audit.table(shown.object_list, order=order),
        "asked": asked,
        "readers": audit.readers(asked.household, actor=request.actor) if asked.household else None,
        "query": request.GET.urlencode(),
        **_waiting(request),
    }
    return page(request, "portal/trail.html", context, status=422 if form.errors else 200)


@allow(Can.READ_TRAIL)
@require_safe
def export(request: Request) -> HttpResponse:
    lines = audit.exported(Filters(request.GET).asked(), actor=request.actor, order=_order(request))
    answer = HttpResponse(csv_lines(audit.COLUMNS, lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="trail-{timezone.localdate().isoformat()}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@allow(Can.REVIEW_EMERGENCY)
@require_safe
def emergencies(request: Request) -> HttpResponse:
    now = timezone.now()
    rows = people.emergencies_followed(actor=request.actor)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    listed = [
        {"access": row, "is_open": row.is_open_at(now), "is_late": row.reviewed_at is None and row.review_due_at < now}
        for row in shown.object_list
    ]
    return page(request, "portal/emergencies.html", {"rows": listed, "page_obj": shown, **_waiting(request)})


@allow(Can.REVIEW_EMERGENCY)
@require_http_methods(["GET", "POST"])
def review(request: Request, pk: int) -> HttpResponse:
    access = people.emergency_followed(pk, actor=request.actor)
    form = Review(request.POST or None)
    if form.is_valid():
        try:
            actions.review_emergency(
                actor=request.actor,
                access=access,
                finding=form.cleaned_data["finding"],
                note=form.cleaned_data["note"],
                at=timezone.now(),
            )
        except actions.AlreadyReviewed:
            messages.warning(request, _("Somebody reviewed it before you: their finding stays."))
        except actions.OwnAccess:
            messages.warning(request, _("You opened this file yourself: somebody else reviews it."))
        return redirect("portal:emergencies")
    context = {"access": access, "form": form}
    return page(request, "portal/review_emergency.html", context, status=422 if form.errors else 200)


@allow(Can.READ_TRAIL)
@require_safe
def copies(request: Request) -> HttpResponse:
    today = timezone.localdate()
    rows = people.access_requests_followed(actor=request.actor)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    listed = [{"asked": row, "is_late": row.is_late_on(today)} for row in shown.object_list]
    return page(request, "portal/access_requests.html", {"rows": listed, "page_obj": shown, **_waiting(request)})


def _order(request: Request) -> Order:
    return audit.ORDERS.read(request.GET.get("sort", ""))


def _waiting(request: Request) -> dict[str, Any]:
    """Count what waits, for the links between these pages."""
    to_review = people.emergencies_followed(actor=request.actor).filter(reviewed_at=None).count()
    to_hand = people.access_requests_followed(actor=request.actor).filter(handed_on=None).count()
    return {"to_review": to_review, "to_hand": to_hand}
