"""Where files come from, and what each import changed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, EncryptedJSONField, EncryptedTextField, Privacy
from chezsoi.files.choices import BatchState, ChangeKind, SourceKind
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import COPY_OF_A_FILE, IMPORT, NAMES_NOBODY, WITH_ITS_OWNER


class Source(models.Model):
    """A file that a service keeps and sends again and again: its numbers identify its rows in this territory."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    organisation = models.ForeignKey("territories.Organisation", models.PROTECT, verbose_name=_("organisation"))
    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind)

    privacy: ClassVar = Privacy(
        ordinary=("id", "territory", "organisation", "key", "name", "kind"),
        retention="as long as a record cites the source",
        basis=Basis.NOT_PERSONAL,
        rule=NAMES_NOBODY,
    )

    class Meta:
        verbose_name = _("source of files")
        verbose_name_plural = _("sources of files")
        constraints = (
            models.UniqueConstraint(
                fields=["territory", "organisation", "kind", "key"], name="source_key_once_in_an_organisation"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def is_open_to(self, actor: Actor) -> bool:
        """Let its organisation, and programs, use it."""
        return actor.is_operator or actor.organisation_id == self.organisation_id


class ColumnMemory(models.Model):
    """The field that a person confirmed for a header of a source; an empty key leaves the column out."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="columns", verbose_name=_("source of files"))
    header = models.CharField(_("header, normalised"), max_length=200)
    field_key = models.CharField(_("field"), max_length=60, blank=True)

    privacy: ClassVar = Privacy(
        ordinary=("id", "source", "header", "field_key"),
        retention="as long as the source",
        basis=Basis.NOT_PERSONAL,
        rule=WITH_ITS_OWNER,
    )

    class Meta:
        verbose_name = _("remembered column")
        verbose_name_plural = _("remembered columns")
        constraints = (models.UniqueConstraint(fields=["source", "header"], name="column_remembered_once"),)

    def __str__(self) -> str:
        return f"{self.header}: {self.field_key}"


class ImportBatch(models.Model):
    """
    One file sent by somebody: previewed, then loaded, perhaps undone as a whole.

    A long file is read in the background first; what its load would do is then kept in `preview` until it is loaded.
    """

    reference = models.UUIDField(_("reference"), unique=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="batches", verbose_name=_("source of files"))
    file_name = models.CharField(_("file name"), max_length=255)
    stored_name = models.CharField(_("name of the kept copy"), max_length=64, blank=True)
    sha256 = models.CharField(_("digest"), max_length=64)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"))
    as_of_on = models.DateField(_("date of the file"))
    state = models.CharField(_("state"), max_length=10, choices=BatchState, default=BatchState.PREVIEWED)
    preview = EncryptedJSONField(_("preview"), default=dict, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    errors = EncryptedJSONField(_("errors"), default=list, blank=True)
    unknown_codes = EncryptedJSONField(_("unknown codes"), default=list, blank=True)
    failure = models.TextField(_("reason of the failure"), blank=True)
    opened_by_id = models.BigIntegerField(_("account that sent it"), null=True, blank=True)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    total = models.PositiveIntegerField(_("rows to do"), default=0)
    opened_at = models.DateTimeField(_("sent at"))
    started_at = models.DateTimeField(_("loading started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("loading ended at"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("copy and errors erased at"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        identifying=("file_name", "opened_by_id"),
        sensitive=("preview", "errors", "unknown_codes"),
        ordinary=(
            "id", "reference", "source", "stored_name", "sha256", "size_bytes", "as_of_on", "state", "counts",
            "failure", "done", "total", "opened_at", "started_at", "finished_at",
            "forgotten_at",
        ),
        retention="the kept copy, the preview and the errors 30 days, the rest 2 years",
        basis=Basis.PUBLIC_TASK,
        rule=IMPORT,
    )  # fmt: skip

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = (models.Index(fields=["source", "state", "finished_at"], name="import_last_of_source"),)

    def __str__(self) -> str:
        return f"import {self.reference}"

    @property
    def territory_id(self) -> int:
        return self.source.territory_id

    def is_open_to(self, actor: Actor) -> bool:
        """Let the organisation of its source, and programs, see it."""
        return self.source.is_open_to(actor)


class BatchChange(models.Model):
    """One row that an import created or updated: what it takes to put it back."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="changes", verbose_name=_("import"))
    sequence = models.PositiveIntegerField(_("sequence"))
    kind = models.CharField(_("kind"), max_length=10, choices=ChangeKind)
    model_label = models.CharField(_("kind of record"), max_length=100)
    object_id = models.CharField(_("record"), max_length=64)
    before = EncryptedJSONField(_("values before"), default=dict, blank=True)
    digests = models.JSONField(_("digests of the values written"), default=dict, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("before",),
        ordinary=("id", "batch", "sequence", "kind", "model_label", "object_id", "digests"),
        retention="30 days after the import, while it may be undone",
        basis=Basis.PUBLIC_TASK,
        rule=COPY_OF_A_FILE,
    )

    class Meta:
        verbose_name = _("change made by an import")
        verbose_name_plural = _("changes made by an import")
        constraints = (models.UniqueConstraint(fields=["batch", "sequence"], name="change_sequence_once_in_an_import"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.model_label} {self.object_id}"


class Submission(models.Model):
    """A form received: the reference it carried, so that a second press or a retry records nothing twice."""

    reference = models.UUIDField(_("reference"), unique=True)
    account = models.ForeignKey("territories.User", models.CASCADE, related_name="+", verbose_name=_("account"))
    address = models.CharField(_("page it led to"), max_length=300, blank=True)
    received_at = models.DateTimeField(_("received at"))

    privacy: ClassVar = Privacy(
        identifying=("account",),
        ordinary=("id", "reference", "address", "received_at"),
        retention="30 days: nobody sends a form again later",
        basis=Basis.PUBLIC_TASK,
        rule=WITH_ITS_OWNER,
    )

    class Meta:
        verbose_name = _("form received")
        verbose_name_plural = _("forms received")

    def __str__(self) -> str:
        return str(self.reference)


class Draft(models.Model):
    """What an account typed in a form and did not send yet: its own, whatever its role, and nobody else's."""

    account = models.ForeignKey("territories.User", models.CASCADE, related_name="+", verbose_name=_("account"))
    form_key = models.CharField(_("address of the form"), max_length=200)
    title = EncryptedTextField(_("title"), blank=True)
    writer = models.UUIDField(_("reference of the form"))
    sequence = models.BigIntegerField(_("sequence"))
    content = EncryptedJSONField(_("what was typed"), default=list)
    saved_at = models.DateTimeField(_("saved at"))

    privacy: ClassVar = Privacy(
        identifying=("account",),
        sensitive=("title", "content"),
        ordinary=("id", "form_key", "writer", "sequence", "saved_at"),
        retention="14 days after the last save, and no longer than the form is sent",
        basis=Basis.PUBLIC_TASK,
        rule=WITH_ITS_OWNER,
    )

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = (models.UniqueConstraint(fields=["account", "form_key"], name="one_draft_of_a_form"),)

    def __str__(self) -> str:
        return f"draft of {self.form_key}"
