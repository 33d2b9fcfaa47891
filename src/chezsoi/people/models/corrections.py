"""What a file said before somebody corrected it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import EncryptedTextField, Privacy
from chezsoi.people.models.households import Household
from chezsoi.people.models.persons import KEPT, Person


class Correction(models.Model):
    """A value that a person's or a household's file no longer holds, who replaced it, when and why."""

    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="corrections", verbose_name=_("person")
    )
    household = models.ForeignKey(
        Household, models.CASCADE, null=True, blank=True, related_name="corrections", verbose_name=_("household")
    )
    field = models.CharField(_("field"), max_length=40)
    old_value = EncryptedTextField(_("value before"), blank=True)
    corrected_at = models.DateTimeField(_("corrected at"), auto_now_add=True)
    corrected_by = models.BigIntegerField(_("corrected by"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)

    privacy: ClassVar = Privacy(
        identifying=("old_value",),
        sensitive=("reason", "corrected_by"),
        ordinary=("id", "person", "household", "field", "corrected_at"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = (
            models.CheckConstraint(
                name="correction_of_one_thing",
                condition=Q(person=None, household__isnull=False) | Q(person__isnull=False, household=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.field} before {self.corrected_at:%Y-%m-%d}"
