"""Documents handed over by a household: kept encrypted, read by few, each read written down."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import EncryptedTextField, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import DOCUMENT_CATEGORIES, DocumentKind, ScanState
from chezsoi.people.models.households import Household
from chezsoi.people.models.persons import KEPT


class Attachment(models.Model):
    """One document: what it shows, until when it is good; one removed by mistake can be put back for 30 days."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="attachments", verbose_name=_("household"))
    kind = models.CharField(_("what it shows"), max_length=20, choices=DocumentKind)
    file_name = EncryptedTextField(_("file name"))
    media_type = models.CharField(_("format"), max_length=100)
    stored_name = models.CharField(_("name of the kept copy"), max_length=64)
    sha256 = models.CharField(_("digest"), max_length=64)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"))
    scan = models.CharField(_("virus scan"), max_length=20, choices=ScanState)
    expires_on = models.DateField(_("good until"), null=True, blank=True)
    attached_on = models.DateField(_("attached on"))
    attached_by = models.BigIntegerField(_("attached by"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        identifying=("file_name", "sha256"),
        sensitive=("kind", "attached_by"),
        ordinary=(
            "id", "household", "media_type", "stored_name", "size_bytes", "scan", "expires_on", "attached_on",
            "removed_at",
        ),
        **KEPT,  # type: ignore[arg-type]
    )  # fmt: skip

    class Meta:
        verbose_name = _("attached document")
        verbose_name_plural = _("attached documents")

    def __str__(self) -> str:
        return f"document {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id

    @property
    def category(self) -> str:
        """Name the category of data that decides who reads it."""
        return DOCUMENT_CATEGORIES[DocumentKind(self.kind)]

    def is_open_to(self, actor: Actor) -> bool:
        """Follow the household."""
        return self.household.is_open_to(actor)
