"""Who needs to know: the dated circle of a household."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Privacy
from chezsoi.people.choices import CircleBasis
from chezsoi.people.models.households import Household
from chezsoi.people.models.persons import KEPT


class CircleMemberships(models.QuerySet["CircleMembership"]):
    """What puts services, and workers of them, in circles."""

    def naming_somebody_on(self, day: date) -> CircleMemberships:
        """Keep those that name a worker on a day."""
        still_open = Q(ends_on=None) | Q(ends_on__gt=day)
        return self.filter(still_open, starts_on__lte=day, user__isnull=False)


class CircleMembership(models.Model):
    """An organisation (a team), or one worker of it, who may open a household's file, why, and until when."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="circle", verbose_name=_("household"))
    organisation = models.ForeignKey("territories.Organisation", models.PROTECT, verbose_name=_("organisation"))
    user = models.ForeignKey("territories.User", models.PROTECT, null=True, blank=True, verbose_name=_("account"))
    basis = models.CharField(_("why"), max_length=20, choices=CircleBasis)
    purpose = models.CharField(_("purpose"), max_length=100)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (excluded)"), null=True, blank=True)
    is_closed_at_their_wish = models.BooleanField(_("closed because the person asked"), default=False)

    objects = CircleMemberships.as_manager()

    privacy: ClassVar = Privacy(
        sensitive=("organisation", "user", "basis", "purpose"),
        ordinary=("id", "household", "starts_on", "ends_on", "is_closed_at_their_wish"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("circle membership")
        verbose_name_plural = _("circle memberships")
        constraints = (
            models.CheckConstraint(
                name="circle_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} in the circle of {self.household_id}"
