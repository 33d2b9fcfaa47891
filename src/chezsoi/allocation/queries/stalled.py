"""Homes and searches that nobody moves: after a number of days, still to be confirmed, they stand in "my day"."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from chezsoi.allocation.choices import GIVES_THE_HOME, HOLDING, CandidacyState, RoundState, SittingState
from chezsoi.allocation.models import Candidacy, HouseholdAnswer, Refusal, Round
from chezsoi.allocation.models.refusals import off_the_list
from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.law.stalls import home_stalls_after, round_stalls_after


def homes_stalled(*, actor: Actor, on: date) -> QuerySet[Offer]:
    """List the homes available for long for which no search runs; one whose day is not known is never late."""
    since = on - timedelta(days=home_stalls_after(on))
    rows = Offer.objects.visible_to(actor).filter(state=OfferState.OPEN, available_on__lte=since)
    searched = Round.objects.exclude(state=RoundState.CANCELLED).values("offer_id")
    kept_off = Refusal.objects.filter(off_the_list(on)).values("candidacy__offer_id")
    free = rows.exclude(pk__in=searched).exclude(pk__in=kept_off)
    return free.select_related("dwelling__commune").order_by("available_on", "pk")


def rounds_stalled(*, actor: Actor, on: date) -> QuerySet[Round]:
    """List the searches drawn long ago and on no table, and those decided long ago that offer their home to nobody."""
    since = on - timedelta(days=round_stalls_after(on))
    here = Candidacy.objects.filter(round=OuterRef("pk"))
    on_no_table = Q(item=None, drawn_at__date__lte=since) & Exists(here.filter(state=CandidacyState.PROPOSED))
    to_offer = here.filter(state=CandidacyState.DECIDED, decision__kind__in=GIVES_THE_HOME)
    not_offered = (
        Q(item__sitting__state=SittingState.CLOSED, item__sitting__held_on__lte=since)
        & Exists(to_offer)
        & ~Exists(here.filter(state__in=HOLDING))
        & ~Exists(_moved_since(since))
    )
    rows = Round.objects.visible_to(actor).filter(on_no_table | not_offered, state=RoundState.DRAWN)
    return rows.select_related("offer__dwelling__commune").order_by("drawn_at", "pk")


def _moved_since(day: date) -> QuerySet[Candidacy]:
    """List the candidacies of a round answered, or refused for good, after a day."""
    answered = HouseholdAnswer.objects.filter(answered_on__gt=day).values("letter__decision__candidacy_id")
    refused = Refusal.objects.filter(Q(noted_on__gt=day) | Q(looked_on__gt=day)).values("candidacy_id")
    return Candidacy.objects.filter(Q(pk__in=answered) | Q(pk__in=refused), round=OuterRef("pk"))
