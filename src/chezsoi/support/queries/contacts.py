"""The meetings that exist for the actor."""

from __future__ import annotations

from django.db.models import QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by
from chezsoi.support.models import Contact


def contacts_of(household: Household, *, actor: Actor) -> QuerySet[Contact]:
    """List the meetings with one household, the newest first; those taken back too."""
    if not actor.may("see_support"):
        return Contact.objects.none()
    rows = Contact.objects.filter(household__in=households_seen_by(actor).filter(pk=household.pk))
    return rows.select_related("organisation", "household").order_by("-met_on", "-pk")


def contact(pk: int, *, household: Household, actor: Actor) -> Contact:
    """Give one meeting the actor's own organisation noted with a household."""
    return contacts_of(household, actor=actor).get(pk=pk, organisation=actor.organisation_id)
