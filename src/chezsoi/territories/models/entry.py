"""How people come in: links sent by mail, tries at a password, open sessions."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, Privacy
from chezsoi.territories.choices import LinkPurpose
from chezsoi.territories.models.accounts import User


class AccountLink(models.Model):
    """A link sent to the address of an account: it serves once, and not for long. Only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="links", verbose_name=_("account"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=LinkPurpose)
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        identifying=("user",),
        sensitive=("digest",),
        ordinary=("id", "purpose", "made_at", "expires_at", "used_at"),
        retention="2 years after the last role ended, with the account",
        basis=Basis.CONTRACT,
    )

    class Meta:
        verbose_name = _("account link")
        verbose_name_plural = _("account links")

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


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
    )

    class Meta:
        verbose_name = _("open session")
        verbose_name_plural = _("open sessions")

    def __str__(self) -> str:
        return f"session of {self.account_id}"
