"""
What a tenant household would exchange its home for.

A wish, never a duty and never a condition: it moves neither the lease, nor a request, nor a place among those who wait,
and ends in one act. It is of one home: whoever leaves that home, or hands its lease over, wishes it no more.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, MoneyField, Privacy
from chezsoi.law.retention import SOCIAL_FILE
from chezsoi.people.models import Household
from chezsoi.tenancies.models.leases import Lease

KEPT: dict[str, object] = {
    "retention": "2 years after the last contact with the household",
    "basis": Basis.PUBLIC_TASK,
    "rule": SOCIAL_FILE,
}
WISHED = Q(ended_on=None, lease__ended_on=None, lease__voided_at=None, lease__household=F("household"))
"""A wish that counts: not ended, of a lease in force that is still the household's."""


class ExchangeWish(models.Model):
    """A tenant household would exchange its home, for which homes; what it did not say stays unknown."""

    household = models.ForeignKey(
        Household, models.CASCADE, related_name="exchange_wishes", verbose_name=_("household")
    )
    lease = models.ForeignKey(
        Lease, models.CASCADE, related_name="exchange_wishes", verbose_name=_("lease of the home it would leave")
    )
    rooms_min = models.PositiveSmallIntegerField(_("rooms wished, at least"), null=True, blank=True)
    rooms_max = models.PositiveSmallIntegerField(_("rooms wished, at most"), null=True, blank=True)
    max_outlay_per_month = MoneyField(_("rent and charges bearable a month"), null=True, blank=True)
    needs_wheelchair_access = models.BooleanField(_("needs wheelchair access"), null=True, blank=True)
    needs_lift_or_ground = models.BooleanField(_("needs a lift or the ground floor"), null=True, blank=True)
    stated_on = models.DateField(_("stated on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("needs_wheelchair_access", "needs_lift_or_ground", "max_outlay_per_month"),
        ordinary=("id", "household", "lease", "rooms_min", "rooms_max", "stated_on", "ended_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("wish to exchange homes")
        verbose_name_plural = _("wishes to exchange homes")
        constraints = (
            models.UniqueConstraint(
                fields=["household"], condition=Q(ended_on=None), name="one_wish_to_exchange_at_a_time"
            ),
            models.CheckConstraint(
                name="rooms_to_exchange_in_order",
                condition=Q(rooms_min=None) | Q(rooms_max=None) | Q(rooms_max__gte=F("rooms_min")),
            ),
            models.CheckConstraint(
                name="wish_to_exchange_ends_once_stated", condition=Q(ended_on=None) | Q(ended_on__gte=F("stated_on"))
            ),
        )

    def __str__(self) -> str:
        return f"wish to exchange {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id

    @property
    def counts(self) -> bool:
        """Tell whether it is wished still, of the home the household lives in."""
        return self.ended_on is None and self.is_of_their_home

    @property
    def is_of_their_home(self) -> bool:
        return self.lease.is_in_force and self.lease.household_id == self.household_id


class ExchangeCommune(models.Model):
    """A commune where a tenant household would move, in its order; without one, anywhere in the territory."""

    wish = models.ForeignKey(ExchangeWish, models.CASCADE, related_name="communes", verbose_name=_("wish"))
    commune = models.ForeignKey("territories.Commune", models.PROTECT, verbose_name=_("commune"))
    rank = models.PositiveSmallIntegerField(_("rank of the wish"))

    privacy: ClassVar = Privacy(
        sensitive=("commune",),
        ordinary=("id", "wish", "rank"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("commune wished in exchange")
        verbose_name_plural = _("communes wished in exchange")
        constraints = (models.UniqueConstraint(fields=["wish", "commune"], name="commune_of_an_exchange_once"),)

    def __str__(self) -> str:
        return self.commune_id
