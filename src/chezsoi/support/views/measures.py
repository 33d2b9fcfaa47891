"""Support: what there is to do, and the measures."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chezsoi import trail
from chezsoi.files.exports import MOST_LINES, taken_away
from chezsoi.support import actions, queries, tables
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page
from chezsoi.ui.undoing import offer, take_back

PER_PAGE = 50


@allow(Can.SEE_SUPPORT)
@require_safe
def support(request: Request) -> HttpResponse:
    order = queries.ORDERS.read(request.GET.get("sort", ""))
    shown = Paginator(queries.measures(actor=request.actor, order=order), PER_PAGE).get_page(request.GET.get("page"))
    trail.record(request.actor, "support.measures.read", detail={"measures": [row.pk for row in shown.object_list]})
    tasks, handovers, commitments = (
        list(queries.tasks_to_do(actor=request.actor)),
        list(queries.handovers_waiting(actor=request.actor)),
        list(queries.commitments_to_keep(actor=request.actor)),
    )
    context = {
        "tasks": tasks,
        "handovers": handovers,
        "commitments": commitments,
        "to_do": len(tasks) + len(handovers) + len(commitments),
        "today": timezone.localdate(),
        "page_obj": shown,
        "table": tables.measures(shown.object_list, order=order),
        "may_record": request.actor.may(Can.RECORD_SUPPORT),
    }
    return page(request, "support/support.html", context)


@allow(Can.SEE_SUPPORT)
@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    rows = queries.measures(actor=request.actor, order=queries.ORDERS.read(request.GET.get("sort", "")))[:MOST_LINES]
    detail = {"measures": [row.pk for row in rows], "written_as": kind}
    trail.record(request.actor, "support.measures.exported", detail=detail)
    return taken_away(*tables.exported(rows), name=_("support"), written_as=kind, on=timezone.localdate())


@allow(Can.RECORD_SUPPORT)
@require_POST
def complete_task(request: Request, pk: int) -> HttpResponse:
    task = queries.task(pk, actor=request.actor)
    actions.complete_task(actor=request.actor, task=task, done_on=timezone.localdate())
    is_of_a_household = "household" in request.POST
    then = reverse("people:household", args=[task.household_id]) if is_of_a_household else reverse("support:support")
    offer(request, _("Noted as done."), url=reverse("support:reopen-task", args=[pk]), then=then)
    return redirect(then)


@allow(Can.RECORD_SUPPORT)
@require_POST
def reopen_task(request: Request, pk: int) -> HttpResponse:
    task = queries.any_task(pk, actor=request.actor)
    return take_back(
        request,
        lambda: actions.reopen_task(actor=request.actor, task=task),
        refused=actions.TaskNotDone,
        otherwise="support:support",
    )
