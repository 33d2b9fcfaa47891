"""Why a file is kept longer, what was erased without saying who, and each purge."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, EncryptedTextField, Privacy
from chezsoi.journeys.retention.choices import Ground
from chezsoi.law.retention import ARCHIVE, NAMES_NOBODY, TOMBSTONE


class ArchiveJustification(models.Model):
    """Why the file of a household outlives its term: written, dated, signed, and ending on a day."""

    household = models.ForeignKey(
        "people.Household", models.CASCADE, related_name="archive_justifications", verbose_name=_("household")
    )
    ground = models.CharField(_("ground"), max_length=20, choices=Ground)
    reason = EncryptedTextField(_("justification"))
    written_on = models.DateField(_("written on"))
    until_on = models.DateField(_("kept until"))
    written_by = models.BigIntegerField(_("written by"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("ground", "reason", "written_by"),
        ordinary=("id", "household", "written_on", "until_on", "withdrawn_on"),
        retention="as long as the archive it opens, 5 years at most",
        basis=Basis.LEGAL_DUTY,
        rule=ARCHIVE,
    )

    class Meta:
        verbose_name = _("archive justification")
        verbose_name_plural = _("archive justifications")
        constraints = (
            models.CheckConstraint(name="an_archive_ends_after_it_opens", condition=Q(until_on__gt=F("written_on"))),
        )

    def __str__(self) -> str:
        return f"{self.ground} until {self.until_on}"


class Tombstone(models.Model):
    """The keyed digest of a number that an erased file bore: an old file naming it does not bring it back."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    digest = models.CharField(_("digest"), max_length=64)
    erased_on = models.DateField(_("erased on"))

    privacy: ClassVar = Privacy(
        identifying=("digest",),
        ordinary=("id", "territory", "erased_on"),
        retention="5 years after the erasure",
        basis=Basis.LEGAL_DUTY,
        rule=TOMBSTONE,
    )

    class Meta:
        verbose_name = _("mark of an erased file")
        verbose_name_plural = _("marks of erased files")
        constraints = (models.UniqueConstraint(fields=["territory", "digest"], name="one_mark_an_erased_number"),)

    def __str__(self) -> str:
        return f"erased on {self.erased_on}"


class PurgeRun(models.Model):
    """One purge of a territory: its day, and counts without a name; one that was cut short has no end."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    on = models.DateField(_("day of the rules"))
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households erased"), default=0)
    persons = models.PositiveIntegerField(_("persons erased"), default=0)
    rows = models.PositiveIntegerField(_("records erased"), default=0)
    homes = models.PositiveIntegerField(_("homes whose owner and address were erased"), default=0)
    held = models.JSONField(_("files kept, by what keeps them"), default=dict, blank=True)

    privacy: ClassVar = Privacy(
        ordinary=(
            "id", "territory", "on", "started_at", "finished_at", "households", "persons", "rows", "homes", "held",
        ),
        retention="kept: counts without a name",
        basis=Basis.LEGAL_DUTY,
        rule=NAMES_NOBODY,
    )  # fmt: skip

    class Meta:
        verbose_name = _("purge")
        verbose_name_plural = _("purges")

    def __str__(self) -> str:
        return f"purge of {self.on}"
