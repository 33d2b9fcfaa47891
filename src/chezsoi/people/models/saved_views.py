"""A list of people as somebody narrowed it, kept under a name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import WITH_ITS_OWNER


class SavedViews(models.QuerySet["SavedView"]):
    """Saved views by who may use them."""

    def visible_to(self, actor: Actor) -> SavedViews:
        """Keep one's own, and those that colleagues of the same organisation share."""
        if actor.is_operator or not actor.may("list_people"):
            return self.none()
        shared = Q(is_shared=True, organisation_id=actor.organisation_id, organisation__isnull=False)
        return self.filter(Q(user_id=actor.user_id) | shared)


class SavedView(models.Model):
    """The filters and the order of a list, under a name; it holds no name of anybody, and shows what its reader may."""

    user = models.ForeignKey("territories.User", models.CASCADE, related_name="+", verbose_name=_("account"))
    organisation = models.ForeignKey(
        "territories.Organisation", models.CASCADE, null=True, related_name="+", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=80)
    wanted = models.CharField(_("filters and order"), max_length=500)
    is_shared = models.BooleanField(_("shared with the organisation"), default=False)

    objects = SavedViews.as_manager()

    privacy: ClassVar = Privacy(
        ordinary=("id", "user", "organisation", "name", "wanted", "is_shared"),
        retention="as the account",
        basis=Basis.PUBLIC_TASK,
        rule=WITH_ITS_OWNER,
    )

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = (models.UniqueConstraint(fields=["user", "name"], name="saved_view_once"),)

    def __str__(self) -> str:
        return self.name

    def is_open_to(self, actor: Actor) -> bool:
        """Let its owner act on it; one not saved yet belongs to whoever saves it."""
        return self.pk is None or self.user_id == actor.user_id
