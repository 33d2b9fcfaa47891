"""What can be read of rounds."""

from __future__ import annotations

from django.db.models import Case, Count, F, QuerySet, When

from chezsoi.allocation.choices import RoundState
from chezsoi.allocation.models import Round
from chezsoi.allocation.models.draws import Proof, prove
from chezsoi.fields.ordering import Orders, by_rank
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.orders import Order

HOME = "offer__dwelling"
ROUND_ORDERS = Orders(
    "-frozen",
    {
        "frozen": [F("frozen_at")],
        "home": [F(f"{HOME}__rooms"), F(f"{HOME}__commune__search_name"), F(f"{HOME}__address")],
        "examined": [F("examined")],
        "compatible": [Case(When(state=RoundState.DRAWN, then=F("compatible")))],
        "state": [by_rank("state", RoundState.values), F("frozen_at")],
    },
)


def rounds(*, actor: Actor, order: Order | None = None) -> QuerySet[Round]:
    """List the rounds an actor may see, the newest first, with the number of their candidates."""
    rows = Round.objects.visible_to(actor).annotate(proposed=Count("candidacies"))
    rows = rows.select_related(
        "grid", "joint", "offer__dwelling__commune", "offer__dwelling__territory", "item__sitting"
    )
    return ROUND_ORDERS.put(rows, order)


def round_(pk: int, *, actor: Actor) -> Round:
    """Give one round."""
    return rounds(actor=actor).get(pk=pk)


def round_of(offer: Offer, *, actor: Actor) -> Round | None:
    """Give the round under way for an offer; None when there is none the actor may see."""
    return rounds(actor=actor).filter(offer=offer).exclude(state=RoundState.CANCELLED).first()


def searched_for_nobody(offers: QuerySet[Offer], *, actor: Actor) -> QuerySet[Offer]:
    """Keep the homes for which no search of candidates is under way."""
    return offers.exclude(pk__in=Round.objects.exclude(state=RoundState.CANCELLED).values("offer_id"))


def proof(round_: Round, *, actor: Actor) -> Proof:
    """Draw a round again from what it froze, and compare."""
    return prove(rounds(actor=actor).get(pk=round_.pk))
