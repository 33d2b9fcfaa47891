"""The handovers between teams that exist for the actor."""

from __future__ import annotations

from django.db.models import QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by
from chezsoi.support.models import Handover


def handovers_of(household: Household, *, actor: Actor) -> QuerySet[Handover]:
    """List what the teams of the actor's own organisation handed over of one household, the newest first."""
    return _ours(actor).filter(household=household).order_by("-handed_on", "-pk")


def handover(pk: int, *, household: Household, actor: Actor) -> Handover:
    """Give one handover of a household."""
    return handovers_of(household, actor=actor).get(pk=pk)


def handovers_waiting(*, actor: Actor) -> QuerySet[Handover]:
    """List the households that wait for a team of the actor's organisation, the longest first."""
    return _ours(actor).filter(taken_up_on=None, cancelled_on=None).order_by("handed_on", "pk")


def _ours(actor: Actor) -> QuerySet[Handover]:
    if not actor.may("see_support") or actor.organisation_id is None:
        return Handover.objects.none()
    rows = Handover.objects.filter(organisation=actor.organisation_id, household__in=households_seen_by(actor))
    return rows.select_related("household")
