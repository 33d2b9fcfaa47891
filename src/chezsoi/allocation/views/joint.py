"""Joint rounds: the homes and whom they are proposed to, why not somebody, what if, the draw, the proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi.allocation import actions, forms, queries, tables, tasks, wording
from chezsoi.allocation.choices import RoundState
from chezsoi.allocation.models import JointAnswer, JointRound, Round
from chezsoi.allocation.tables import joint as shown
from chezsoi.allocation.tables import outlays as outlay_tables
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.engines.matching.joint import HomeGivenTwice, NotPlacedInTime
from chezsoi.homes import wording as homes
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page

PER_PAGE = 10
Found = TypeVar("Found")


@allow(Can.SEE_SHORTLIST)
@require_safe
def joint(request: Request, joint_id: int) -> HttpResponse:
    found = queries.joint_round(joint_id, actor=request.actor)
    actions.note_joint_reading(actor=request.actor, joint=found)
    context = _drawn(request, found) if found.state != RoundState.COMMITTED else _committed(request, found)
    return page(request, "allocation/joint.html", context, part=request.GET.get("part", "answers"))


@allow(Can.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def draw(request: Request, joint_id: int) -> HttpResponse:
    found = queries.joint_round(joint_id, actor=request.actor)
    form = forms.Draw(request.POST or None)
    if form.is_valid():
        try:
            actions.draw_joint_round(actor=request.actor, joint=found, public=form.public_number(), at=timezone.now())
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            tasks.estimate_here.enqueue(found.territory_id)
            return redirect("allocation:joint", found.pk)
    context = {"form": form, "lottery": tables.lottery(found), "joint": found}
    return page(request, "allocation/joint_draw.html", context)


@allow(Can.SEE_SHORTLIST)
@require_safe
def proof(request: Request, joint_id: int) -> HttpResponse:
    found = queries.joint_round(joint_id, actor=request.actor)
    is_provable = found.state == RoundState.DRAWN and found.facts_erased_on is None
    checked = _in_time(request, lambda: queries.joint_proof(found, actor=request.actor)) if is_provable else None
    context = {"proof": checked, "lottery": tables.lottery(found), "joint": found, "round": found}
    return page(request, "allocation/joint_proof.html", context)


@allow(Can.RUN_ROUND)
@require_POST
def cancel(request: Request, joint_id: int) -> HttpResponse:
    found = queries.joint_round(joint_id, actor=request.actor)
    try:
        actions.cancel_joint_round(actor=request.actor, joint=found, reason=request.POST.get("reason", ""))
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.info(request, _("The round is over. Households keep their place and their points."))
    return redirect("allocation:joint", found.pk)


def _common(request: Request, found: JointRound) -> dict[str, Any]:
    return {
        "joint": found,
        "tags": shown.state(found),
        "lottery": tables.lottery(found),
        "cancellation": forms.Reason(),
        "may_run": request.actor.may(Can.RUN_ROUND),
    }


def _committed(request: Request, found: JointRound) -> dict[str, Any]:
    rows = queries.shared_homes(found, actor=request.actor)
    return {**_common(request, found), "titles": [homes.title(row.round.offer.dwelling) for row in rows]}


def _drawn(request: Request, found: JointRound) -> dict[str, Any]:
    rows = queries.shared_homes(found, actor=request.actor)
    asked = request.GET.get("file", "").strip()
    outlays = _outlays(request, rows)
    asked_of = [row.round for row in rows if not _is_room(row)]
    refused = next((each for each in asked_of if str(each.pk) == request.GET.get("refused")), None)
    unproposed = queries.answers(found, actor=request.actor)
    shown_answers = Paginator(unproposed, PER_PAGE).get_page(request.GET.get("page"))
    return {
        **_common(request, found),
        "homes": shown.shared_homes(rows, asked=refused, outlays=outlays) if rows else None,
        "bases": outlay_tables.bases(outlays),
        "how_many": shown.how_many(rows),
        "sharers": shown.sharers(queries.sharers(found, actor=request.actor)),
        "asked": asked,
        "why": _why(request, found, asked) if asked else None,
        "answers": shown.answers(shown_answers.object_list, _reader(request, found)),
        "page_obj": shown_answers,
        "refused": refused,
        "first_refused": _who(rows, refused),
        "choices": [
            (row.round.pk, homes.title(row.round.offer.dwelling)) for row in rows if row.lines and not _is_room(row)
        ],
        "if_refused": _if_refused(request, found, refused),
        "decided": _decided(request, found),
    }


def _outlays(request: Request, rows: tuple[queries.SharedHome, ...]) -> outlay_tables.Outlays:
    """Read what the worker estimated of each home for the household it is proposed to."""
    first = [line.candidacy for row in rows for line in row.lines[:1] if line.candidacy is not None]
    return outlay_tables.by_candidacy(queries.outlays(first, on=timezone.localdate(), actor=request.actor))


def _why(request: Request, found: JointRound, asked: str) -> dict[str, Any] | None:
    answer = queries.answer(found, asked, actor=request.actor)
    if answer is None:
        return None
    proposed = answer.proposed
    return {
        "place": answer.place,
        "points": answer.points,
        "home": homes.title(proposed.offer.dwelling) if proposed else "",
        "round": proposed,
        "said": _said(request, found, answer),
    }


def _said(request: Request, found: JointRound, answer: JointAnswer) -> str:
    if answer.proposed is None:
        return wording.unproposed(answer, _reader(request, found))
    if answer.proposed.offer.dwelling.shared_home_id is None:
        return ""
    return wording.beside(queries.roommates_of(answer, actor=request.actor))


def _is_room(row: queries.SharedHome) -> bool:
    return row.round.offer.dwelling.shared_home_id is not None


def _reader(request: Request, found: JointRound) -> wording.Reader:
    names = territories.communes_of(found.territory, actor=request.actor).values_list("code", "name")
    return wording.Reader(communes=dict(names))


def _who(rows: tuple[queries.SharedHome, ...], refused: Round | None) -> str:
    lines = next((row.lines for row in rows if row.round == refused), ())
    return lines[0].file_number if lines else ""


def _if_refused(request: Request, found: JointRound, refused: Round | None) -> Any:
    if refused is None or found.facts_erased_on is not None:
        return None
    changes = _in_time(request, lambda: queries.if_refused(found, refused, actor=request.actor))
    return None if changes is None else shown.changes(changes)


def _decided(request: Request, found: JointRound) -> Any:
    if found.facts_erased_on is not None or found.state != RoundState.DRAWN:
        return None
    changes = _in_time(request, lambda: queries.after_decisions(found, actor=request.actor))
    return shown.changes(changes) if changes else None


def _in_time(request: Request, search: Callable[[], Found]) -> Found | None:
    """Search again from what was frozen; where it cannot answer, the page says why and shows the rest."""
    try:
        return search()
    except (NotPlacedInTime, HomeGivenTwice) as unanswered:
        messages.warning(request, sentence(unanswered))
        return None
