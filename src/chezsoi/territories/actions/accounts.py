"""What changes which accounts there are, and the dated roles they hold."""

from __future__ import annotations

from datetime import date

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, NotAllowed, authorize, roles
from chezsoi.territories.actions.sessions import end_every_session
from chezsoi.territories.models import CalendarLink, Organisation, RoleAssignment, Territory, User


class UnknownRole(Exception):
    """The role is not one of the table."""


class RoleOutsideItsOrganisation(Exception):
    """The organisation does not work in that territory."""


class RoleEndsBeforeItStarts(Exception):
    """The end of the role is not after its beginning."""


class RoleAlreadyHeld(Exception):
    """The account holds this role there already."""


class AddressTaken(Exception):
    """An account has this mail address already."""


class OwnAccount(Exception):
    """Nobody gives themselves a role, ends their own or disables their own account."""


class AccountWorksElsewhere(Exception):
    """The account also works for others: end its roles here; theirs are not yours to end."""


class NothingToAccept(Exception):
    """The account is open: there is nothing to accept."""


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
def invite(
    *,
    actor: Actor,
    email: str,
    full_name: str,
    role: str,
    organisation: Organisation,
    territory: Territory | None,
    starts_on: date,
    ends_on: date | None = None,
) -> User:
    """
    Prepare an account with its first role; it opens only when the invitation sent to its address is accepted.

    :raises AddressTaken: if an account, open or not, has the address.
    """
    authorize(actor, Can.MANAGE_ACCOUNTS, organisation)
    user = User(email=email.strip().lower(), full_name=full_name, is_active=False)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as taken:
        raise AddressTaken(user.email) from taken
    give_role(
        actor=actor,
        user=user,
        role=role,
        organisation=organisation,
        territory=territory,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    trail.record(actor, "territories.account.invited", user)
    return user


@transaction.atomic
def invite_again(*, actor: Actor, user: User) -> User:
    """
    Let an account be invited anew, whether its invitation grew too old or it was disabled.

    It begins again: no password, no second factor, no identity at a provider; its roles stay as they are.

    :raises NothingToAccept: if it is open.
    """
    authorize(actor, Can.MANAGE_ACCOUNTS, user)
    _never_on_oneself(actor, user)
    if not actor.is_operator and _works_elsewhere(actor, user):
        raise AccountWorksElsewhere(user.pk)
    if user.is_active:
        raise NothingToAccept(user.pk)
    user.disabled_at = None
    user.set_unusable_password()
    user.save(update_fields=["disabled_at", "password"])
    Authenticator.objects.filter(user=user).delete()
    user.identities.all().delete()
    trail.record(actor, "territories.account.invited", user)
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
    :raises RoleEndsBeforeItStarts: if its end is not after its beginning.
    :raises RoleAlreadyHeld: if the account holds it there on its first day.
    """
    authorize(actor, Can.MANAGE_ACCOUNTS, organisation)
    _only_in_own_territory(actor, territory)
    _never_on_oneself(actor, user)
    if role not in roles():
        raise UnknownRole(role)
    if territory is not None and not organisation.territories.filter(pk=territory.pk).exists():
        raise RoleOutsideItsOrganisation(organisation.key, territory.key)
    if ends_on is not None and ends_on <= starts_on:
        raise RoleEndsBeforeItStarts(starts_on, ends_on)
    there = user.roles.filter(role=role, organisation=organisation, territory=territory)
    if there.exclude(ends_on__lte=starts_on).exists():
        raise RoleAlreadyHeld(user.pk, role)
    given = RoleAssignment.objects.create(
        user=user, role=role, organisation=organisation, territory=territory, starts_on=starts_on, ends_on=ends_on
    )
    trail.record(actor, "territories.role.given", given, detail={"role": role, "user": user.pk})
    return given


@transaction.atomic
def end_role(*, actor: Actor, assignment: RoleAssignment, ends_on: date) -> RoleAssignment:
    """
    End a role on a day (excluded); what was done under it stays in the trail.

    :raises RoleEndsBeforeItStarts: if the day is not after its beginning.
    """
    authorize(actor, Can.MANAGE_ACCOUNTS, assignment.organisation)
    _only_in_own_territory(actor, assignment.territory)
    _never_on_oneself(actor, assignment.user)
    if ends_on <= assignment.starts_on:
        raise RoleEndsBeforeItStarts(assignment.starts_on, ends_on)
    assignment.ends_on = ends_on
    assignment.save(update_fields=["ends_on"])
    trail.record(actor, "territories.role.ended", assignment)
    return assignment


@transaction.atomic
def disable_account(*, actor: Actor, user: User, reason: str) -> User:
    """
    Disable an account: it can no longer sign in, every session it had open ends at once, and its links die.

    :raises AccountWorksElsewhere: if it holds a role in another organisation or territory than the actor's.
    """
    authorize(actor, Can.MANAGE_ACCOUNTS, user)
    _never_on_oneself(actor, user)
    if not actor.is_operator and _works_elsewhere(actor, user):
        raise AccountWorksElsewhere(user.pk)
    user.is_active, user.disabled_at = False, timezone.now()
    user.save(update_fields=["is_active", "disabled_at"])
    user.links.filter(used_at=None).update(used_at=timezone.now())
    CalendarLink.objects.filter(user=user).delete()
    end_every_session(user=user, actor=actor)
    trail.record(actor, "territories.account.disabled", user, reason=reason)
    return user


def _only_in_own_territory(actor: Actor, territory: Territory | None) -> None:
    if not actor.is_operator and (territory is None or territory.pk not in actor.territory_ids):
        raise NotAllowed("accounts are managed in one's own territory")


def _never_on_oneself(actor: Actor, user: User) -> None:
    if actor.user_id is not None and actor.user_id == user.pk:
        raise OwnAccount(user.pk)


def _works_elsewhere(actor: Actor, user: User) -> bool:
    here = {"organisation": actor.organisation_id, "territory__in": actor.territory_ids}
    return user.roles.exclude(ends_on__lte=timezone.localdate()).exclude(**here).exists()
