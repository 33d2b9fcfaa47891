"""How people come in: links sent by mail, tries at a password, open sessions."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, Privacy
from chezsoi.law.retention import ACCOUNT, WITH_ITS_OWNER
from chezsoi.territories.choices import LinkPurpose
from chezsoi.territories.models.accounts import User


class AccountLinks(models.QuerySet["AccountLink"]):
    """Links by whether they still serve."""

    def living(self, now: datetime) -> AccountLinks:
        """Keep those neither used nor too old; a new password is for open accounts, an invitation for the others."""
        open_or_invited = Q(purpose=LinkPurpose.RESET, user__is_active=True) | Q(
            purpose=LinkPurpose.INVITATION, user__is_active=False, user__disabled_at=None
        )
        return self.filter(open_or_invited, used_at=None, expires_at__gt=now)


class AccountLink(models.Model):
    """A link sent to the address of an account: it serves once, and not for long. Only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="links", verbose_name=_("account"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=LinkPurpose)
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    objects = AccountLinks.as_manager()

    privacy: ClassVar = Privacy(
        identifying=("user",),
        sensitive=("digest",),
        ordinary=("id", "purpose", "made_at", "expires_at", "used_at"),
        retention="2 years after the last role ended, with the account",
        basis=Basis.CONTRACT,
        rule=ACCOUNT,
    )

    class Meta:
        verbose_name = _("account link")
        verbose_name_plural = _("account links")

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class ProviderIdentity(models.Model):
    """Who an account is for an identity provider, noted when it first came in through it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="identities", verbose_name=_("account"))
    issuer = models.CharField(_("provider"), max_length=200)
    subject = models.CharField(_("identifier there"), max_length=255)
    linked_at = models.DateTimeField(_("linked at"))

    privacy: ClassVar = Privacy(
        identifying=("user", "subject"),
        ordinary=("id", "issuer", "linked_at"),
        retention="2 years after the last role ended, with the account",
        basis=Basis.CONTRACT,
        rule=ACCOUNT,
    )

    class Meta:
        verbose_name = _("identity at a provider")
        verbose_name_plural = _("identities at a provider")
        constraints = (
            models.UniqueConstraint(fields=["issuer", "subject"], name="provider_identity_once"),
            models.UniqueConstraint(fields=["issuer", "user"], name="provider_identity_one_an_account"),
        )

    def __str__(self) -> str:
        return f"{self.issuer} {self.pk}"


class SignInTry(models.Model):
    """One try at an account, by keyed digests: what was typed and where it came from cannot be read back."""

    account_digest = models.CharField(_("digest of the account"), max_length=64)
    address_digest = models.CharField(_("digest of the network address"), max_length=64)
    at = models.DateTimeField(_("instant"), db_index=True)

    privacy: ClassVar = Privacy(
        identifying=("account_digest", "address_digest"),
        ordinary=("id", "at"),
        retention="a quarter of an hour, then erased at the next try",
        basis=Basis.LEGAL_DUTY,
        rule=WITH_ITS_OWNER,
    )

    class Meta:
        verbose_name = _("sign-in try")
        verbose_name_plural = _("sign-in tries")
        indexes = (models.Index(fields=["account_digest", "at"], name="sign_in_try_account"),)

    def __str__(self) -> str:
        return f"try {self.pk}"


class Session(AbstractBaseSession):
    """An open session: whose, since when, on what kind of device. `territories.sessions` keeps it in step."""

    account_id = models.BigIntegerField(_("account"), null=True, db_index=True)
    opened_at = models.DateTimeField(_("opened at"), null=True)
    device = models.CharField(_("device"), max_length=100, blank=True)
    is_shared = models.BooleanField(_("shared computer"), default=False)

    privacy: ClassVar = Privacy(
        identifying=("account_id",),
        sensitive=("session_key", "session_data"),
        ordinary=("expire_date", "opened_at", "device", "is_shared"),
        retention="until it ends, eight hours at most",
        basis=Basis.CONTRACT,
        rule=WITH_ITS_OWNER,
    )

    class Meta:
        verbose_name = _("open session")
        verbose_name_plural = _("open sessions")

    def __str__(self) -> str:
        return f"session of {self.account_id}"


def digest_of(secret: str) -> str:
    """Digest the secret of a link: two hundred and fifty-six bits chosen at random need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()
