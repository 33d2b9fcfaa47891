"""Turn a vacancy over to one holder at a time: it proposes a household, hands the home back, or lets the day pass."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from chezsoi import trail
from chezsoi.allocation import queries
from chezsoi.allocation.actions import drawing
from chezsoi.allocation.actions.drawing import File, Lined
from chezsoi.allocation.choices import AskState, HandBackReason, RoundState, SittingState, TurnState
from chezsoi.allocation.models import Candidacy, Examination, FlowExit, HolderProposal, HomeAsk, Round, Turn
from chezsoi.allocation.models.holders import OUT_OF_IT
from chezsoi.allocation.models.refusals import is_off_the_list
from chezsoi.allocation.motives import check_words
from chezsoi.homes import actions as homes
from chezsoi.homes.choices import ReservationHolder, Stock
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, authorize, consequences_of

NEXT_TURN = "next turn of a vacancy"


class NotInTheFlow(Exception):
    """The home is private, or its landlord is not known here: no agreement shares it."""


class OutOfTheFlow(Exception):
    """The home is kept out of the flow: put it back first."""


class HomeNotVacant(Exception):
    """The home is let, blocked, withdrawn, or off the list until a day."""


class AnotherTurn(Exception):
    """A turn of this home is under way."""


class NoPrefectHere(Exception):
    """No agreement covers the home, and no State service works here to be asked."""


class TurnOver(Exception):
    """The turn is over: it was answered, has lapsed or was taken back."""


class NoSearchDrawn(Exception):
    """No search was drawn for this home: there is nobody to propose yet."""


class DoesNotFit(Exception):
    """The search did not find the household fit for this home, or did not examine it."""


class SeeksNoHome(Exception):
    """The household asked for a pause, holds a home, or its request or its file is over."""


class TooLateToPropose(Exception):
    """The commission has closed its sitting on this home."""


class ProposedAlready(Exception):
    """The holder proposed this household at this turn."""


class StillACandidate(Exception):
    """A household proposed at this turn is still a candidate."""


class SomebodyProposed(Exception):
    """A household was proposed at this turn: it is not taken back."""


@transaction.atomic
def turn_over(*, actor: Actor, offer: Offer, on: date) -> Turn:
    """
    Turn a vacancy over to whoever the published rule names, until its last day to answer.

    :raises NotInTheFlow: if the home is private, or its landlord is not known.
    :raises OutOfTheFlow: if it is kept out of the flow.
    :raises HomeNotVacant: if it is not on offer.
    :raises AnotherTurn: if a turn is under way.
    :raises NoPrefectHere: if the turn is the prefect's and no State service works here.
    """
    authorize(actor, Can.MANAGE_FLOW, offer)
    held = drawing.lock(offer, actor=actor)
    owner = held.dwelling.owner
    if held.dwelling.stock != Stock.SOCIAL or owner is None or owner.organisation is None:
        raise NotInTheFlow
    if FlowExit.objects.filter(offer=held, cancelled_on=None).exists():
        raise OutOfTheFlow
    if not held.is_open or is_off_the_list(held, on=on):
        raise HomeNotVacant
    chosen = queries.next_turn(held, on=on, actor=actor)
    if chosen is None:
        raise NoPrefectHere
    is_own = chosen.kind == ReservationHolder.LANDLORD
    turn = Turn(
        offer=held,
        landlord=owner.organisation,
        holder=chosen.holder,
        kind=chosen.kind,
        agreement=chosen.agreement,
        turned_on=on,
        due_on=chosen.due_on,
        state=TurnState.OWN if is_own else TurnState.RUNNING,
        facts=chosen.facts,
    )
    try:
        with transaction.atomic():
            turn.save()
    except IntegrityError as under_way:
        raise AnotherTurn from under_way
    homes.reserve_offer(actor=actor, offer=held, holder=chosen.kind, organisation=None if is_own else chosen.holder)
    trail.record(actor, "allocation.turn.given", turn, detail={"rule": chosen.facts["rule"]})
    return turn


@transaction.atomic
def hand_back(*, actor: Actor, turn: Turn, reason: HandBackReason, on: date, words: str = "") -> Turn:
    """
    Hand a vacancy back, with the reason; it goes to the next at once.

    :raises TurnOver: if it is not this holder's to propose.
    :raises ForbiddenMotive, SetsACondition: if the words are never a reason.
    """
    authorize(actor, Can.ANSWER_TURN, turn)
    check_words(words)
    held = _lock(turn, TurnState.RUNNING)
    held.reason, held.words = reason, words.strip()
    return _end(actor, held, TurnState.HANDED_BACK, day=on, on=on)


@transaction.atomic
def propose(*, actor: Actor, turn: Turn, household: Household, on: date, ask: HomeAsk | None = None) -> HolderProposal:
    """
    Propose a household at one's turn: a candidate of the search, who keeps the rank the search gave it.

    One that the search found fit without listing it becomes a candidate, at its own rank: nobody is passed over, and
    the commission decides.

    :raises TurnOver: if it is not this holder's turn.
    :raises NoSearchDrawn: if no search was drawn for the home.
    :raises HomeNotVacant: if the home was let or withdrawn since.
    :raises DoesNotFit: if the search did not find the household fit.
    :raises SeeksNoHome: if it has a home or, without being a candidate, asked for a pause.
    :raises TooLateToPropose: if the commission has closed its sitting.
    :raises ProposedAlready: if it proposed this household before.
    """
    authorize(actor, Can.ANSWER_TURN, turn)
    held = _lock(turn, TurnState.RUNNING, TurnState.PROPOSED)
    if not held.offer.is_open:
        raise HomeNotVacant
    candidacy = _candidacy(actor, held, household, on)
    if HolderProposal.objects.filter(turn=held, candidacy=candidacy).exists():
        raise ProposedAlready
    made = HolderProposal.objects.create(turn=held, candidacy=candidacy, ask=ask, proposed_on=on)
    held.state = TurnState.PROPOSED
    held.save(update_fields=["state"])
    asked = HomeAsk.objects.filter(household=household, holder=held.holder_id, state=AskState.AWAITS)
    asked.update(state=AskState.PROPOSED, answered_on=on)
    trail.record(actor, "allocation.turn.proposed", candidacy, detail={"turn": held.pk})
    return made


@transaction.atomic
def pass_on(*, actor: Actor, turn: Turn, on: date) -> Turn:
    """
    Turn a vacancy over to the next once nobody proposed is a candidate any more.

    :raises TurnOver: if nobody was proposed at this turn, or it is over.
    :raises StillACandidate: if somebody proposed may still be housed there, or is.
    """
    authorize(actor, Can.MANAGE_FLOW, turn.offer)
    held = _lock(turn, TurnState.PROPOSED)
    if held.proposals.exclude(candidacy__state__in=OUT_OF_IT).exists():
        raise StillACandidate
    return _end(actor, held, TurnState.FRUITLESS, day=on, on=on)


@transaction.atomic
def take_turn_back(*, actor: Actor, turn: Turn, on: date) -> Turn:
    """
    Undo a turn given by mistake: it is counted to nobody, and the home is to be turned over again.

    :raises SomebodyProposed: if a household was proposed.
    :raises TurnOver: if it is over.
    """
    authorize(actor, Can.MANAGE_FLOW, turn.offer)
    if turn.state == TurnState.PROPOSED:
        raise SomebodyProposed
    held = _lock(turn, TurnState.RUNNING, TurnState.OWN)
    held.state, held.ended_on = TurnState.TAKEN_BACK, on
    held.save(update_fields=["state", "ended_on"])
    homes.reserve_offer(actor=actor, offer=held.offer, holder=ReservationHolder.NONE, organisation=None)
    trail.record(actor, "allocation.turn.taken_back", held)
    return held


@transaction.atomic
def lapse_turns(*, actor: Actor, on: date) -> tuple[Turn, ...]:
    """Note the turns whose last day has passed, and turn each home still vacant over to the next; run twice, once."""
    authorize(actor, Can.MANAGE_FLOW)
    late = Turn.objects.select_for_update(of=("self",)).filter(
        state=TurnState.RUNNING, due_on__lt=on, offer__dwelling__territory_id__in=actor.territory_ids
    )
    found = tuple(late.select_related("offer__dwelling__owner__organisation").order_by("pk"))
    for turn in found:
        _end(actor, turn, TurnState.LAPSED, day=_day_after_the_last(turn), on=on)
    return found


def _end(actor: Actor, turn: Turn, state: TurnState, *, day: date, on: date) -> Turn:
    """End a turn on a day, and give the next one; nobody's turn it is if the home is vacant or shared no more."""
    turn.state, turn.ended_on = state, day
    turn.save(update_fields=["state", "ended_on", "reason", "words"])
    trail.record(actor, f"allocation.turn.{state}", turn)
    offer = Offer.objects.select_related("dwelling").get(pk=turn.offer_id)
    program = consequences_of(actor, NEXT_TURN, Can.MANAGE_FLOW)
    try:
        turn_over(actor=program, offer=offer, on=on)
    except (HomeNotVacant, NotInTheFlow, OutOfTheFlow):
        homes.reserve_offer(actor=program, offer=offer, holder=ReservationHolder.NONE, organisation=None)
    return turn


def _day_after_the_last(turn: Turn) -> date:
    last: date = turn.due_on  # type: ignore[assignment]  # a running turn has one: the database says so
    return last + timedelta(days=1)


def _lock(turn: Turn, *states: TurnState) -> Turn:
    rows = Turn.objects.select_for_update(of=("self",)).select_related("offer__dwelling")
    held = rows.get(pk=turn.pk)
    if held.state not in states:
        raise TurnOver
    return held


def _candidacy(actor: Actor, turn: Turn, household: Household, on: date) -> Candidacy:
    """Give the candidacy of a household for a home, made from what the search found when it was not listed."""
    round_ = Round.objects.filter(offer=turn.offer_id, state=RoundState.DRAWN).select_related("offer__dwelling").first()
    if round_ is None:
        raise NoSearchDrawn
    if Round.objects.filter(pk=round_.pk, item__sitting__state=SittingState.CLOSED).exists():
        raise TooLateToPropose
    known = Candidacy.objects.filter(round=round_, household=household).first()
    if not queries.seeks_a_home(household, on=on, actor=actor, is_candidate=known is not None):
        raise SeeksNoHome
    if known is not None:
        if known.state in OUT_OF_IT:
            raise DoesNotFit
        return known
    found = Examination.objects.filter(round=round_, household=household, rank__isnull=False).first()
    if found is None or found.rank is None:
        raise DoesNotFit
    lined = Lined(file=File(pk=household.pk, is_closed=False), rank=found.rank, points=found.points)
    drawing.write_candidacies(round_, [lined], actor=consequences_of(actor, "proposal of a holder", Can.RUN_ROUND))
    return Candidacy.objects.get(round=round_, household=household)
