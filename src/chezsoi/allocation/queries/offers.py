"""What can be read of offers to households, and of their answers."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from chezsoi.allocation.choices import GIVES_THE_HOME, REFUSES_THE_HOME, CandidacyState, SittingState
from chezsoi.allocation.models import Candidacy, Decision, HouseholdAnswer, OfferLetter, SittingItem
from chezsoi.kernel.actor import Actor


def candidacy(pk: int, *, actor: Actor) -> Candidacy:
    """Give one candidacy."""
    return _candidacies(actor).get(pk=pk)


def accepted(*, actor: Actor) -> QuerySet[Candidacy]:
    """List the homes that a household accepted, whose lease is still to be signed."""
    return _candidacies(actor).filter(state=CandidacyState.ACCEPTED).order_by("pk")


def letter(pk: int, *, actor: Actor) -> OfferLetter:
    """Give one offer letter."""
    return _letters(actor).get(pk=pk)


def refused_decision(pk: int, *, actor: Actor) -> Decision:
    """Give the decision of a closed sitting that did not allocate a home to a candidate."""
    seen = Candidacy.objects.visible_to(actor)
    closed = Q(taken_at=None, item__sitting__state=SittingState.CLOSED) | Q(taken_at__state=SittingState.CLOSED)
    rows = Decision.objects.filter(closed, candidacy__in=seen, kind__in=REFUSES_THE_HOME)
    return rows.select_related(
        "candidacy__household", "candidacy__round", "candidacy__offer__dwelling__commune",
        "candidacy__offer__dwelling__territory", "item__sitting__commission__organisation",
        "taken_at__commission__organisation",
    ).get(candidacy=pk)  # fmt: skip


def letters_waiting(*, actor: Actor) -> QuerySet[OfferLetter]:
    """List the offers whose answer is awaited, the first due first."""
    waiting = _letters(actor).filter(decision__candidacy__state=CandidacyState.OFFERED)
    return waiting.order_by("answer_due_on", "pk")


def answer_to(letter: OfferLetter, *, actor: Actor) -> HouseholdAnswer | None:
    """Give what a household answered to an offer; None while the answer is awaited."""
    seen = Candidacy.objects.visible_to(actor)
    return HouseholdAnswer.objects.filter(letter=letter, letter__decision__candidacy__in=seen).first()


def next_rank(item: SittingItem, *, actor: Actor) -> Candidacy | None:
    """Give the household that comes next for a home, the best ranked not offered it yet; None when none is left."""
    waiting = Candidacy.objects.filter(
        decision__item=item, decision__kind__in=GIVES_THE_HOME, state=CandidacyState.DECIDED
    )
    return waiting.select_related("household", "offer__dwelling").order_by("decision__rank").first()


def _candidacies(actor: Actor) -> QuerySet[Candidacy]:
    rows = Candidacy.objects.visible_to(actor)
    return rows.select_related(
        "household", "offer__dwelling__commune", "offer__dwelling__territory", "round",
        "decision__item__sitting__commission",
    )  # fmt: skip


def _letters(actor: Actor) -> QuerySet[OfferLetter]:
    rows = OfferLetter.objects.filter(decision__candidacy__in=Candidacy.objects.visible_to(actor))
    return rows.select_related(
        "decision__candidacy__household", "decision__candidacy__offer__dwelling__commune",
        "decision__candidacy__offer__dwelling__territory", "decision__item__sitting__commission__organisation",
    )  # fmt: skip
