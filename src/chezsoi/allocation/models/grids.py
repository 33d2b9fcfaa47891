"""The scoring grids a territory publishes, version by version, and the drafts of those to come."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import NAMES_NOBODY

TITLE_OF_THE_SAMPLE = _("Sample scoring grid")


class ScoringGrids(models.QuerySet["ScoringGrid"]):
    """Published grids by who may read them."""

    def visible_to(self, actor: Actor) -> ScoringGrids:
        """Keep those of the actor's territories and those of the house: the law wants the criteria published."""
        return self.filter(Q(territory=None) | Q(territory_id__in=actor.territory_ids))


class ScoringGrid(models.Model):
    """
    A published grid of points, one version of it; a published version never changes.

    It holds in the communes of one intercommunal body when it names one, else in its whole territory, else everywhere.
    """

    key = models.SlugField(_("key"))
    version = models.CharField(_("version"), max_length=20)
    territory = models.ForeignKey("territories.Territory", models.PROTECT, null=True, verbose_name=_("territory"))
    epci_siren = models.CharField(_("intercommunal body"), max_length=9, blank=True, default="")
    valid_from = models.DateField(_("in force from"))
    content = models.JSONField(_("criteria"))
    sha256 = models.CharField(_("digest"), max_length=64)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.BigIntegerField(_("published by"), null=True, blank=True)

    objects = ScoringGrids.as_manager()

    privacy: ClassVar = Privacy(
        ordinary=(
            "id", "key", "version", "territory", "epci_siren", "valid_from", "content", "sha256", "published_at",
            "published_by",
        ),
        retention="kept",
        basis=Basis.NOT_PERSONAL,
        rule=NAMES_NOBODY,
    )  # fmt: skip

    class Meta:
        verbose_name = _("scoring grid")
        verbose_name_plural = _("scoring grids")
        constraints = (
            models.UniqueConstraint(fields=["key", "version"], name="grid_version_once"),
            models.CheckConstraint(
                name="a_grid_of_an_intercommunal_body_has_a_territory",
                condition=Q(epci_siren="") | Q(territory__isnull=False),
            ),
        )

    def __str__(self) -> str:
        """Name the grid by its title as its authors wrote it, or in the catalogue when it is the program's own."""
        return gettext("%(title)s, version %(version)s") % {"title": self.title, "version": self.version}

    @property
    def title(self) -> str:
        return gettext(self.content.get("title") or self.key)


class GridDrafts(models.QuerySet["GridDraft"]):
    """Drafts by who may see them."""

    def visible_to(self, actor: Actor) -> GridDrafts:
        """Keep those of the actor's territories, for those who open rounds."""
        return self.filter(territory_id__in=actor.territory_ids) if actor.may("run_round") else self.none()


class GridDraft(models.Model):
    """A grid being written: no round reads it, whatever it holds."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    epci_siren = models.CharField(_("intercommunal body"), max_length=9, blank=True, default="")
    origin = models.ForeignKey(ScoringGrid, models.PROTECT, verbose_name=_("version it starts from"))
    content = models.JSONField(_("criteria"))
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.BigIntegerField(_("changed by"), null=True, blank=True)

    objects = GridDrafts.as_manager()

    privacy: ClassVar = Privacy(
        ordinary=("id", "territory", "epci_siren", "origin", "content", "changed_at", "changed_by"),
        retention="until it is published or thrown away",
        basis=Basis.NOT_PERSONAL,
        rule=NAMES_NOBODY,
    )

    class Meta:
        verbose_name = _("draft of a grid")
        verbose_name_plural = _("drafts of grids")

    def __str__(self) -> str:
        return gettext(self.content.get("title") or "")

    def is_open_to(self, actor: Actor) -> bool:
        """Let programs act on it, and those for whom it exists; a new one belongs to whoever starts it."""
        new = self.pk is None
        return actor.is_operator or new or GridDraft.objects.filter(pk=self.pk).visible_to(actor).exists()
