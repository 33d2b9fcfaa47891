"""The room where a commission decides: nobody is named before it unless somebody asks, on a screen of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from chezsoi import trail
from chezsoi.allocation import forms, queries, tables, wording
from chezsoi.allocation.choices import REFUSES_THE_HOME, CandidacyState, SittingState
from chezsoi.allocation.forms.adjourning import Adjourning
from chezsoi.allocation.models import Candidacy, Sitting
from chezsoi.allocation.tables import outlays as outlay_tables
from chezsoi.homes import wording as homes
from chezsoi.law.commission import CommissionKind, commission_rules_on
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page
from chezsoi.ui.shapes import Kind, Tag
from chezsoi.ui.typography import ordinal

NUMBERS = "room_numbers"
SHOW = "show"


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCard:
    """A candidate in the commission room: its line, its decision or the form to take it, and what comes next."""

    line: queries.Line
    name: str
    says: str
    votes: str
    cost: str
    tag: Tag | None
    form: forms.Decision | None
    may_offer: bool
    letter: str = ""
    is_next: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCard:
    """A home on the table."""

    item: queries.Item
    title: str
    quorum: Tag
    candidates: list[CandidateCard]
    recusal: forms.Recusal | None
    adjourning: Adjourning | None
    has_lost_quorum: bool
    if_refused: str
    is_shown: bool = False


@allow(Can.PREPARE_COMMISSION)
@require_POST
def numbers(request: Request, sitting_id: int) -> HttpResponse:
    """Show the file numbers of one sitting on this person's screen, or put the letters back."""
    found = queries.sitting(sitting_id, actor=request.actor)
    is_shown = request.POST.get("numbers") == SHOW
    if is_shown:
        request.session[NUMBERS] = found.pk
    else:
        request.session.pop(NUMBERS, None)
    trail.record(request.actor, f"allocation.numbers.{'shown' if is_shown else 'hidden'}", found)
    return redirect("allocation:sitting", found.pk)


@allow(Can.SEE_COMMISSION)
@require_safe
def projector(request: Request, sitting_id: int, place: int) -> HttpResponse:
    """Show one home at a time, large, without a form, a name or a number."""
    found = queries.sitting(sitting_id, actor=request.actor)
    agenda = queries.agenda(found, actor=request.actor, before_the_room=True)
    if not 1 <= place <= max(1, len(agenda)):
        raise Http404
    trail.record(request.actor, "allocation.sitting.projected", found, detail={"place": place})
    context = {
        "sitting": found,
        "home": home_card(request, agenda[place - 1]) if agenda else None,
        "place": place,
        "homes": len(agenda),
        "before": _projected(found, place - 1) if place > 1 else "",
        "after": _projected(found, place + 1) if place < len(agenda) else "",
    }
    return page(request, "allocation/projector.html", context)


def _projected(sitting: Sitting, place: int) -> str:
    return reverse("allocation:projector", args=[sitting.pk, place])


def whole(request: Request, found: Sitting, *, refused: dict[int, forms.Decision] | None = None) -> HttpResponse:
    """Show the whole table of a sitting, with what the reader may do there."""
    seated = queries.seated(found, actor=request.actor)
    records = request.actor.may(Can.RECORD_DECISION)
    is_open = found.state == SittingState.OPEN
    may_name = request.actor.may(Can.PREPARE_COMMISSION)
    shown = may_name and request.session.get(NUMBERS) == found.pk
    agenda = queries.agenda(found, actor=request.actor, before_the_room=not shown)
    held = [line.candidacy for each in agenda for line in each.lines if line.candidacy is not None]
    bands = queries.outlay_bands(held, on=timezone.localdate(), actor=request.actor)
    cards = [home_card(request, each, refused, bands, shows_numbers=shown) for each in agenda]
    context = {
        "sitting": found,
        "bases": outlay_tables.bases_of(list(bands.values())),
        "state": Tag(label=str(found.get_state_display()), kind=tables.SITTING_KINDS[SittingState(found.state)]),
        "seated": seated,
        "attendance": forms.Attendance(seated=seated) if records and found.state != SittingState.CLOSED else None,
        "homes": _with_next(_with_shown(cards, found, request)),
        "may_name": may_name,
        "shows_numbers": shown,
        "may_leave": records and is_open,
        "adjourned": queries.adjourned(found, actor=request.actor),
        "may_close": records and is_open,
        "is_closed": found.state == SittingState.CLOSED,
    }
    return page(request, "allocation/sitting.html", context)


def _if_refused(request: Request, each: queries.Item) -> str:
    """Give where the joint round of a home says what a refusal of its first would change: a search, made when asked."""
    joint_id, is_room = each.item.round.joint_id, each.item.round.offer.dwelling.shared_home_id is not None
    if joint_id is None or is_room or not request.actor.may(Can.SEE_SHORTLIST):
        return ""
    return f"{reverse('allocation:joint', args=[joint_id])}?refused={each.item.round_id}#refused"


def breaks_ties(sitting: Sitting) -> bool:
    """Tell whether somebody has a casting vote in a commission of this kind."""
    return commission_rules_on(sitting.held_on, kind=CommissionKind(sitting.commission.kind)).casting_vote is not None


def _with_shown(cards: list[HomeCard], found: Sitting, request: Request) -> list[HomeCard]:
    """Mark the home before the room."""
    before = queries.item_before_the_room(found, actor=request.actor)
    return [replace(card, is_shown=card.item.item == before) for card in cards]


def _with_next(cards: list[HomeCard]) -> list[HomeCard]:
    """Mark the first home that waits to be offered: a page has one main button, the other homes come after."""
    waiting = next((one for card in cards for one in card.candidates if one.may_offer), None)
    return [
        replace(card, candidates=[replace(one, is_next=one is waiting) for one in card.candidates]) for card in cards
    ]


def home_card(
    request: Request,
    each: queries.Item,
    refused: dict[int, forms.Decision] | None = None,
    bands: dict[int, queries.OutlayBand] | None = None,
    *,
    shows_numbers: bool = False,
) -> HomeCard:
    """Give a home as its table shows it; with nothing more said, as anybody in the room may read it."""
    refused, bands = refused or {}, bands or {}
    kind = Kind.HOME if each.is_quorate else Kind.STOP
    said = _("quorum: %(voting)s of %(quorum)s") % {"voting": each.voting, "quorum": each.quorum}
    sitting = each.item.sitting
    may_leave = request.actor.may(Can.RECORD_DECISION) or request.actor.may(Can.VOTE)
    first = queries.next_rank(each.item, actor=request.actor)
    is_open = sitting.state == SittingState.OPEN
    waits = is_open and not each.is_decided
    return HomeCard(
        item=each,
        adjourning=Adjourning(later=queries.later_sittings(sitting, actor=request.actor), item=each.item)
        if waits and request.actor.may(Can.RECORD_DECISION)
        else None,
        if_refused=_if_refused(request, each),
        has_lost_quorum=waits and not each.is_quorate,
        title=homes.title(each.item.round.offer.dwelling),
        quorum=Tag(label=said, kind=kind),
        candidates=[
            replace(
                _candidate(request, each, line, first, refused, shows_numbers=shows_numbers),
                cost=outlay_tables.in_the_room(bands.get(line.candidacy.pk)) if line.candidacy else "",
            )
            for line in each.lines
        ],
        recusal=forms.Recusal(seated=queries.seated(sitting, actor=request.actor), item=each.item)
        if may_leave and is_open
        else None,
    )


def _candidate(
    request: Request,
    each: queries.Item,
    line: queries.Line,
    first: Candidacy | None,
    refused: dict[int, forms.Decision],
    *,
    shows_numbers: bool,
) -> CandidateCard:
    candidacy = line.candidacy
    records = request.actor.may(Can.RECORD_DECISION)
    form = None
    if candidacy and line.decision is None and records and each.item.sitting.state == SittingState.OPEN:
        form = refused.get(candidacy.pk) or forms.Decision(
            candidacy_id=candidacy.pk, breaks_ties=breaks_ties(each.item.sitting)
        )
    is_closed = each.item.sitting.state == SittingState.CLOSED
    state = CandidacyState(candidacy.state) if candidacy else CandidacyState.PROPOSED
    tag = tables.decided(line.decision) if line.decision else None
    if state not in {CandidacyState.PROPOSED, CandidacyState.DECIDED}:
        tag = Tag(label=str(state.label), kind=tables.CANDIDACY_KINDS[state])
    return CandidateCard(
        line=line,
        votes=wording.voted(line.decision) if line.decision else "",
        cost="",
        name=line.file_number if shows_numbers else _("Household %(letter)s") % {"letter": line.letter},
        says=" · ".join(_said(line, shows_numbers=shows_numbers)),
        tag=tag,
        form=form,
        may_offer=bool(records and is_closed and first and candidacy and first.pk == candidacy.pk),
        letter=_refused_in_writing(request, line) if is_closed else "",
    )


def _refused_in_writing(request: Request, line: queries.Line) -> str:
    """Give where the letter of a refusal is printed, for who may print it."""
    is_refused = line.decision is not None and line.decision.kind in REFUSES_THE_HOME
    if not is_refused or line.candidacy is None or not request.actor.may(Can.RECORD_ANSWER):
        return ""
    return reverse("allocation:refusal-letter", args=[line.candidacy.pk])


def _said(line: queries.Line, *, shows_numbers: bool) -> list[str]:
    """Say who a candidate is: its composition, points and wish, who proposes it and, under its number, situation."""
    points = ngettext("%(points)s point", "%(points)s points", line.points) % {"points": line.points}
    wish = [_("%(rank)s wish") % {"rank": ordinal(line.wish_rank)}] if line.wish_rank else []
    proposed = [_("proposed by %(holder)s") % {"holder": holder} for holder in line.proposed_by]
    return [line.composition, *([line.situation] if shows_numbers else []), points, *wish, *proposed]
