"""Organisations, the people who work there and their dated roles."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import ACCOUNT, NAMES_NOBODY
from chezsoi.territories.choices import OrganisationKind
from chezsoi.territories.models.geography import Territory


class Organisation(models.Model):
    """A body whose people use the system, controller of its own files; it may serve several territories."""

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind)
    siren = models.CharField(_("SIREN"), max_length=9, blank=True)
    territories = models.ManyToManyField(Territory, related_name="organisations", verbose_name=_("territories"))
    is_active = models.BooleanField(_("active"), default=True)

    privacy: ClassVar = Privacy(
        ordinary=("id", "key", "name", "kind", "siren", "territories", "is_active"),
        retention="as long as the organisation takes part",
        basis=Basis.NOT_PERSONAL,
        rule=NAMES_NOBODY,
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    def is_open_to(self, actor: Actor) -> bool:
        """Let its own people, and programs, act on it."""
        return actor.organisation_id == self.pk or actor.is_operator


class Users(BaseUserManager["User"]):
    """Find accounts by mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who works with the system. What they may do comes from their roles, never from the account."""

    email = models.EmailField(_("mail address"), unique=True)
    full_name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=5, default="fr")
    is_active = models.BooleanField(_("active"), default=True)
    disabled_at = models.DateTimeField(_("disabled at"), null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration account"), default=False)

    objects = Users()

    NOWHERE: ClassVar = "erased.invalid"
    """Where no mail arrives: the address of an account that was forgotten."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    privacy: ClassVar = Privacy(
        identifying=("email", "full_name"),
        sensitive=("password",),
        ordinary=("id", "last_login", "language", "is_active", "disabled_at", "is_demo"),
        retention="2 years after the last role ended",
        basis=Basis.CONTRACT,
        rule=ACCOUNT,
    )

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.full_name

    def is_open_to(self, actor: Actor) -> bool:
        """Let those of an organisation act on the accounts that work in it, and programs on all."""
        return actor.is_operator or self.roles.filter(organisation=actor.organisation_id).exists()


class RoleAssignments(models.QuerySet["RoleAssignment"]):
    """Roles by date."""

    def in_force_on(self, day: date) -> RoleAssignments:
        """Keep the roles held on a day, end excluded, by active accounts of active organisations."""
        return self.filter(
            Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day)),
            user__is_active=True,
            organisation__is_active=True,
        )


class RoleAssignment(models.Model):
    """The dated role of one account in one organisation, for one territory (or the nation when none)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="roles", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=50)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles", verbose_name=_("organisation"))
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="roles", verbose_name=_("territory")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (excluded)"), null=True, blank=True)

    objects = RoleAssignments.as_manager()

    privacy: ClassVar = Privacy(
        identifying=("user",),
        ordinary=("id", "role", "organisation", "territory", "starts_on", "ends_on"),
        retention="2 years after the role ended",
        basis=Basis.CONTRACT,
        rule=ACCOUNT,
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = (
            models.CheckConstraint(
                name="role_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} of {self.organisation_id}"
