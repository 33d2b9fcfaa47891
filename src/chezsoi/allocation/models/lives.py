"""What happens to a request over the years: renewed, withdrawn, taken up again, contested. Dated, undone by a mark."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.choices import AppealBody, AppealObject, AppealOutcome, RequestAct
from chezsoi.allocation.models.requests import KEPT, HousingRequest
from chezsoi.fields import Privacy


class RequestEvent(models.Model):
    """An act on a request, and what it changed, so that it can be taken back."""

    request = models.ForeignKey(HousingRequest, models.CASCADE, related_name="events", verbose_name=_("request"))
    act = models.CharField(_("act"), max_length=12, choices=RequestAct)
    happened_on = models.DateField(_("on"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    former = models.JSONField(_("what stood before"), default=dict)
    cancelled_on = models.DateField(_("taken back on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("reason", "former"),
        ordinary=("id", "request", "act", "happened_on", "cancelled_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("event of a request")
        verbose_name_plural = _("events of requests")

    def __str__(self) -> str:
        return f"{self.act} {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.request.territory_id


class Appeal(models.Model):
    """A household contests something: what, before whom, since when, until when an answer is due, what came of it."""

    request = models.ForeignKey(HousingRequest, models.CASCADE, related_name="appeals", verbose_name=_("request"))
    about = models.CharField(_("what is contested"), max_length=20, choices=AppealObject)
    body = models.CharField(_("before whom"), max_length=24, choices=AppealBody)
    words = models.CharField(_("in their words"), max_length=500, blank=True)
    lodged_on = models.DateField(_("lodged on"))
    due_on = models.DateField(_("answer due on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=AppealOutcome, blank=True)
    outcome_on = models.DateField(_("outcome known on"), null=True, blank=True)
    outcome_words = models.CharField(_("what was answered"), max_length=500, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("about", "body", "words", "outcome", "outcome_words"),
        ordinary=("id", "request", "lodged_on", "due_on", "outcome_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = (
            models.CheckConstraint(
                name="an_outcome_has_its_day",
                condition=(Q(outcome="") & Q(outcome_on=None)) | (~Q(outcome="") & Q(outcome_on__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"appeal {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.request.territory_id
