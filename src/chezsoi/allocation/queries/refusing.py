"""What can be read of refusals: those that await a second look, those of a proposal."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from chezsoi.allocation.choices import CandidacyState
from chezsoi.allocation.models import Candidacy, Refusal
from chezsoi.allocation.models.refusals import lookable_by
from chezsoi.allocation.refusal_reasons import RefusalState
from chezsoi.kernel.actor import Actor

UNDER_WAY = (CandidacyState.PROPOSED, CandidacyState.DECIDED, CandidacyState.OFFERED, CandidacyState.ACCEPTED)


def refusal(pk: int, *, actor: Actor) -> Refusal:
    """Give one refusal of a proposal that exists for the actor."""
    return _refusals(actor).get(pk=pk)


def refusals_of(candidacy: Candidacy, *, actor: Actor) -> QuerySet[Refusal]:
    """List the refusals of a proposal, the newest first."""
    return _refusals(actor).filter(candidacy=candidacy).order_by("-noted_on", "-pk")


def refusals_to_look_at(*, actor: Actor, on: date) -> QuerySet[Refusal]:
    """List the refusals that await the look of this very actor, the oldest first."""
    rows = _refusals(actor).filter(lookable_by(actor), state=RefusalState.AWAITS, noted_on__lte=on)
    return rows.filter(candidacy__state__in=UNDER_WAY).order_by("noted_on", "pk")


def _refusals(actor: Actor) -> QuerySet[Refusal]:
    rows = Refusal.objects.filter(candidacy__in=Candidacy.objects.visible_to(actor))
    return rows.select_related("candidacy__household", "candidacy__offer__dwelling__commune", "noted_for")
