"""Support: what a household wishes, who is named to follow it, measures, and what there is to do next."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, Privacy
from chezsoi.law.retention import SOCIAL_FILE
from chezsoi.support.choices import Intensity, MeasureState, Scheme, TaskKind

KEPT: dict[str, object] = {
    "retention": "2 years after the last contact with the household",
    "basis": Basis.PUBLIC_TASK,
    "rule": SOCIAL_FILE,
}


class SupportWish(models.Model):
    """The support a household said it wishes, on a day. "None" is an answer and costs nothing."""

    household = models.ForeignKey(
        "people.Household", models.CASCADE, related_name="support_wishes", verbose_name=_("household")
    )
    intensity = models.CharField(_("support wished"), max_length=20, choices=Intensity)
    stated_on = models.DateField(_("stated on"))
    source = models.ForeignKey("files.Source", models.PROTECT, null=True, verbose_name=_("source"))
    original_words = models.CharField(_("as written"), max_length=200, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("intensity", "original_words"),
        ordinary=("id", "household", "stated_on", "source"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("support wish")
        verbose_name_plural = _("support wishes")

    def __str__(self) -> str:
        return f"{self.intensity} on {self.stated_on}"


class NamedReferent(models.Model):
    """The service or worker a source names as following a household."""

    household = models.ForeignKey(
        "people.Household", models.CASCADE, related_name="referents", verbose_name=_("household")
    )
    label = models.CharField(_("referent as written"), max_length=150)
    stated_on = models.DateField(_("stated on"))
    source = models.ForeignKey("files.Source", models.PROTECT, null=True, verbose_name=_("source"))

    privacy: ClassVar = Privacy(
        sensitive=("label",),
        ordinary=("id", "household", "stated_on", "source"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("named referent")
        verbose_name_plural = _("named referents")

    def __str__(self) -> str:
        return self.label


class SupportMeasure(models.Model):
    """A measure of support for a household; housing and support are separate contracts."""

    household = models.ForeignKey(
        "people.Household", models.PROTECT, related_name="measures", verbose_name=_("household")
    )
    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme)
    intensity = models.CharField(_("intensity"), max_length=20, choices=Intensity)
    state = models.CharField(_("state"), max_length=20, choices=MeasureState)
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, verbose_name=_("organisation")
    )
    opened_on = models.DateField(_("opened on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("scheme", "intensity", "state", "end_reason"),
        ordinary=("id", "household", "organisation", "opened_on", "ended_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("support measure")
        verbose_name_plural = _("support measures")
        constraints = (
            models.CheckConstraint(
                name="measure_ends_after_it_opens", condition=Q(ended_on=None) | Q(ended_on__gte=F("opened_on"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme} of {self.household_id}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id

    @property
    def intensity_label(self) -> str:
        """Name how intense it is now, as `queries.measures` read it; else as it was opened."""
        return str(Intensity(getattr(self, "intensity_now", self.intensity)).label)


class Task(models.Model):
    """One thing to do for a household, by a day, by an organisation."""

    household = models.ForeignKey("people.Household", models.CASCADE, related_name="tasks", verbose_name=_("household"))
    measure = models.ForeignKey(SupportMeasure, models.CASCADE, null=True, verbose_name=_("support measure"))
    kind = models.CharField(_("task"), max_length=20, choices=TaskKind)
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, verbose_name=_("organisation")
    )
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("kind",),
        ordinary=("id", "household", "measure", "organisation", "due_on", "done_on", "cancelled_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")

    def __str__(self) -> str:
        return f"{self.kind} due on {self.due_on}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id
