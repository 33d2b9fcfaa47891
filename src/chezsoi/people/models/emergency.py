"""One file opened outside its circle, for an hour, because somebody is in danger; read again afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import EncryptedTextField, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import EmergencyReason, ReviewFinding
from chezsoi.people.models.households import Household
from chezsoi.people.models.ready import EMERGENCY
from chezsoi.people.models.rights import PROOF


class EmergencyAccesses(models.QuerySet["EmergencyAccess"]):
    """Emergency accesses by who may know of them."""

    def visible_to(self, actor: Actor) -> EmergencyAccesses:
        """Keep the reader's own and, for who reviews them, those of their territories."""
        mine = Q(user_id=actor.user_id) if actor.user_id is not None else Q(pk__in=())
        if actor.may("review_emergency") and not actor.is_operator:
            mine |= Q(territory_id__in=actor.territory_ids)
        return self.filter(mine)

    def open_at(self, instant: datetime) -> EmergencyAccesses:
        """Keep those that still let their reader in."""
        return self.filter(started_at__lte=instant, ends_at__gt=instant, ended_at=None)


class EmergencyAccess(models.Model):
    """Who opened which file, why, until when; and what the data protection officer found of it."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    household = models.ForeignKey(Household, models.CASCADE, related_name="emergencies", verbose_name=_("household"))
    user = models.ForeignKey("territories.User", models.PROTECT, related_name="+", verbose_name=_("account"))
    organisation = models.ForeignKey("territories.Organisation", models.PROTECT, verbose_name=_("organisation"))
    role = models.CharField(_("role"), max_length=50)
    reason = models.CharField(_("why"), max_length=20, choices=EmergencyReason)
    words = EncryptedTextField(_("why, in words"))
    started_at = models.DateTimeField(_("opened at"))
    ends_at = models.DateTimeField(_("closes at"))
    ended_at = models.DateTimeField(_("closed by hand at"), null=True, blank=True)
    review_due_at = models.DateTimeField(_("to be reviewed by"))
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    reviewed_by = models.BigIntegerField(_("reviewed by"), null=True, blank=True)
    finding = models.CharField(_("finding"), max_length=20, choices=ReviewFinding, blank=True)
    note = EncryptedTextField(_("note of the reviewer"), blank=True)

    objects = EmergencyAccesses.as_manager()

    privacy: ClassVar = Privacy(
        identifying=("user", "words"),
        sensitive=("reason", "note", "finding", "reviewed_by"),
        ordinary=(
            "id", "territory", "household", "organisation", "role", "started_at", "ends_at", "ended_at",
            "review_due_at", "reviewed_at",
        ),
        **PROOF,  # type: ignore[arg-type]
    )  # fmt: skip

    class Meta:
        verbose_name = _("emergency access")
        verbose_name_plural = _("emergency accesses")
        indexes = (models.Index(fields=["user", "ends_at"], name="emergency_of_a_user"),)
        constraints = (
            models.CheckConstraint(name="emergency_ends_after_it_starts", condition=Q(ends_at__gt=F("started_at"))),
            models.CheckConstraint(
                name="emergency_reviewed_with_a_finding",
                condition=Q(reviewed_at=None, finding="") | (Q(reviewed_at__isnull=False) & ~Q(finding="")),
            ),
        )

    def __str__(self) -> str:
        return f"emergency access of {self.started_at:%Y-%m-%d %H:%M}"

    def is_open_to(self, actor: Actor) -> bool:
        """Let its reader end it, and the reviewer of the territory review it."""
        return EmergencyAccess.objects.filter(pk=self.pk).visible_to(actor).exists()

    def is_open_at(self, instant: datetime) -> bool:
        """Tell whether it still lets its reader in."""
        return self.ended_at is None and self.started_at <= instant < self.ends_at

    @property
    def purpose(self) -> str:
        """Name, in the trail, what is read under it."""
        return f"{EMERGENCY}{self.pk}"
