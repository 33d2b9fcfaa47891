"""Leases as signed, and what a landlord calls the support of its tenant for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, EncryptedTextField, MoneyField, Privacy
from chezsoi.law.retention import LEASE
from chezsoi.tenancies.choices import CallReason, LeaseKind

IN_FORCE = Q(ended_on=None, voided_at=None)
AWAITING = Q(taken_up_on=None, withdrawn_on=None)
"""A call of a landlord that nobody took up yet."""


class Lease(models.Model):
    """A lease as signed. A mistaken one is voided, with who, when and why; it stays readable and frees the home."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    household = models.ForeignKey(
        "people.Household", models.PROTECT, related_name="leases", verbose_name=_("household")
    )
    dwelling = models.ForeignKey("homes.Dwelling", models.PROTECT, related_name="leases", verbose_name=_("dwelling"))
    offer = models.ForeignKey("homes.Offer", models.PROTECT, verbose_name=_("offer"))
    candidacy = models.ForeignKey("allocation.Candidacy", models.PROTECT, null=True, verbose_name=_("candidacy"))
    support_measure = models.ForeignKey(
        "support.SupportMeasure", models.PROTECT, null=True, verbose_name=_("support opened with it")
    )
    kind = models.CharField(_("kind of lease"), max_length=20, choices=LeaseKind)
    is_social = models.BooleanField(_("social housing"))
    signed_on = models.DateField(_("signed on"))
    starts_on = models.DateField(_("starts on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    rent_per_month = MoneyField(_("rent a month, without charges"), null=True, blank=True)
    charges_per_month = MoneyField(_("charges a month"), null=True, blank=True)
    has_joint_liability = models.BooleanField(_("joint liability of those who share the home"), default=False)
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True)
    void_reason = models.CharField(_("why it was voided"), max_length=300, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("rent_per_month", "charges_per_month", "void_reason"),
        ordinary=(
            "id", "territory", "household", "dwelling", "offer", "candidacy", "support_measure", "kind", "is_social",
            "signed_on", "starts_on", "ended_on", "has_joint_liability", "voided_at",
        ),
        retention="length of the lease and 3 years",
        basis=Basis.CONTRACT,
        rule=LEASE,
    )  # fmt: skip

    class Meta:
        verbose_name = _("lease")
        verbose_name_plural = _("leases")
        constraints = (
            models.UniqueConstraint(fields=["dwelling"], condition=IN_FORCE, name="one_lease_at_a_time_a_dwelling"),
            models.UniqueConstraint(fields=["household"], condition=IN_FORCE, name="one_lease_at_a_time_a_household"),
            models.CheckConstraint(name="lease_starts_once_signed", condition=Q(starts_on__gte=F("signed_on"))),
            models.CheckConstraint(
                name="lease_ends_after_it_starts", condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="a_voided_lease_says_why",
                condition=Q(voided_at=None, void_reason="") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
            ),
        )

    def __str__(self) -> str:
        return f"lease of {self.dwelling_id}"

    @property
    def is_in_force(self) -> bool:
        return self.ended_on is None and self.voided_at is None


class LandlordCall(models.Model):
    """
    A landlord calls the support of its tenant during the lease.

    It changes neither the lease nor any support, and asks the household for nothing: the team speaks with it, and it
    may say no. The landlord reads that the call was taken up and the words meant for it, nothing of what was said.
    """

    lease = models.ForeignKey(Lease, models.CASCADE, related_name="calls", verbose_name=_("lease"))
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("landlord that calls")
    )
    reason = models.CharField(_("what it is about"), max_length=12, choices=CallReason)
    words = EncryptedTextField(_("what the landlord noticed"), blank=True)
    household_knows = models.BooleanField(_("the household knows of the call"))
    called_on = models.DateField(_("called on"))
    taken_up_on = models.DateField(_("taken up on"), null=True, blank=True)
    taken_up_by = models.BigIntegerField(_("taken up by"), null=True, blank=True)
    answer = EncryptedTextField(_("what the landlord reads"), blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("reason", "words", "answer"),
        ordinary=(
            "id", "lease", "organisation", "household_knows", "called_on", "taken_up_on", "taken_up_by",
            "withdrawn_on",
        ),
        retention="length of the lease and 3 years",
        basis=Basis.CONTRACT,
        rule=LEASE,
    )  # fmt: skip

    class Meta:
        verbose_name = _("call of a landlord")
        verbose_name_plural = _("calls of landlords")
        constraints = (
            models.UniqueConstraint(fields=["lease"], condition=AWAITING, name="a_landlord_calls_once_at_a_time"),
            models.CheckConstraint(
                name="a_call_is_taken_up_or_withdrawn", condition=Q(taken_up_on=None) | Q(withdrawn_on=None)
            ),
        )

    def __str__(self) -> str:
        return f"call {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.lease.territory_id

    @property
    def awaits(self) -> bool:
        return self.taken_up_on is None and self.withdrawn_on is None
