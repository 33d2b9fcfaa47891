"""Leases: the list, and one of them. Signing and undoing are journeys: they change where people live."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chezsoi import trail
from chezsoi.files.exports import MOST_LINES, taken_away
from chezsoi.homes import wording
from chezsoi.tenancies import queries, tables
from chezsoi.tenancies.forms import VoidLease
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

PER_PAGE = 50


@allow(Can.SEE_LEASES)
@require_safe
def leases(request: Request) -> HttpResponse:
    order = queries.ORDERS.read(request.GET.get("sort", ""))
    shown = Paginator(queries.leases(actor=request.actor, order=order), PER_PAGE).get_page(request.GET.get("page"))
    trail.record(request.actor, "tenancies.leases.read", detail={"leases": [row.pk for row in shown.object_list]})
    context = {"page_obj": shown, "table": tables.leases(shown.object_list, order=order)}
    return page(request, "tenancies/leases.html", context)


@allow(Can.SEE_LEASES)
@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    rows = queries.leases(actor=request.actor, order=queries.ORDERS.read(request.GET.get("sort", "")))[:MOST_LINES]
    detail = {"leases": [row.pk for row in rows], "written_as": kind}
    trail.record(request.actor, "tenancies.leases.exported", detail=detail)
    return taken_away(*tables.exported(rows), name=_("leases"), written_as=kind, on=timezone.localdate())


@allow(Can.SEE_LEASES)
@require_safe
def lease(request: Request, pk: int) -> HttpResponse:
    found = queries.lease(pk, actor=request.actor)
    trail.record(request.actor, "tenancies.lease.read", found)
    may_undo = found.is_in_force and request.actor.may(Can.UNDO_LEASE)
    context = {
        "lease": found,
        "state": tables.state(found),
        "place": wording.placed(found.dwelling),
        "facts": tables.facts(found),
        "form": VoidLease() if may_undo else None,
    }
    return page(request, "tenancies/lease.html", context)
