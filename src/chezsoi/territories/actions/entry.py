"""Coming in and leaving: a password checked, tries counted, entries and exits noted."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth import authenticate
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from chezsoi import trail
from chezsoi.fields import blind_index
from chezsoi.kernel.actor import Actor
from chezsoi.territories import queries
from chezsoi.territories.models import ProviderIdentity, SignInTry, User

QUARTER = timedelta(minutes=15)
TRIES_ON_AN_ACCOUNT = 10
TRIES_FROM_ONE_ADDRESS = 5


class NotRecognised(Exception):
    """The address and the password do not go together, or the account is not open: nobody is told which."""


class TooManyTries(Exception):
    """The account was tried too often within a quarter of an hour, whether it exists or not."""


def check_password(*, actor: Actor, email: str, password: str, address: str) -> User:
    """
    Find the open account of an address and a password.

    An unknown, an invited or a disabled account costs one password hash, like a known one.

    :raises TooManyTries: if the account was tried too often; the password is then not looked at.
    :raises NotRecognised: if they do not go together.
    """
    tried = count_try(account=email, address=address, actor=actor)
    user = authenticate(None, username=email, password=password)
    if not isinstance(user, User):
        trail.record(actor, "territories.entry.refused")
        raise NotRecognised
    forget_try(tried, actor=actor)
    return user


def recognise(*, actor: Actor, issuer: str, subject: str, email: str, is_verified: bool) -> User:
    """
    Find the open account of an identity that a provider vouches for; never make one.

    The address must be verified and be an open account's; from the first time on, the identity must be the same too.

    :raises NotRecognised: otherwise, and nobody is told which.
    """
    user = queries.account_at(email, actor=actor) if is_verified and email else None
    if user is None:
        trail.record(actor, "territories.entry.refused")
        raise NotRecognised
    known = ProviderIdentity.objects.filter(issuer=issuer).filter(Q(user=user) | Q(subject=subject))
    if not known.exists():
        with transaction.atomic():
            now = timezone.now()
            linked = ProviderIdentity.objects.create(user=user, issuer=issuer, subject=subject, linked_at=now)
            trail.record(actor, "territories.identity.linked", linked, detail={"user": user.pk})
    elif not known.filter(user=user, subject=subject).exists():
        trail.record(actor, "territories.entry.refused", user)
        raise NotRecognised
    return user


def count_try(*, actor: Actor, account: str, address: str) -> SignInTry:
    """
    Count one try at an account: ten in a quarter of an hour in all, five from one network address.

    The try is written before it is counted, so that of many at once no more than ten pass. Colleagues behind one
    address have each their own ten.

    :raises TooManyTries: beyond.
    """
    now = timezone.now()
    mine = {
        "account_digest": blind_index(account.strip().lower(), purpose="sign-in account"),
        "address_digest": blind_index(f"{account.strip().lower()} {address}", purpose="sign-in address"),
    }
    SignInTry.objects.filter(at__lte=now - QUARTER).delete()
    if _too_many(**mine, margin=1):
        raise TooManyTries
    tried = SignInTry.objects.create(**mine, at=now)
    if _too_many(**mine, margin=0):
        tried.delete()
        raise TooManyTries
    return tried


def forget_try(tried: SignInTry, *, actor: Actor) -> None:
    """Take back a try that was right: coming in often is no attack."""
    tried.delete()


def record_entry(*, actor: Actor, user: User, by: str, factor: str = "") -> None:
    """Note that an account came in: by password, provider, link or demonstration; with which second factor."""
    trail.record(actor, "territories.entry.opened", user, detail={"by": by, "factor": factor})


def record_exit(*, actor: Actor) -> None:
    """Note that an account left."""
    trail.record(actor, "territories.entry.left")


def _too_many(*, account_digest: str, address_digest: str, margin: int) -> bool:
    tries = SignInTry.objects.filter(account_digest=account_digest).aggregate(
        all=models.Count("pk"), here=models.Count("pk", filter=models.Q(address_digest=address_digest))
    )
    return bool(tries["all"] + margin > TRIES_ON_AN_ACCOUNT or tries["here"] + margin > TRIES_FROM_ONE_ADDRESS)
