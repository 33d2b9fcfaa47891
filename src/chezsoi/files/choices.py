"""Closed lists of the files app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    """What a source's files list."""

    PEOPLE = "people", _("people")
    HOMES = "homes", _("homes")


class BatchState(models.TextChoices):
    """How far an import has gone."""

    READING = "reading", _("being read")
    PREVIEWED = "previewed", _("previewed")
    LOADING = "loading", _("loading")
    LOADED = "loaded", _("loaded")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("failed")


class ChangeKind(models.TextChoices):
    """What an import did to a row."""

    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")
