"""Each time a service and a household met: the day, the place, for how long, what for, what comes next."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import EncryptedTextField, Privacy
from chezsoi.support.choices import ContactPlace, TeamKind
from chezsoi.support.models.measures import KEPT


class Contact(models.Model):
    """One meeting of a household and a team of an organisation; no diagnosis is written here."""

    household = models.ForeignKey(
        "people.Household", models.CASCADE, related_name="contacts", verbose_name=_("household")
    )
    organisation = models.ForeignKey("territories.Organisation", models.PROTECT, verbose_name=_("organisation"))
    team = models.CharField(_("team"), max_length=20, choices=TeamKind)
    met_on = models.DateField(_("met on"))
    place = models.CharField(_("place"), max_length=20, choices=ContactPlace)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    aim = EncryptedTextField(_("what it was about"), blank=True)
    next_step = EncryptedTextField(_("what comes next"), blank=True)
    noted_by = models.BigIntegerField(_("noted by"), null=True, blank=True)
    cancelled_on = models.DateField(_("taken back on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("organisation", "team", "place", "aim", "next_step"),
        ordinary=("id", "household", "met_on", "minutes", "noted_by", "cancelled_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = (models.Index(fields=["organisation", "met_on"], name="contact_by_organisation"),)

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id
