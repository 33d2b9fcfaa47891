"""What happened to a household, as it was written down, and how to take it back when it was written by mistake."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import EncryptedJSONField, EncryptedTextField, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import LifeEvent
from chezsoi.people.models.households import Household
from chezsoi.people.models.persons import KEPT, Person


class LifeChange(models.Model):
    """
    One thing that happened in the life of a household: what, when, to whom, who wrote it and why.

    `steps` are the rows it wrote and their former values: undoing it puts them back. It stays when it is undone.
    """

    household = models.ForeignKey(Household, models.CASCADE, related_name="changes", verbose_name=_("household"))
    other = models.ForeignKey(
        Household, models.CASCADE, null=True, related_name="changes_elsewhere", verbose_name=_("other household")
    )
    persons = models.ManyToManyField(Person, related_name="changes", verbose_name=_("persons"))
    event = models.CharField(_("what happened"), max_length=20, choices=LifeEvent)
    happened_on = models.DateField(_("happened on"))
    reason = EncryptedTextField(_("why"), blank=True)
    steps = EncryptedJSONField(_("rows written"))
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    recorded_by = models.BigIntegerField(_("recorded by"), null=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.BigIntegerField(_("undone by"), null=True)
    undo_reason = EncryptedTextField(_("why it was undone"), blank=True)

    privacy: ClassVar = Privacy(
        identifying=("persons",),
        sensitive=("event", "reason", "steps", "other", "recorded_by", "undone_by", "undo_reason"),
        ordinary=("id", "household", "happened_on", "recorded_at", "undone_at"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("change in a household’s life")
        verbose_name_plural = _("changes in a household’s life")

    def __str__(self) -> str:
        return f"{self.event} on {self.happened_on}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id

    def is_open_to(self, actor: Actor) -> bool:
        """Let those act on it for whom its household exists."""
        return self.household.is_open_to(actor)
