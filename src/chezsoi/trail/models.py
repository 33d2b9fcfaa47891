"""The trail: entries without foreign keys, so that it outlives what it speaks of, and the seals that chain them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, Privacy
from chezsoi.law.retention import NAMES_NOBODY, TRAIL


class Entry(models.Model):
    """One act or one look: actor and object as plain identifiers, detail as JSON codes, never content."""

    at = models.DateTimeField(_("instant"), db_index=True)
    actor_id = models.BigIntegerField(_("actor"), null=True, db_index=True)
    actor_label = models.CharField(_("name of the actor"), max_length=200)
    role = models.CharField(_("role"), max_length=50)
    organisation_id = models.BigIntegerField(_("organisation"), null=True)
    territory_id = models.BigIntegerField(_("territory"), null=True)
    purpose = models.CharField(_("purpose"), max_length=100, blank=True)
    verb = models.CharField(_("verb"), max_length=100)
    object_type = models.CharField(_("kind of object"), max_length=100, blank=True)
    object_id = models.CharField(_("object"), max_length=40, blank=True)
    detail = models.TextField(_("detail"), default="{}")
    reason = models.TextField(_("reason"), blank=True)
    batch = models.BigIntegerField(_("sealed batch"), null=True, db_index=True)

    privacy: ClassVar = Privacy(
        identifying=("actor_id", "actor_label"),
        sensitive=("object_type", "object_id", "detail", "reason"),
        ordinary=("id", "at", "role", "organisation_id", "territory_id", "purpose", "verb", "batch"),
        retention="12 months, then the sealed digests alone",
        basis=Basis.LEGAL_DUTY,
        rule=TRAIL,
    )

    class Meta:
        verbose_name = _("trail entry")
        verbose_name_plural = _("trail entries")
        indexes = (models.Index(fields=["object_type", "object_id"], name="trail_entry_object"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class Seal(models.Model):
    """The digest of one batch of entries, chained to the batch before it."""

    number = models.BigIntegerField(_("number"), unique=True)
    sealed_at = models.DateTimeField(_("sealed at"))
    count = models.PositiveIntegerField(_("number of entries"))
    digest = models.CharField(_("digest"), max_length=64)
    row_digests = models.TextField(_("digests of the rows"))
    last_entry_at = models.DateTimeField(_("instant of the latest entry"), null=True, blank=True)
    forgotten_on = models.DateField(_("entries erased on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        ordinary=("id", "number", "sealed_at", "count", "digest", "row_digests", "last_entry_at", "forgotten_on"),
        retention="kept",
        basis=Basis.LEGAL_DUTY,
        rule=NAMES_NOBODY,
    )

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return f"seal {self.number}"
