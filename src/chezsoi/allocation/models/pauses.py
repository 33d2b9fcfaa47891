"""A household asks to be proposed nothing until a day. It asks, nobody imposes it; it keeps its rank and its wait."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.models.requests import KEPT
from chezsoi.fields import Privacy
from chezsoi.people.models import Household


class Pause(models.Model):
    """From which day until which a household asked to be proposed nothing; why is nobody's business, so unwritten."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="pauses", verbose_name=_("household"))
    asked_on = models.DateField(_("asked on"))
    until_on = models.DateField(_("proposed nothing until"))
    ended_on = models.DateField(_("back earlier on"), null=True, blank=True)
    cancelled_on = models.DateField(_("taken back on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("asked_on", "until_on", "ended_on"),
        ordinary=("id", "household", "cancelled_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        constraints = (
            models.CheckConstraint(name="a_pause_ends_after_it_starts", condition=Q(until_on__gt=F("asked_on"))),
        )

    def __str__(self) -> str:
        return f"pause {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id

    def runs_on(self, day: date) -> bool:
        """Tell whether it runs on a day; on its last day the household is proposed homes again, by itself."""
        back_on = self.ended_on or self.until_on
        return self.cancelled_on is None and self.asked_on <= day < back_on


def running_on(day: date) -> Q:
    """Keep the pauses that run on a day: the rule of `Pause.runs_on`, for the database."""
    not_back = Q(ended_on=None) | Q(ended_on__gt=day)
    return Q(cancelled_on=None, asked_on__lte=day, until_on__gt=day) & not_back
