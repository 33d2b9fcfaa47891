"""Where a person lives and what a household lives on: dated observations, never overwritten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import MoneyField, Privacy
from chezsoi.kernel.quality import Quality
from chezsoi.people.choices import HOMELESS, ROUGH, Origin, ResourceKind, Situation
from chezsoi.people.models.persons import KEPT, QUALITIES, Person


class ResidentialSituation(models.Model):
    """
    One observation: where a person lives since a day, as known on a day.

    The spine of every figure. A later observation never erases an earlier one; a mistaken one is withdrawn, with its
    reason, and stays readable. A member nobody asked inherits the lead's, marked derived.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="situations", verbose_name=_("person"))
    situation = models.CharField(_("living situation"), max_length=20, choices=Situation)
    since = models.DateField(_("since"), null=True, blank=True)
    observed_on = models.DateField(_("observed on"))
    commune = models.ForeignKey("territories.Commune", models.PROTECT, null=True, verbose_name=_("commune"))
    origin = models.CharField(_("how it is known"), max_length=20, choices=Origin)
    source = models.ForeignKey("files.Source", models.PROTECT, null=True, verbose_name=_("source"))
    quality = models.CharField(_("quality"), max_length=20, choices=QUALITIES, default=Quality.KNOWN)
    is_derived = models.BooleanField(_("derived from the lead's"), default=False)
    derived_from = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="derived", verbose_name=_("observation of the lead")
    )
    original_words = models.CharField(_("as written"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    recorded_by = models.BigIntegerField(_("recorded by"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.BigIntegerField(_("withdrawn by"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("situation", "since", "observed_on", "commune", "original_words", "withdrawal_reason"),
        ordinary=(
            "id", "person", "origin", "source", "quality", "is_derived", "derived_from", "recorded_at", "recorded_by",
            "withdrawn_at", "withdrawn_by",
        ),
        **KEPT,  # type: ignore[arg-type]
    )  # fmt: skip

    class Meta:
        verbose_name = _("residential situation")
        verbose_name_plural = _("residential situations")
        indexes = (models.Index(fields=["person", "observed_on"], name="situation_by_person_and_day"),)
        constraints = (
            models.CheckConstraint(
                name="situation_began_before_it_was_seen", condition=Q(since=None) | Q(since__lte=F("observed_on"))
            ),
            models.CheckConstraint(
                name="derived_situation_names_the_leads",
                condition=Q(is_derived=True, derived_from__isnull=False) | Q(is_derived=False, derived_from=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.situation} on {self.observed_on}"

    @property
    def is_rough(self) -> bool:
        return self.situation in ROUGH

    @property
    def is_homeless(self) -> bool:
        return self.situation in HOMELESS


class ResourceStatement(models.Model):
    """What a person said, or showed, they live on, a month, on a day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="resources", verbose_name=_("person"))
    kind = models.CharField(_("kind of resources"), max_length=20, choices=ResourceKind)
    amount_per_month = MoneyField(_("amount a month"), null=True, blank=True)
    stated_on = models.DateField(_("stated on"))
    source = models.ForeignKey("files.Source", models.PROTECT, null=True, verbose_name=_("source"))
    original_words = models.CharField(_("as written"), max_length=200, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("kind", "amount_per_month", "original_words"),
        ordinary=("id", "person", "stated_on", "source"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("statement of resources")
        verbose_name_plural = _("statements of resources")
        constraints = (
            models.CheckConstraint(
                name="resources_not_negative", condition=Q(amount_per_month=None) | Q(amount_per_month__gte=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} on {self.stated_on}"
