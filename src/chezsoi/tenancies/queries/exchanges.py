"""What can be read of the wishes to exchange homes."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by
from chezsoi.tenancies.models import IN_FORCE, ExchangeCommune, ExchangeWish, Lease
from chezsoi.territories.access import Can


def exchange_wishes(household: Household, *, actor: Actor) -> QuerySet[ExchangeWish]:
    """List what a household would have exchanged its home for, the last word first, for who may write its request."""
    if not actor.may(Can.RECORD_REQUEST):
        return ExchangeWish.objects.none()
    rows = ExchangeWish.objects.filter(household__in=households_seen_by(actor), household=household)
    communes = ExchangeCommune.objects.select_related("commune").order_by("rank")
    return rows.select_related("lease").prefetch_related(Prefetch("communes", communes)).order_by("-stated_on", "-pk")


def is_tenant(household: Household, *, actor: Actor) -> bool:
    """Tell who may write its request whether a household has a lease in force; nothing else of the lease."""
    rows = Lease.objects.filter(IN_FORCE, household__in=households_seen_by(actor), household=household)
    return actor.may(Can.RECORD_REQUEST) and rows.exists()
