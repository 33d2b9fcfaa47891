"""Second factors: an application that shows codes, recovery codes, passkeys. allauth keeps them; each act is noted."""

from __future__ import annotations

import hmac
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.territories.actions.entry import count_try, forget_try
from chezsoi.territories.models import User

KIND = Authenticator.Type
LAST_COUNTER = "last_counter"


class WrongCode(Exception):
    """The code, or the passkey, is not one of the account's, or was used already."""


class NoSuchFactor(Exception):
    """The account has no such second factor."""


@transaction.atomic
def turn_on_totp(*, actor: Actor, user: User, secret: str, code: str) -> list[str]:
    """
    Bind an application to an account once it shows the right code; give new recovery codes if there are none.

    :raises WrongCode: if the code is not the one expected now.
    """
    counter = _counter(secret, code)
    if counter is None:
        raise WrongCode
    Authenticator.objects.filter(user=user, type=KIND.TOTP).delete()
    bound = TOTP.activate(user, secret).instance
    bound.data[LAST_COUNTER] = counter
    bound.save(update_fields=["data"])
    trail.record(actor, "territories.factor.added", user, detail={"kind": "totp"})
    return _first_recovery_codes(user)


@transaction.atomic
def add_passkey(*, actor: Actor, user: User, name: str, answer: dict[str, Any]) -> list[str]:
    """
    Bind a passkey to an account from what the browser answered; give recovery codes if there are none.

    :raises WrongCode: if the answer is not to the question asked in this session.
    """
    try:
        webauthn.parse_registration_response(answer)
        webauthn.complete_registration(answer)
    except (ValidationError, ValueError, KeyError, TypeError) as wrong:
        raise WrongCode from wrong
    webauthn.WebAuthn.add(user, name, answer)
    trail.record(actor, "territories.factor.added", user, detail={"kind": "passkey"})
    return _first_recovery_codes(user)


@transaction.atomic
def make_recovery_codes(*, actor: Actor, user: User) -> list[str]:
    """
    Replace the recovery codes of an account; the old ones no longer work.

    :raises NoSuchFactor: if there is nothing to recover from.
    """
    if not Authenticator.objects.filter(user=user).exclude(type=KIND.RECOVERY_CODES).exists():
        raise NoSuchFactor
    Authenticator.objects.filter(user=user, type=KIND.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    trail.record(actor, "territories.factor.recovery_codes_made", user)
    return codes


@transaction.atomic
def remove_factor(*, actor: Actor, user: User, pk: int) -> None:
    """
    Remove a second factor; with the last one the recovery codes go too.

    :raises NoSuchFactor: if it is not one of the account's.
    """
    found = Authenticator.objects.filter(user=user, pk=pk).exclude(type=KIND.RECOVERY_CODES).first()
    if found is None:
        raise NoSuchFactor
    found.delete()
    left = Authenticator.objects.filter(user=user)
    if not left.exclude(type=KIND.RECOVERY_CODES).exists():
        left.delete()
    trail.record(actor, "territories.factor.removed", user, detail={"kind": str(found.type)})


def check_code(*, actor: Actor, user: User, code: str, address: str) -> str:
    """
    Check the code of an application, or a recovery code, of an account that gave its password; name its kind.

    A code serves once. Tries are counted with those at the password.

    :raises TooManyTries: if there were too many.
    :raises WrongCode: otherwise, if it is not right.
    """
    tried = count_try(account=f"second factor {user.pk}", address=address, actor=actor)
    with transaction.atomic():
        held = Authenticator.objects.select_for_update().filter(user=user, type__in=(KIND.TOTP, KIND.RECOVERY_CODES))
        kind = next((str(each.type) for each in held.order_by("pk") if _accepts(each, code.replace(" ", ""))), None)
    if kind is None:
        trail.record(actor, "territories.factor.refused", user)
        raise WrongCode
    forget_try(tried, actor=actor)
    return kind


def check_passkey(*, actor: Actor, user: User, answer: dict[str, Any]) -> str:
    """
    Check what a passkey answered for an account that gave its password; name the kind of factor.

    :raises WrongCode: if it is not one of the account's, or does not answer this session's question.
    """
    try:
        used = webauthn.complete_authentication(user, answer)
    except (ValidationError, ValueError, KeyError, TypeError) as wrong:
        trail.record(actor, "territories.factor.refused", user)
        raise WrongCode from wrong
    used.record_usage()
    return str(KIND.WEBAUTHN)


def _accepts(factor: Authenticator, code: str) -> bool:
    if factor.type == KIND.RECOVERY_CODES:
        return bool(factor.wrap().validate_code(code)) and _used(factor)
    counter = _counter(_secret_of(factor), code)
    if counter is None or counter <= factor.data.get(LAST_COUNTER, -1):
        return False
    factor.data[LAST_COUNTER] = counter
    factor.save(update_fields=["data"])
    return _used(factor)


def _used(factor: Authenticator) -> bool:
    factor.record_usage()
    return True


def _secret_of(factor: Authenticator) -> str:
    from allauth.mfa.utils import decrypt

    return str(decrypt(factor.data["secret"]))


def _counter(secret: str, code: str) -> int | None:
    """Tell whether a code is that of this half-minute, and which half-minute it is."""
    given = code.replace(" ", "").encode()
    expected = ((each, f"{hotp_value(secret, each):06d}".encode()) for each in yield_hotp_counters_from_time())
    return next((each for each, right in expected if hmac.compare_digest(given, right)), None)


def _first_recovery_codes(user: User) -> list[str]:
    if Authenticator.objects.filter(user=user, type=KIND.RECOVERY_CODES).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes
