"""Files opened in an emergency: which file is meant, who reads it as what, and what is left to review."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from chezsoi.fields import blind_index
from chezsoi.kernel.actor import Actor as AnyActor
from chezsoi.kernel.codes import UnreadablePhone, parse_phone
from chezsoi.people.models import EmergencyAccess, Household
from chezsoi.territories.access import GRANTS, Actor, Can
from chezsoi.territories.models import RoleAssignment, User

READS_ONLY = frozenset({Can.SEE_HOUSEHOLD, Can.SEE_RESOURCES, Can.SEE_SUPPORT, Can.SEE_LEASES, Can.SEE_VIOLENCE})
"""All that an emergency lets a role do, of what it may do elsewhere: looking."""


def meant_in_an_emergency(text: str, *, actor: AnyActor) -> Household | None:
    """
    Find the one household of the actor's territories that a file number, or a whole telephone number, names.

    None when there is none, when there are several, and for a protected file: outside its circle it does not exist.
    """
    if not actor.may(Can.BREAK_GLASS):
        return None
    here = Household.objects.filter(territory_id__in=actor.territory_ids, is_protected=False)
    named = Q(reference__iexact=text.strip())
    if number := _phone(text):
        index = blind_index(number, purpose="phone")
        named |= Q(members__ends_on=None, members__person__phones__number_index=index)
    found = list(here.filter(named).order_by("pk").distinct()[:2])
    return found[0] if len(found) == 1 else None


def emergency(pk: int, *, actor: AnyActor) -> EmergencyAccess:
    """
    Find an emergency access, open or over, of the actor's own.

    :raises EmergencyAccess.DoesNotExist: also when it is somebody else's.
    """
    if not actor.may(Can.BREAK_GLASS):
        raise EmergencyAccess.DoesNotExist
    rows = EmergencyAccess.objects.filter(user_id=actor.user_id or 0, organisation_id=actor.organisation_id or 0)
    return rows.select_related("household__territory", "organisation").get(pk=pk)


def reader_of(access: EmergencyAccess, *, actor: Actor) -> Actor:
    """Make of the actor a reader of that one file: same role, same sight, no right but to look."""
    return dataclasses.replace(actor, permissions=actor.permissions & READS_ONLY, purpose=access.purpose)


def emergencies_open(*, actor: AnyActor, at: datetime) -> QuerySet[EmergencyAccess]:
    """List the files the actor has open in an emergency."""
    if not actor.may(Can.BREAK_GLASS):
        return EmergencyAccess.objects.none()
    mine = EmergencyAccess.objects.open_at(at).filter(
        user_id=actor.user_id or 0, organisation_id=actor.organisation_id or 0
    )
    return mine.order_by("ends_at", "pk")


def emergencies_followed(*, actor: AnyActor) -> QuerySet[EmergencyAccess]:
    """List the emergency accesses of the reviewer's territories: those to review first, the most urgent first."""
    if actor.is_operator or not actor.may(Can.REVIEW_EMERGENCY):
        return EmergencyAccess.objects.none()
    rows = EmergencyAccess.objects.filter(territory_id__in=actor.territory_ids)
    rows = rows.select_related("household", "organisation", "user")
    return rows.order_by(F("reviewed_at").desc(nulls_first=True), "review_due_at", "pk")


def emergency_followed(pk: int, *, actor: AnyActor) -> EmergencyAccess:
    """
    Find an emergency access that the actor reviews.

    :raises EmergencyAccess.DoesNotExist: if it is not theirs to review.
    """
    return emergencies_followed(actor=actor).get(pk=pk)


def to_be_told(access: EmergencyAccess, *, on: date, actor: AnyActor) -> list[User]:
    """
    List who is told that a file was opened: the data protection officers of the territory, and the circle.

    Of the circle, the workers it names and, when it names none, those of its services who may close it.
    """
    held = RoleAssignment.objects.in_force_on(on).filter(territory_id=access.territory_id, user__is_active=True)
    open_on = Q(ends_on=None) | Q(ends_on__gt=on)
    circle = access.household.circle.filter(open_on, starts_on__lte=on)
    named = held.filter(user__in=circle.exclude(user=None).values("user"))
    guardians = [role for role, rights in GRANTS.items() if Can.MANAGE_CIRCLE in rights]
    services = held.filter(organisation__in=circle.values("organisation"), role__in=guardians)
    reviewers = [role for role, rights in GRANTS.items() if Can.REVIEW_EMERGENCY in rights]
    referents = named if named.exists() else services
    told = {row.user_id for row in [*held.filter(role__in=reviewers).order_by("pk"), *referents.order_by("pk")]}
    return list(User.objects.filter(pk__in=told, is_demo=False).exclude(pk=access.user_id).order_by("pk"))


def emergency_to_tell(pk: int, user_pk: int, *, actor: AnyActor) -> tuple[EmergencyAccess, User]:
    """
    Give an emergency access and somebody to tell of it: for the mail, which names nobody.

    :raises EmergencyAccess.DoesNotExist: for anybody but a program.
    """
    if not actor.is_operator:
        raise EmergencyAccess.DoesNotExist
    return EmergencyAccess.objects.select_related("organisation").get(pk=pk), User.objects.get(pk=user_pk)


def _phone(text: str) -> str | None:
    try:
        return parse_phone(text)
    except UnreadablePhone:
        return None
