"""What can be read of leases."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.tenancies.models import Lease


def leases(*, actor: Actor) -> QuerySet[Lease]:
    """
    List the leases an actor may see, the newest first.

    Landlords and rental managers see those of their own homes; support workers those of their households.
    """
    if not actor.may("see_leases"):
        return Lease.objects.none()
    own_homes = Q(dwelling__owner__organisation_id=actor.organisation_id, territory_id__in=actor.territory_ids)
    followed = Q(household__in=Household.objects.visible_to(actor))
    own = own_homes if actor.organisation_id is not None and actor.may("sign_lease") else Q(pk__in=())
    rows = Lease.objects.filter(own | followed)
    return rows.select_related("dwelling__commune", "dwelling__owner__organisation", "household", "territory").order_by(
        "-signed_on", "-pk"
    )


def lease(pk: int, *, actor: Actor) -> Lease:
    """Give one lease."""
    return leases(actor=actor).get(pk=pk)


def leases_of(household: Household, *, actor: Actor) -> QuerySet[Lease]:
    """List the leases of one household, voided ones included."""
    return leases(actor=actor).filter(household=household)
