"""One team of an association hands a household over to another of its teams: its file goes on as it is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import EncryptedTextField, Privacy
from chezsoi.support.choices import TeamKind
from chezsoi.support.models.measures import KEPT


class Handover(models.Model):
    """From which team to which, when, with what words, and when somebody there took it up."""

    household = models.ForeignKey(
        "people.Household", models.CASCADE, related_name="handovers", verbose_name=_("household")
    )
    organisation = models.ForeignKey("territories.Organisation", models.PROTECT, verbose_name=_("organisation"))
    from_team = models.CharField(_("from"), max_length=20, choices=TeamKind)
    to_team = models.CharField(_("to"), max_length=20, choices=TeamKind)
    handed_on = models.DateField(_("handed over on"))
    words = EncryptedTextField(_("what the other team should know"), blank=True)
    taken_up_on = models.DateField(_("taken up on"), null=True, blank=True)
    taken_up_by = models.BigIntegerField(_("taken up by"), null=True, blank=True)
    cancelled_on = models.DateField(_("taken back on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("organisation", "from_team", "to_team", "words"),
        ordinary=("id", "household", "handed_on", "taken_up_on", "taken_up_by", "cancelled_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        constraints = (
            models.CheckConstraint(name="a_handover_changes_team", condition=~Q(from_team=F("to_team"))),
            models.UniqueConstraint(
                fields=["household", "organisation", "to_team"],
                condition=Q(taken_up_on=None, cancelled_on=None),
                name="a_handover_waits_once",
            ),
        )

    def __str__(self) -> str:
        return f"handover {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id

    @property
    def waits(self) -> bool:
        return self.taken_up_on is None and self.cancelled_on is None
