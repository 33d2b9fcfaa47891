"""Links sent by mail: an invitation to accept, a new password to choose. Each serves once, and not for long."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.territories import queries
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.actions.accounts import NothingToAccept
from chezsoi.territories.actions.entry import NotRecognised, TooManyTries, count_try, forget_try
from chezsoi.territories.choices import LinkPurpose
from chezsoi.territories.models import AccountLink, Session, User, digest_of

LASTS = {LinkPurpose.INVITATION: timedelta(days=7), LinkPurpose.RESET: timedelta(hours=1)}


class LinkIsDead(Exception):
    """The link was used, replaced, is too old, or never was."""


@transaction.atomic
def make_link(*, actor: Actor, user: User, purpose: LinkPurpose) -> str:
    """
    Make the secret of a link for an account; an earlier link of the same purpose dies.

    :raises NothingToAccept: if an invitation has no meaning for the account.
    """
    authorize(actor, Can.MANAGE_ACCOUNTS, user)
    now = timezone.now()
    if purpose == LinkPurpose.INVITATION and not queries.is_invited(user, actor=actor):
        raise NothingToAccept(user.pk)
    user.links.filter(purpose=purpose, used_at=None).update(used_at=now)
    secret = secrets.token_urlsafe(32)
    made = AccountLink.objects.create(
        user=user, purpose=purpose, digest=digest_of(secret), made_at=now, expires_at=now + LASTS[purpose]
    )
    trail.record(actor, "territories.link.made", made, detail={"purpose": purpose, "user": user.pk})
    return secret


@transaction.atomic
def accept_invitation(*, actor: Actor, secret: str, password: str) -> User:
    """Open the account that a link invites, with the password its owner chose."""
    link = _use(secret, LinkPurpose.INVITATION)
    link.user.is_active = True
    _set_password(link.user, password)
    trail.record(actor, "territories.account.accepted", link.user)
    return link.user


@transaction.atomic
def reset_password(*, actor: Actor, secret: str, password: str) -> User:
    """Change a password by a link; every session of the account ends."""
    link = _use(secret, LinkPurpose.RESET)
    _set_password(link.user, password)
    Session.objects.filter(account_id=link.user.pk).delete()
    trail.record(actor, "territories.password.reset", link.user)
    return link.user


def change_password(*, actor: Actor, user: User, old: str, new: str, address: str, keep: str) -> User:
    """
    Change one's own password, the old one known; every other session of the account ends.

    :raises NotRecognised: if the old password is not this one, or there were too many tries.
    """
    try:
        tried = count_try(account=user.email, address=address, actor=actor)
    except TooManyTries as many:
        raise NotRecognised from many
    if not user.check_password(old):
        raise NotRecognised
    forget_try(tried, actor=actor)
    with transaction.atomic():
        _set_password(user, new)
        Session.objects.filter(account_id=user.pk).exclude(session_key=keep).delete()
        trail.record(actor, "territories.password.changed", user)
    return user


def _set_password(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password", "is_active"])
    user.links.filter(used_at=None).update(used_at=timezone.now())


def _use(secret: str, purpose: LinkPurpose) -> AccountLink:
    """Spend a link: of two who press at once, one finds it spent."""
    now = timezone.now()
    living = AccountLink.objects.living(now).filter(digest=digest_of(secret), purpose=purpose)
    if not living.update(used_at=now):
        raise LinkIsDead
    return AccountLink.objects.select_related("user").get(digest=digest_of(secret))
