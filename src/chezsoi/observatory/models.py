"""Figures that come from elsewhere: totals a rate is divided by, with their source and date."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, Privacy
from chezsoi.law.retention import NAMES_NOBODY


class SocialAllocationTotal(models.Model):
    """All social housing allocations of a territory in a year, as an outer source published them on a day."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.PositiveIntegerField(_("allocations"))
    qualifier = models.CharField(_("qualifier"), max_length=20, default="exact")
    source = models.CharField(_("source"), max_length=200)
    dated_on = models.DateField(_("dated on"))
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    privacy: ClassVar = Privacy(
        ordinary=("id", "territory", "year", "value", "qualifier", "source", "dated_on", "recorded_at"),
        retention="kept",
        basis=Basis.NOT_PERSONAL,
        rule=NAMES_NOBODY,
    )

    class Meta:
        verbose_name = _("total of social allocations")
        verbose_name_plural = _("totals of social allocations")
        constraints = (
            models.UniqueConstraint(fields=["territory", "year", "dated_on"], name="allocation_total_once_a_date"),
        )

    def __str__(self) -> str:
        return f"{self.year}"


class ErasedCount(models.Model):
    """What the erased files count for in a figure: a number, nobody behind it, so that no published figure changes."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    indicator = models.CharField(_("indicator"), max_length=60)
    version = models.CharField(_("version of the definition"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.PositiveIntegerField(_("counted"), default=0)

    privacy: ClassVar = Privacy(
        ordinary=("id", "territory", "indicator", "version", "year", "value"),
        retention="kept: a number without a name",
        basis=Basis.NOT_PERSONAL,
        rule=NAMES_NOBODY,
    )

    class Meta:
        verbose_name = _("count of erased files")
        verbose_name_plural = _("counts of erased files")
        constraints = (
            models.UniqueConstraint(
                fields=["territory", "indicator", "version", "year"], name="erased_files_counted_once_a_figure"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.value}"
