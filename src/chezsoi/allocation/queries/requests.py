"""What can be read of housing requests."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from chezsoi.allocation.models import Candidacy, HousingRequest
from chezsoi.allocation.models.requests import NUMBER_PURPOSE
from chezsoi.fields import blind_index
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.codes import UnreadableRequestNumber, parse_request_number
from chezsoi.people import queries as people
from chezsoi.people.models import Household, households_seen_by


def request_of(household: Household, *, actor: Actor) -> HousingRequest | None:
    """Give the request of a household the actor may see, with its wishes and grounds of priority; None without one."""
    rows = HousingRequest.objects.filter(household__in=households_seen_by(actor), household=household)
    return rows.prefetch_related("wished_communes__commune", "labels__source", "pool_labels").first()


def household_numbered(text: str, *, actor: Actor, on: date) -> Household | None:
    """Find the household whose national request number was typed, for a role that reads identities; else None."""
    try:
        number = parse_request_number(text)
    except UnreadableRequestNumber:
        return None
    if number is None or not people.sight(actor=actor).identity:
        return None
    held = HousingRequest.objects.filter(number_index=blind_index(number, purpose=NUMBER_PURPOSE))
    return households_seen_by(actor, on=on).filter(pk__in=held.values("household")).order_by("pk").first()


def candidacies_of(household: Household, *, actor: Actor) -> QuerySet[Candidacy]:
    """List the homes one household was proposed for, the newest first, with what was decided, offered and answered."""
    seen = households_seen_by(actor).filter(pk=household.pk)
    rows = Candidacy.objects.visible_to(actor).filter(household__in=seen.values("pk"))
    rows = rows.select_related(
        "offer__dwelling__commune", "round__item__sitting__commission", "decision__letter__answer",
        "decision__item__sitting__commission__organisation", "decision__taken_at__commission",
    )  # fmt: skip
    return rows.order_by("-round__frozen_on", "-pk")
