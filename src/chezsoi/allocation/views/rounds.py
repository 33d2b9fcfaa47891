"""Rounds: the list, the shortlist with its "why not", the draw, the proof, the way to a commission."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi import trail
from chezsoi.allocation import actions, forms, queries, tables, tasks
from chezsoi.allocation.choices import RoundState
from chezsoi.allocation.models import Round
from chezsoi.allocation.tables import joint as joint_tables
from chezsoi.allocation.tables import outlays as outlay_tables
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.files.exports import MOST_LINES, taken_away
from chezsoi.homes import wording as homes
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

PER_PAGE = 30
JOINT_SHOWN = 10


@allow(Can.SEE_SHORTLIST)
@require_safe
def rounds(request: Request) -> HttpResponse:
    order = queries.ROUND_ORDERS.read(request.GET.get("sort", ""))
    shown = Paginator(queries.rounds(actor=request.actor, order=order), PER_PAGE).get_page(request.GET.get("page"))
    may_answer = request.actor.may(Can.RECORD_ANSWER)
    context = {
        "table": tables.rounds(shown.object_list, order=order),
        "page_obj": shown,
        "waiting": tables.waiting(queries.letters_waiting(actor=request.actor), may_answer=may_answer),
        "may_answer": may_answer,
        "joint": joint_tables.joint_rounds(queries.joint_rounds(actor=request.actor)[:JOINT_SHOWN]),
        "may_run": request.actor.may(Can.RUN_ROUND),
        "may_see_reservations": request.actor.may(Can.SEE_HOMES),
        "may_see_sittings": request.actor.may(Can.SEE_COMMISSION),
    }
    return page(request, "allocation/rounds.html", context)


@allow(Can.SEE_SHORTLIST)
@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    order = queries.ROUND_ORDERS.read(request.GET.get("sort", ""))
    rows = queries.rounds(actor=request.actor, order=order)[:MOST_LINES]
    detail = {"rounds": [row.pk for row in rows], "written_as": kind}
    trail.record(request.actor, "allocation.rounds.exported", detail=detail)
    return taken_away(*tables.rounds_exported(rows), name=_("rounds"), written_as=kind, on=timezone.localdate())


@allow(Can.SEE_SHORTLIST)
@require_safe
def round_(request: Request, round_id: int) -> HttpResponse:
    found = queries.round_(round_id, actor=request.actor)
    actions.note_reading(actor=request.actor, round_=found)
    return page(request, "allocation/round.html", _shortlist(request, found), part="why-not")


@allow(Can.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def draw(request: Request, round_id: int) -> HttpResponse:
    found = queries.round_(round_id, actor=request.actor)
    if found.joint_id is not None:
        return redirect("allocation:draw-joint", found.joint_id)
    form = forms.Draw(request.POST or None)
    if form.is_valid():
        try:
            actions.draw_round(actor=request.actor, round_=found, public=form.public_number(), at=timezone.now())
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            tasks.estimate_here.enqueue(found.territory_id)
            return redirect("allocation:round", found.pk)
    context = {"form": form, "lottery": tables.lottery(found), **_title(found)}
    return page(request, "allocation/draw.html", context)


@allow(Can.SEE_SHORTLIST)
@require_safe
def proof(request: Request, round_id: int) -> HttpResponse:
    found = queries.round_(round_id, actor=request.actor)
    if found.joint_id is not None:
        return redirect("allocation:joint-proof", found.joint_id)
    is_provable = found.state == RoundState.DRAWN and found.facts_erased_on is None
    checked = queries.proof(found, actor=request.actor) if is_provable else None
    return page(request, "allocation/proof.html", {"proof": checked, "lottery": tables.lottery(found), **_title(found)})


@allow(Can.PREPARE_COMMISSION)
@require_http_methods(["GET", "POST"])
def table(request: Request, round_id: int) -> HttpResponse:
    found = queries.round_(round_id, actor=request.actor)
    form = forms.OnTable(request.POST or None, sittings=queries.sittings_to_come(actor=request.actor))
    if form.is_valid():
        sitting = form.cleaned_data["sitting"]
        try:
            actions.put_on_table(
                actor=request.actor,
                sitting=sitting,
                round_=found,
                few_candidates=form.cleaned_data["few_candidates"],
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            return redirect("allocation:sitting", sitting.pk)
    return page(request, "allocation/table.html", {"form": form, **_title(found)})


@allow(Can.RUN_ROUND)
@require_POST
def cancel(request: Request, round_id: int) -> HttpResponse:
    found = queries.round_(round_id, actor=request.actor)
    try:
        actions.cancel_round(actor=request.actor, round_=found, reason=request.POST.get("reason", ""))
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.info(request, _("The round is over. Households keep their place and their points."))
    return redirect("allocation:round", found.pk)


def _outlays(request: Request, lines: Sequence[queries.Line]) -> outlay_tables.Outlays:
    """Read what the worker estimated of the candidates: nothing is computed for a page."""
    held = [line.candidacy for line in lines if line.candidacy is not None]
    found = queries.outlays(held, on=timezone.localdate(), actor=request.actor)
    return outlay_tables.by_candidacy(found)


def _title(found: Round) -> dict[str, Any]:
    return {"round": found, "title": homes.title(found.offer.dwelling), "outlay": found.offer.outlay_per_month}


def _shortlist(request: Request, found: Round) -> dict[str, Any]:
    asked = request.GET.get("file", "").strip()
    lines = queries.candidates(found, actor=request.actor)
    outlays = _outlays(request, lines)
    questions = list(dict.fromkeys(question for line in lines for question in line.questions))
    return {
        **_title(found),
        "tags": tables.tags(found),
        "table": tables.candidates(lines, chosen=asked, outlays=outlays),
        "bases": outlay_tables.bases(outlays),
        "how_many": tables.how_many(len(lines)),
        "is_drawn": found.state == RoundState.DRAWN,
        "is_committed": found.state == RoundState.COMMITTED,
        "asked": asked,
        "why": queries.why(found, asked, actor=request.actor) if asked else None,
        "questions": questions,
        "noes": [line for line in lines if line.candidacy and line.candidacy.state in queries.UNDER_WAY],
        "may_note": request.actor.may(Can.RECORD_ANSWER),
        "lottery": tables.lottery(found),
        "cancellation": forms.Reason(),
        "may_run": request.actor.may(Can.RUN_ROUND),
        "may_prepare": request.actor.may(Can.PREPARE_COMMISSION),
        "item": getattr(found, "item", None),
        "joint": found.joint,
        "sees_joint": found.joint_id in queries.joint_rounds(actor=request.actor).values_list("pk", flat=True),
    }
