"""Sittings: the agenda, who is there, what is decided, the minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chezsoi import trail
from chezsoi.allocation import actions, forms, letters, queries, tables
from chezsoi.allocation.choices import CandidacyState, SittingState
from chezsoi.allocation.models import Candidacy, Sitting
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.files.exports import MOST_LINES, taken_away
from chezsoi.homes import wording as homes
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page
from chezsoi.ui.shapes import Kind, Tag

PER_PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCard:
    """A candidate in the commission room: its line, its decision or the form to take it, and what comes next."""

    line: queries.Line
    tag: Tag | None
    form: forms.Decision | None
    may_offer: bool
    is_next: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCard:
    """A home on the table."""

    item: queries.Item
    title: str
    quorum: Tag
    candidates: list[CandidateCard]
    recusal: forms.Recusal | None


@allow(Can.SEE_COMMISSION)
@require_safe
def sittings(request: Request) -> HttpResponse:
    order = queries.SITTING_ORDERS.read(request.GET.get("sort", ""))
    shown = Paginator(queries.sittings(actor=request.actor, order=order), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "table": tables.sittings(shown.object_list, order=order),
        "page_obj": shown,
        "may_prepare": request.actor.may(Can.PREPARE_COMMISSION),
    }
    return page(request, "allocation/sittings.html", context)


@allow(Can.SEE_COMMISSION)
@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    order = queries.SITTING_ORDERS.read(request.GET.get("sort", ""))
    rows = queries.sittings(actor=request.actor, order=order)[:MOST_LINES]
    detail = {"sittings": [row.pk for row in rows], "written_as": kind}
    trail.record(request.actor, "allocation.sittings.exported", detail=detail)
    return taken_away(*tables.sittings_exported(rows), name=_("sittings"), written_as=kind, on=timezone.localdate())


@allow(Can.PREPARE_COMMISSION)
@require_http_methods(["GET", "POST"])
def call(request: Request) -> HttpResponse:
    form = forms.Call(request.POST or None, commissions=queries.commissions(actor=request.actor))
    if form.is_valid():
        try:
            sitting = actions.call_sitting(actor=request.actor, **form.cleaned_data)
        except REFUSED as refusal:
            form.add_error("held_on", sentence(refusal))
        else:
            return redirect("allocation:sitting", sitting.pk)
    return page(request, "allocation/call.html", {"form": form})


@allow(Can.SEE_COMMISSION)
@require_safe
def sitting(request: Request, sitting_id: int) -> HttpResponse:
    found = queries.sitting(sitting_id, actor=request.actor)
    trail.record(request.actor, "allocation.sitting.read", found)
    return _room(request, found)


@allow(Can.RECORD_DECISION)
@require_POST
def attendance(request: Request, sitting_id: int) -> HttpResponse:
    found = queries.sitting(sitting_id, actor=request.actor)
    form = forms.Attendance(request.POST, seated=queries.seated(found, actor=request.actor))
    if not form.is_valid():
        messages.error(request, _("Nothing was written: somebody ticked does not sit in this commission that day."))
        return redirect("allocation:sitting", found.pk)
    try:
        actions.record_attendance(actor=request.actor, sitting=found, members=forms.chosen(form))
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    return redirect("allocation:sitting", found.pk)


@allow(Can.SEE_COMMISSION)
@require_POST
def recuse(request: Request, item_id: int) -> HttpResponse:
    item = queries.item(item_id, actor=request.actor)
    form = forms.Recusal(request.POST, seated=queries.seated(item.sitting, actor=request.actor), item=item)
    if not form.is_valid():
        messages.error(request, _("Nothing was written: choose a member and say which conflict of interest."))
        return redirect("allocation:sitting", item.sitting_id)
    try:
        actions.recuse(actor=request.actor, item=item, **form.cleaned_data)
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    return redirect("allocation:sitting", item.sitting_id)


@allow(Can.RECORD_DECISION)
@require_POST
def decide(request: Request, item_id: int, candidacy_id: int) -> HttpResponse:
    item = queries.item(item_id, actor=request.actor)
    candidacy = queries.candidacy(candidacy_id, actor=request.actor)
    form = forms.Decision(request.POST, candidacy_id=candidacy.pk)
    if form.is_valid():
        try:
            actions.decide(
                actor=request.actor, item=item, candidacy=candidacy, verdict=form.verdict(), on=timezone.localdate()
            )
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            return redirect("allocation:sitting", item.sitting_id)
    return _room(request, queries.sitting(item.sitting_id, actor=request.actor), refused={candidacy.pk: form})


@allow(Can.RECORD_DECISION)
@require_POST
def close(request: Request, sitting_id: int) -> HttpResponse:
    found = queries.sitting(sitting_id, actor=request.actor)
    try:
        actions.close_sitting(actor=request.actor, sitting=found)
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    return redirect("allocation:sitting", found.pk)


@allow(Can.SEE_COMMISSION)
@require_safe
def minutes(request: Request, sitting_id: int) -> HttpResponse:
    found = queries.sitting(sitting_id, actor=request.actor)
    trail.record(request.actor, "allocation.minutes.read", found)
    pdf = letters.minutes(found, lang=get_language() or "fr", actor=request.actor)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="minutes-{found.held_on}.pdf"'},
    )


def _room(request: Request, found: Sitting, *, refused: dict[int, forms.Decision] | None = None) -> HttpResponse:
    seated = queries.seated(found, actor=request.actor)
    records = request.actor.may(Can.RECORD_DECISION)
    is_open = found.state == SittingState.OPEN
    cards = [_home(request, each, refused or {}) for each in queries.agenda(found, actor=request.actor)]
    context = {
        "sitting": found,
        "state": Tag(label=str(found.get_state_display()), kind=tables.SITTING_KINDS[SittingState(found.state)]),
        "seated": seated,
        "attendance": forms.Attendance(seated=seated) if records and found.state != SittingState.CLOSED else None,
        "homes": _with_next(cards),
        "may_close": records and is_open,
        "is_closed": found.state == SittingState.CLOSED,
    }
    return page(request, "allocation/sitting.html", context)


def _with_next(cards: list[HomeCard]) -> list[HomeCard]:
    """Mark the first home that waits to be offered: a page has one main button, the other homes come after."""
    waiting = next((one for card in cards for one in card.candidates if one.may_offer), None)
    return [
        replace(card, candidates=[replace(one, is_next=one is waiting) for one in card.candidates]) for card in cards
    ]


def _home(request: Request, each: queries.Item, refused: dict[int, forms.Decision]) -> HomeCard:
    kind = Kind.HOME if each.is_quorate else Kind.STOP
    said = _("quorum: %(voting)s of %(quorum)s") % {"voting": each.voting, "quorum": each.quorum}
    sitting = each.item.sitting
    may_leave = request.actor.may(Can.RECORD_DECISION) or request.actor.may(Can.VOTE)
    first = queries.next_rank(each.item, actor=request.actor)
    return HomeCard(
        item=each,
        title=homes.title(each.item.round.offer.dwelling),
        quorum=Tag(label=said, kind=kind),
        candidates=[_candidate(request, each, line, first, refused) for line in each.lines],
        recusal=forms.Recusal(seated=queries.seated(sitting, actor=request.actor), item=each.item)
        if may_leave and sitting.state == SittingState.OPEN
        else None,
    )


def _candidate(
    request: Request,
    each: queries.Item,
    line: queries.Line,
    first: Candidacy | None,
    refused: dict[int, forms.Decision],
) -> CandidateCard:
    candidacy = line.candidacy
    records = request.actor.may(Can.RECORD_DECISION)
    form = None
    if candidacy and line.decision is None and records and each.item.sitting.state == SittingState.OPEN:
        form = refused.get(candidacy.pk) or forms.Decision(candidacy_id=candidacy.pk)
    is_closed = each.item.sitting.state == SittingState.CLOSED
    state = CandidacyState(candidacy.state) if candidacy else CandidacyState.PROPOSED
    tag = tables.decided(line.decision) if line.decision else None
    if state not in {CandidacyState.PROPOSED, CandidacyState.DECIDED}:
        tag = Tag(label=str(state.label), kind=tables.CANDIDACY_KINDS[state])
    return CandidateCard(
        line=line,
        tag=tag,
        form=form,
        may_offer=bool(records and is_closed and first and candidacy and first.pk == candidacy.pk),
    )
