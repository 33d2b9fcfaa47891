"""Territories and the geography they are made of."""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, Privacy
from chezsoi.law.retention import NAMES_NOBODY
from chezsoi.territories.choices import CodeKind, TerritoryKind

REFERENCE: dict[str, Any] = {
    "retention": "as long as the reference set is published",
    "basis": Basis.NOT_PERSONAL,
    "rule": NAMES_NOBODY,
}


class Commune(models.Model):
    """A commune of today."""

    code = models.CharField(_("INSEE code"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    search_name = models.CharField(_("name without accents"), max_length=100, db_index=True)
    departement_code = models.CharField(_("département"), max_length=3, db_index=True)
    region_code = models.CharField(_("region"), max_length=3)
    epci_siren = models.CharField(_("intercommunal body"), max_length=9, blank=True, db_index=True)
    postcodes = models.CharField(_("postcodes"), max_length=300, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True)

    privacy: ClassVar = Privacy(
        ordinary=(
            "code", "name", "search_name", "departement_code", "region_code", "epci_siren", "postcodes", "population",
        ),
        **REFERENCE,
    )  # fmt: skip

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")

    def __str__(self) -> str:
        return self.name


class FormerCommune(models.Model):
    """A former, delegated or district commune, or a former code, and the commune of today it lies in."""

    code = models.CharField(_("INSEE code"), max_length=5, db_index=True)
    kind = models.CharField(_("kind"), max_length=30)
    name = models.CharField(_("name"), max_length=100, blank=True)
    search_name = models.CharField(_("name without accents"), max_length=100, blank=True, db_index=True)
    commune = models.ForeignKey(Commune, models.CASCADE, related_name="former", verbose_name=_("commune"))

    privacy: ClassVar = Privacy(ordinary=("id", "code", "kind", "name", "search_name", "commune"), **REFERENCE)

    class Meta:
        verbose_name = _("former commune")
        verbose_name_plural = _("former communes")
        constraints = (models.UniqueConstraint(fields=["code", "kind"], name="former_commune_once"),)

    def __str__(self) -> str:
        return self.name or self.code


class Territory(models.Model):
    """A territory of the Logement d'abord plan: one body, or two that answered together."""

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=20, choices=TerritoryKind)
    departement_code = models.CharField(_("département"), max_length=3)
    region_code = models.CharField(_("region"), max_length=3)
    seat_commune_code = models.CharField(_("seat"), max_length=5)
    population = models.PositiveIntegerField(_("population"), null=True)
    is_overseas = models.BooleanField(_("overseas"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Paris")
    valid_from = models.DateField(_("valid from"), null=True)
    valid_to = models.DateField(_("valid until"), null=True)
    note = models.TextField(_("note"), blank=True)

    privacy: ClassVar = Privacy(
        ordinary=(
            "id",
            "key",
            "name",
            "kind",
            "departement_code",
            "region_code",
            "seat_commune_code",
            "population",
            "is_overseas",
            "time_zone",
            "valid_from",
            "valid_to",
            "note",
        ),
        **REFERENCE,
    )

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        constraints = (
            models.CheckConstraint(
                name="territory_ends_after_it_starts",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def clock(self) -> ZoneInfo:
        """Give the clock that says what day it is there."""
        return ZoneInfo(self.time_zone)


class TerritoryMember(models.Model):
    """One of the legal bodies a territory is made of; its communes are the territory's."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="members", verbose_name=_("territory"))
    code = models.CharField(_("code"), max_length=9)
    code_kind = models.CharField(_("kind of code"), max_length=20, choices=CodeKind)

    privacy: ClassVar = Privacy(ordinary=("id", "territory", "code", "code_kind"), **REFERENCE)

    class Meta:
        verbose_name = _("member of a territory")
        verbose_name_plural = _("members of a territory")
        constraints = (models.UniqueConstraint(fields=["territory", "code"], name="territory_member_once"),)

    def __str__(self) -> str:
        return f"{self.code_kind} {self.code}"


class ReferenceSet(models.Model):
    """A set of the data folder as last loaded: an unchanged file is not read again."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    sha256 = models.CharField(_("digest"), max_length=64)

    privacy: ClassVar = Privacy(ordinary=("id", "name", "sha256"), **REFERENCE)

    class Meta:
        verbose_name = _("reference set")
        verbose_name_plural = _("reference sets")

    def __str__(self) -> str:
        return self.name
