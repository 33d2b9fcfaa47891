"""What passes between those who look for a home and the holders: homes asked for, households proposed at a turn."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from chezsoi.allocation.choices import AskState, CandidacyState, RequestState, RoundState, TurnState
from chezsoi.allocation.models import (
    Candidacy,
    Examination,
    HolderProposal,
    HomeAsk,
    HousingRequest,
    Pause,
    ReservationAgreement,
    Turn,
)
from chezsoi.allocation.models.pauses import running_on
from chezsoi.homes.choices import OfferState
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.territories.models import Organisation, RoleAssignment

_OPEN = (CandidacyState.PROPOSED, CandidacyState.DECIDED)
_AT_WORK = (TurnState.RUNNING, TurnState.PROPOSED)


def asks_of(household: Household, *, actor: Actor) -> QuerySet[HomeAsk]:
    """List the homes asked for one household, the last first."""
    rows = HomeAsk.objects.visible_to(actor).filter(household=household)
    return rows.select_related("holder", "asked_for", "household").order_by("-asked_on", "-pk")


def ask(pk: int, *, actor: Actor) -> HomeAsk:
    """Give one home asked for."""
    rows = HomeAsk.objects.visible_to(actor)
    return rows.select_related("holder", "asked_for", "household__request").get(pk=pk)


def asks_to_answer(*, on: date, actor: Actor) -> QuerySet[HomeAsk]:
    """List the homes asked of the actor's body that await its answer, for who still seeks one, oldest first."""
    if not actor.may("answer_turn"):
        return HomeAsk.objects.none()
    rows = HomeAsk.objects.visible_to(actor).filter(state=AskState.AWAITS, household__in=_seeking(on))
    return rows.select_related("household", "asked_for").order_by("asked_on", "pk")


def holders_to_ask(household: Household, *, on: date, actor: Actor) -> QuerySet[Organisation]:
    """List the bodies that hold reservations here: by an agreement of the year, or with somebody who answers."""
    signed = ReservationAgreement.objects.filter(territory=household.territory_id, year=on.year, ended_on=None)
    answering = RoleAssignment.objects.in_force_on(on).filter(
        role="reservation_agent", territory=household.territory_id
    )
    held = Q(pk__in=signed.values("holder")) | Q(pk__in=answering.values("organisation"))
    return Organisation.objects.filter(held, is_active=True).order_by("name", "pk")


def proposals_of(turns: QuerySet[Turn], *, actor: Actor) -> QuerySet[HolderProposal]:
    """List who was proposed at some turns, among the candidates that exist for the actor."""
    seen = Candidacy.objects.visible_to(actor)
    rows = HolderProposal.objects.filter(turn__in=turns, candidacy__in=seen)
    return rows.select_related("candidacy__household", "turn__holder").order_by("proposed_on", "pk")


def seeks_a_home(household: Household, *, on: date, actor: Actor, is_candidate: bool = False) -> bool:
    """Tell whether a household may be proposed a home: not once it has one, nor in a pause unless it is a candidate."""
    return (_unhoused(on) if is_candidate else _seeking(on)).filter(pk=household.pk).exists()


def proposable(turn: Turn, *, on: date, actor: Actor) -> list[tuple[Household, int, bool]]:
    """
    List whom a holder may propose at its turn, by rank: the candidates of the search, and those it was asked a home for
    that the search found fit. Each with its rank, and whether a home was asked for it.
    """
    drawn = Examination.objects.filter(round__offer=turn.offer_id, round__state=RoundState.DRAWN, rank__isnull=False)
    listed = Candidacy.objects.visible_to(actor).filter(
        round=OuterRef("round"), household=OuterRef("household"), state__in=_OPEN
    )
    any_state = Candidacy.objects.filter(round=OuterRef("round"), household=OuterRef("household"))
    asked = HomeAsk.objects.visible_to(actor).filter(household=OuterRef("household"), state=AskState.AWAITS)
    proposed = HolderProposal.objects.filter(turn=turn, candidacy__household=OuterRef("household"))
    may_be_added = Q(is_asked=True, household__in=_seeking(on)) & ~Exists(any_state)
    rows = drawn.annotate(is_asked=Exists(asked)).filter(Exists(listed) | may_be_added)
    rows = rows.filter(household__in=_unhoused(on)).exclude(Exists(proposed))
    found = rows.select_related("household").order_by("rank", "pk")
    return [(row.household, row.rank or 0, row.is_asked) for row in found]


def fits_at_turns(ask: HomeAsk, *, on: date, actor: Actor) -> list[Turn]:
    """List the turns of the actor's body at which the household asked for may be proposed."""
    drawn = Examination.objects.filter(round__offer=OuterRef("offer"), round__state=RoundState.DRAWN)
    fit = drawn.filter(household=ask.household_id, rank__isnull=False).filter(household__in=_seeking(on))
    rows = Turn.objects.visible_to(actor).filter(
        Exists(fit), holder=actor.organisation_id, state__in=_AT_WORK, offer__state=OfferState.OPEN
    )
    return list(rows.select_related("offer__dwelling__commune").order_by("due_on", "pk"))


def _seeking(on: date) -> QuerySet[Household]:
    """Keep the households that may be proposed a home on a day: none that has one, nor asked for a pause."""
    return _unhoused(on).exclude(pk__in=Pause.objects.filter(running_on(on)).values("household"))


def _unhoused(on: date) -> QuerySet[Household]:
    """Keep the open files that hold no home, and whose request, if they made one, is active."""
    served = HousingRequest.objects.exclude(state=RequestState.ACTIVE).values("household")
    holding = Candidacy.objects.filter(state=CandidacyState.ACCEPTED).values("household")
    rows = Household.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on))
    return rows.exclude(pk__in=served).exclude(pk__in=holding)
