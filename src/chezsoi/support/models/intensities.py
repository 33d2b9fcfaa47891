"""How intense support is, from which day: each change is kept, and none of them is a condition of the home."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Privacy
from chezsoi.support.choices import COUNTING, ChangeOrigin, Intensity, MeasureState
from chezsoi.support.models.measures import KEPT, SupportMeasure


class IntensityChange(models.Model):
    """From a day on, another intensity of a measure; a proposal the household declined is kept, and changes nothing."""

    measure = models.ForeignKey(
        SupportMeasure, models.CASCADE, related_name="changes", verbose_name=_("support measure")
    )
    intensity = models.CharField(_("intensity"), max_length=20, choices=Intensity)
    starts_on = models.DateField(_("from"))
    origin = models.CharField(_("who wanted it"), max_length=20, choices=ChangeOrigin)
    words = models.CharField(_("in their words"), max_length=300, blank=True)
    cancelled_on = models.DateField(_("taken back on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("intensity", "origin", "words"),
        ordinary=("id", "measure", "starts_on", "cancelled_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("change of intensity")
        verbose_name_plural = _("changes of intensity")

    def __str__(self) -> str:
        return f"{self.intensity} from {self.starts_on}"

    @property
    def counts(self) -> bool:
        """Tell whether the intensity follows it: not one that was declined, nor one taken back."""
        return self.cancelled_on is None and self.origin in COUNTING


def intensity_on(day: date) -> Coalesce:
    """Give the intensity of a measure on a day, for the database: the last change that counts, else the opening's."""
    changes = IntensityChange.objects.filter(
        measure=OuterRef("pk"), starts_on__lte=day, cancelled_on=None, origin__in=COUNTING
    )
    return Coalesce(Subquery(changes.order_by("-starts_on", "-pk").values("intensity")[:1]), "intensity")


def state_under(intensity: str) -> MeasureState:
    """Give where an open measure stands: with no support wished it is only offered, and free to accept later."""
    return MeasureState.OFFERED if intensity == Intensity.NONE else MeasureState.RUNNING
