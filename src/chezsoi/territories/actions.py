"""What changes who works where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize, roles
from chezsoi.territories.models import Organisation, RoleAssignment, Territory, User


class UnknownRole(Exception):
    """The role is not one of the table."""


class RoleOutsideItsOrganisation(Exception):
    """The organisation does not work in that territory."""


@transaction.atomic
def register_organisation(
    *, actor: Actor, key: str, name: str, kind: str, territories: Iterable[Territory], siren: str = ""
) -> Organisation:
    """Register an organisation and the territories it works in."""
    authorize(actor, Can.MANAGE_ACCOUNTS)
    organisation = Organisation.objects.create(key=key, name=name, kind=kind, siren=siren)
    organisation.territories.set(territories)
    trail.record(actor, "territories.organisation.registered", organisation)
    return organisation


@transaction.atomic
def open_account(*, actor: Actor, email: str, full_name: str, password: str | None, is_demo: bool = False) -> User:
    """Open an account; without a password nobody can sign in with it yet."""
    authorize(actor, Can.MANAGE_ACCOUNTS)
    user = User(email=email.strip().lower(), full_name=full_name, is_demo=is_demo)
    user.set_password(password)
    user.save()
    trail.record(actor, "territories.account.opened", user)
    return user


@transaction.atomic
def give_role(
    *,
    actor: Actor,
    user: User,
    role: str,
    organisation: Organisation,
    territory: Territory | None,
    starts_on: date,
    ends_on: date | None = None,
) -> RoleAssignment:
    """
    Give an account a dated role.

    :raises UnknownRole: if the table has no such role.
    :raises RoleOutsideItsOrganisation: if the organisation does not work in the territory.
    """
    authorize(actor, Can.MANAGE_ACCOUNTS, organisation)
    if role not in roles():
        raise UnknownRole(role)
    if territory is not None and not organisation.territories.filter(pk=territory.pk).exists():
        raise RoleOutsideItsOrganisation(organisation.key, territory.key)
    given = RoleAssignment.objects.create(
        user=user, role=role, organisation=organisation, territory=territory, starts_on=starts_on, ends_on=ends_on
    )
    trail.record(actor, "territories.role.given", given, detail={"role": role, "user": user.pk})
    return given


@transaction.atomic
def end_role(*, actor: Actor, assignment: RoleAssignment, ends_on: date) -> RoleAssignment:
    """End a role on a day (excluded); what was done under it stays in the trail."""
    authorize(actor, Can.MANAGE_ACCOUNTS, assignment.organisation)
    assignment.ends_on = ends_on
    assignment.save(update_fields=["ends_on"])
    trail.record(actor, "territories.role.ended", assignment)
    return assignment


@transaction.atomic
def disable_account(*, actor: Actor, user: User, reason: str) -> User:
    """Disable an account: it can no longer sign in, and its open sessions end at their next request."""
    authorize(actor, Can.MANAGE_ACCOUNTS, user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    trail.record(actor, "territories.account.disabled", user, reason=reason)
    return user
