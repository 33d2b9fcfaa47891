"""What became of what commissions decided: the list, the file, and one page for the next sitting."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chezsoi import trail
from chezsoi.allocation import letters, queries
from chezsoi.allocation.forms.following import FollowedDecisions
from chezsoi.allocation.tables import following as tables
from chezsoi.files.exports import MOST_LINES, taken_away
from chezsoi.law.stalls import decision_is_late_after
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

PER_PAGE = 30


@allow(Can.SEE_COMMISSION)
@require_safe
def decisions(request: Request) -> HttpResponse:
    today, order = timezone.localdate(), queries.FOLLOWED_ORDERS.read(request.GET.get("sort", ""))
    form = FollowedDecisions(request.GET, actor=request.actor)
    rows = queries.decisions_followed(form.wanted(), actor=request.actor, on=today, order=order)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    trail.record(
        request.actor, "allocation.decisions.read", detail={"decisions": [row.pk for row in shown.object_list]}
    )
    context = {
        "form": form,
        "commission": form.asked,
        "counts": queries.follow_ups(actor=request.actor, on=today),
        "days": decision_is_late_after(today),
        "table": tables.decisions(shown.object_list, on=today, actor=request.actor, order=order),
        "how_many": tables.how_many(shown.paginator.count),
        "page_obj": shown,
    }
    return page(request, "allocation/decisions.html", context, part="list")


@allow(Can.SEE_COMMISSION)
@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    today, order = timezone.localdate(), queries.FOLLOWED_ORDERS.read(request.GET.get("sort", ""))
    form = FollowedDecisions(request.GET, actor=request.actor)
    rows = queries.decisions_followed(form.wanted(), actor=request.actor, on=today, order=order)[:MOST_LINES]
    detail = {"decisions": [row.pk for row in rows], "written_as": kind}
    trail.record(request.actor, "allocation.decisions.exported", detail=detail)
    return taken_away(*tables.exported(rows, on=today), name=_("decisions"), written_as=kind, on=today)


@allow(Can.SEE_COMMISSION)
@require_safe
def sheet(request: Request, commission_id: int) -> HttpResponse:
    """Print what has no end yet, of one commission, on one page for its next sitting."""
    found, today = queries.commission(commission_id, actor=request.actor), timezone.localdate()
    trail.record(request.actor, "allocation.decisions.printed", found)
    return HttpResponse(
        letters.follow_up(found, on=today, lang=get_language() or "fr", actor=request.actor),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="decisions-{today}.pdf"'},
    )
