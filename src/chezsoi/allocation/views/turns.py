"""The turns of one vacancy: whose it is and why, what the holder answers, what keeps it out of the flow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chezsoi.allocation import actions, queries
from chezsoi.allocation.choices import FlowExitReason, HandBackReason, TurnState
from chezsoi.allocation.forms import reservations as forms
from chezsoi.allocation.models import Turn
from chezsoi.allocation.tables import reservations as tables
from chezsoi.allocation.views.refusals import REFUSED, sentence
from chezsoi.homes import queries as homes
from chezsoi.homes import wording
from chezsoi.homes.choices import Stock
from chezsoi.homes.models import Offer
from chezsoi.territories.access import Can, Request, allow
from chezsoi.ui.responses import page


@allow(Can.SEE_HOMES)
@require_safe
def turns(request: Request, offer_id: int) -> HttpResponse:
    return _shown(request, homes.offer(offer_id, actor=request.actor))


def _shown(
    request: Request, offer: Offer, *, proposal: forms.Proposal | None = None, hand_back: forms.HandBack | None = None
) -> HttpResponse:
    """Show the turns of a vacancy, with the form that was refused as it was typed."""
    actor, today = request.actor, timezone.localdate()
    given = list(queries.turns_of(offer, actor=actor))
    running = next((row for row in given if row.is_active), None)
    out = queries.exit_of(offer, actor=actor)
    landlord_id = offer.dwelling.owner.organisation_id if offer.dwelling.owner else None
    is_shared = offer.dwelling.stock == Stock.SOCIAL and landlord_id is not None
    may_manage = is_shared and actor.may(Can.MANAGE_FLOW) and landlord_id == actor.organisation_id
    is_next = is_shared and offer.is_open and running is None and out is None
    following = queries.next_turn(offer, on=today, actor=actor) if is_next else None
    proposals = list(queries.proposals_of(queries.turns_of(offer, actor=actor), actor=actor))
    context = {
        "offer": offer,
        "title": wording.named(offer.dwelling, offer.known_address),
        "turns": [
            (row, tables.why(row), tables.state(row, on=today), [each for each in proposals if each.turn_id == row.pk])
            for row in given
        ],
        "running": running,
        "out": out,
        "is_shared": is_shared,
        "is_next": is_next,
        "next": following,
        "next_why": tables.why(following) if following else "",
        "may_manage": may_manage,
        "exit_form": forms.OutOfFlow(),
        **_answer(request, running, proposal, hand_back),
    }
    return page(request, "allocation/turns.html", context, status=422 if proposal or hand_back else 200)


@allow(Can.MANAGE_FLOW)
@require_POST
def turn_over(request: Request, offer_id: int) -> HttpResponse:
    offer = homes.offer(offer_id, actor=request.actor)

    def act() -> str:
        turn = actions.turn_over(actor=request.actor, offer=offer, on=timezone.localdate())
        return _("The turn is %(holder)s's.") % {"holder": turn.holder.name}

    return _done(request, act, offer)


@allow(Can.MANAGE_FLOW)
@require_POST
def take_out(request: Request, offer_id: int) -> HttpResponse:
    offer = homes.offer(offer_id, actor=request.actor)
    form = forms.OutOfFlow(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was changed: choose why the home is not shared."))
        return redirect("allocation:turns", offer.pk)
    reason = FlowExitReason(form.cleaned_data["reason"])

    def act() -> str:
        actions.take_out_of_flow(actor=request.actor, offer=offer, reason=reason, on=timezone.localdate())
        return _("The home is out of the flow, and counts for nobody.")

    return _done(request, act, offer)


@allow(Can.MANAGE_FLOW)
@require_POST
def put_back(request: Request, offer_id: int) -> HttpResponse:
    offer = homes.offer(offer_id, actor=request.actor)

    def act() -> str:
        actions.put_back_in_flow(actor=request.actor, offer=offer, on=timezone.localdate())
        return _("The home is in the flow again.")

    return _done(request, act, offer)


@allow(Can.MANAGE_FLOW)
@require_POST
def pass_on(request: Request, turn_id: int) -> HttpResponse:
    turn = queries.turn(turn_id, actor=request.actor)

    def act() -> str:
        actions.pass_on(actor=request.actor, turn=turn, on=timezone.localdate())
        return _("Written down: the home goes to the next.")

    return _done(request, act, turn.offer)


@allow(Can.MANAGE_FLOW)
@require_POST
def take_back(request: Request, turn_id: int) -> HttpResponse:
    turn = queries.turn(turn_id, actor=request.actor)

    def act() -> str:
        actions.take_turn_back(actor=request.actor, turn=turn, on=timezone.localdate())
        return _("Taken back: it counts for nobody.")

    return _done(request, act, turn.offer)


@allow(Can.ANSWER_TURN)
@require_POST
def hand_back(request: Request, turn_id: int) -> HttpResponse:
    turn, form = queries.turn(turn_id, actor=request.actor), forms.HandBack(request.POST)
    if form.is_valid():
        reason, words = HandBackReason(form.cleaned_data["reason"]), form.cleaned_data["words"]
        try:
            actions.hand_back(actor=request.actor, turn=turn, reason=reason, on=timezone.localdate(), words=words)
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Handed back: the home goes to the next. Your share is counted as given."))
            return redirect("allocation:reservations")
    return _shown(request, homes.offer(turn.offer_id, actor=request.actor), hand_back=form)


@allow(Can.ANSWER_TURN)
@require_POST
def propose(request: Request, turn_id: int) -> HttpResponse:
    turn, today = queries.turn(turn_id, actor=request.actor), timezone.localdate()
    proposable = queries.proposable(turn, on=today, actor=request.actor)
    form = forms.Proposal(request.POST, proposable=proposable)
    if form.is_valid():
        try:
            actions.propose(actor=request.actor, turn=turn, household=form.chosen, on=today)
        except REFUSED as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Proposed, at the rank the search gave. The commission decides."))
            return redirect("allocation:turns", turn.offer_id)
    return _shown(request, homes.offer(turn.offer_id, actor=request.actor), proposal=form)


def _answer(
    request: Request, running: Turn | None, proposal: forms.Proposal | None, hand_back: forms.HandBack | None
) -> dict[str, Any]:
    """Give the forms of the holder whose turn it is, what was refused as it was typed; to others the refusal alone."""
    is_mine = running is not None and running.holder_id == request.actor.organisation_id
    if not is_mine or running is None or not request.actor.may(Can.ANSWER_TURN) or running.state == TurnState.OWN:
        for form in (proposal, hand_back):
            for said in form.non_field_errors() if form else ():
                messages.error(request, str(said))
        return {"proposal": None, "hand_back": None}
    proposable = queries.proposable(running, on=timezone.localdate(), actor=request.actor)
    may_hand_back = running.state == TurnState.RUNNING
    return {
        "proposal": proposal or forms.Proposal(proposable=proposable),
        "hand_back": hand_back or (forms.HandBack() if may_hand_back else None),
        "has_somebody": bool(proposable),
    }


def _done(request: Request, act: Callable[[], str], offer: Offer) -> HttpResponse:
    try:
        messages.success(request, act())
    except REFUSED as refusal:
        messages.error(request, sentence(refusal))
    return redirect("allocation:turns", offer.pk)
