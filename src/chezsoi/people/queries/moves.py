"""Who may be asked to receive a household, what is asked of a service, and what became of it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, HouseholdMove, households_seen_by
from chezsoi.territories.access import Can, roles
from chezsoi.territories.models import RoleAssignment


def moves_asked(*, actor: Actor) -> QuerySet[HouseholdMove]:
    """List what waits for the actor's service, the oldest first; nothing else of these households is known here."""
    return HouseholdMove.objects.all().asked_of(actor).order_by("asked_at", "pk")


def move_asked(pk: int, *, actor: Actor) -> HouseholdMove:
    """
    Find one that waits for the actor's service.

    :raises HouseholdMove.DoesNotExist: also when another service is asked, or it was answered.
    """
    return moves_asked(actor=actor).get(pk=pk)


def moves_of(household: Household, *, actor: Actor) -> QuerySet[HouseholdMove]:
    """List the moves asked for a household that exists for the actor, the latest first."""
    seen = households_seen_by(actor).filter(pk=household.pk)
    rows = HouseholdMove.objects.filter(household__in=seen.values("pk"))
    return rows.select_related("to_territory", "to_organisation").order_by("-asked_at", "-pk")


def receivers(household: Household, *, on: date, actor: Actor) -> list[RoleAssignment]:
    """List the services of other territories where somebody may register people, one line for each, by name."""
    opening = [key for key, role in roles().items() if {Can.REGISTER_PEOPLE, Can.LIST_PEOPLE} <= role.rights]
    in_force = Q(territory__valid_to=None) | Q(territory__valid_to__gt=on)
    held = RoleAssignment.objects.in_force_on(on).filter(in_force, role__in=opening, organisation__is_active=True)
    held = held.exclude(territory=household.territory_id).exclude(territory=None)
    found: dict[tuple[int, int], RoleAssignment] = {}
    for row in held.select_related("territory", "organisation").order_by("territory__name", "organisation__name", "pk"):
        found.setdefault((row.territory_id or 0, row.organisation_id), row)
    return list(found.values())
