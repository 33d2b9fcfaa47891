"""What can be read of leases."""

from __future__ import annotations

from django.db.models import Case, F, Q, QuerySet, Value, When

from chezsoi.fields.ordering import Orders
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.orders import Order
from chezsoi.people.models import Household, households_seen_by
from chezsoi.tenancies.models import Lease

ENDED, VOIDED = When(ended_on__isnull=False, then=Value(1)), When(voided_at__isnull=False, then=Value(2))
ORDERS = Orders(
    "-signed",
    {
        "signed": [F("signed_on")],
        "commune": [F("dwelling__commune__search_name"), F("dwelling__address")],
        "file": [F("household__reference")],
        "state": [Case(VOIDED, ENDED, default=Value(0)), F("signed_on")],
    },
)


def leases(*, actor: Actor, order: Order | None = None) -> QuerySet[Lease]:
    """
    List the leases an actor may see, the newest first.

    Landlords and rental managers see those of their own homes; support workers those of their households.
    """
    if not actor.may("see_leases"):
        return Lease.objects.none()
    own_homes = Q(dwelling__owner__organisation_id=actor.organisation_id, territory_id__in=actor.territory_ids)
    followed = Q(household__in=households_seen_by(actor))
    own = own_homes if actor.organisation_id is not None and actor.may("sign_lease") else Q(pk__in=())
    rows = Lease.objects.filter(own | followed)
    rows = rows.select_related("dwelling__commune", "dwelling__owner__organisation", "household", "territory")
    return ORDERS.put(rows, order)


def lease(pk: int, *, actor: Actor) -> Lease:
    """Give one lease."""
    return leases(actor=actor).get(pk=pk)


def leases_of(household: Household, *, actor: Actor) -> QuerySet[Lease]:
    """List the leases of one household, voided ones included."""
    return leases(actor=actor).filter(household=household)
