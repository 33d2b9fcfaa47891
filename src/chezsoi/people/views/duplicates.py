"""Pairs that may be one person, side by side."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from chezsoi.people import actions, queries
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

PER_PAGE = 20
TEMPLATE = "people/duplicates.html"


@allow(Can.REVIEW_DUPLICATES)
@require_safe
def duplicates(request: Request) -> HttpResponse:
    today = timezone.localdate()
    rows = queries.duplicates_waiting(actor=request.actor, on=today)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    pairs = queries.pair_cards(list(shown.object_list), actor=request.actor, on=today)
    actions.note_pairs_read(actor=request.actor, pairs=[pair.pk for pair in pairs])
    return page(request, TEMPLATE, {"pairs": pairs, "page_obj": shown, "count": shown.paginator.count}, part="pairs")


@allow(Can.REVIEW_DUPLICATES)
@require_POST
def judge(request: Request, pk: int) -> HttpResponse:
    pair = queries.duplicate(pk, actor=request.actor)
    try:
        actions.judge_duplicate(actor=request.actor, pair=pair, judgement=request.POST.get("judgement", ""))
    except actions.NotAJudgement:
        return redirect("people:duplicates")
    return redirect("people:duplicates")
