"""What a home would cost a household it is proposed to, as the background worker computed it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.models.requests import KEPT
from chezsoi.allocation.models.rounds import Candidacy
from chezsoi.fields import Privacy


class OutlayEstimate(models.Model):
    """
    What is left to pay and to live on in one home, for one household: an estimate, not entitlement.

    `means` is what the engine found of the household, kept so that another home is a re-injection. The digests say what
    it was computed from: figures of other facts are shown to nobody. No figure means that the law of the month is not
    known or, where it `has_failed`, that the computation failed for this household.
    """

    candidacy = models.OneToOneField(
        Candidacy, models.CASCADE, related_name="outlay_estimate", verbose_name=_("candidacy")
    )
    means = models.JSONField(_("resources computed"), default=dict)
    figures = models.JSONField(_("figures"), default=dict)
    household_digest = models.CharField(_("digest of the household"), max_length=64)
    home_digest = models.CharField(_("digest of the home"), max_length=64)
    has_failed = models.BooleanField(_("the computation failed"), default=False)
    computed_at = models.DateTimeField(_("computed at"))

    privacy: ClassVar = Privacy(
        identifying=("household_digest",),
        sensitive=("means", "figures"),
        ordinary=("id", "candidacy", "home_digest", "has_failed", "computed_at"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("estimate of an outlay")
        verbose_name_plural = _("estimates of outlays")

    def __str__(self) -> str:
        return f"estimate of candidacy {self.candidacy_id}"

    @property
    def territory_id(self) -> int:
        return self.candidacy.territory_id
