"""How many households the teams of an organisation can follow, as it says itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import SOCIAL_FILE
from chezsoi.support.choices import FOLLOWED, Intensity


class TeamPlaces(models.Model):
    """How many households the teams of an organisation can follow at an intensity, said on a day; the last counts."""

    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, related_name="team_places", verbose_name=_("organisation")
    )
    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    intensity = models.CharField(_("intensity"), max_length=20, choices=[(each.value, each.label) for each in FOLLOWED])
    places = models.PositiveSmallIntegerField(_("places"))
    stated_on = models.DateField(_("stated on"))

    privacy: ClassVar = Privacy(
        ordinary=("id", "organisation", "territory", "intensity", "places", "stated_on"),
        retention="2 years, as the support it was said for",
        basis=Basis.PUBLIC_TASK,
        rule=SOCIAL_FILE,
    )

    class Meta:
        verbose_name = _("places of the teams")
        verbose_name_plural = _("places of the teams")

    def __str__(self) -> str:
        return f"{self.places} places, {Intensity(self.intensity).value}"

    def is_open_to(self, actor: Actor) -> bool:
        """Let programs act on it, and those who work for the organisation."""
        return actor.is_operator or self.organisation_id == actor.organisation_id
