"""A person asks for a copy of everything that is kept of them: a dated case."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import EncryptedJSONField, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import HandingMeans
from chezsoi.people.models.households import Household
from chezsoi.people.models.persons import Person
from chezsoi.people.models.rights import PROOF


class AccessRequest(models.Model):
    """
    The copy a person asked for: due in one month, read for what speaks of others, handed on.

    `kept` and `masked` name the passages somebody read; a passage in neither has not been read yet.
    """

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    household = models.ForeignKey(
        Household, models.CASCADE, related_name="access_requests", verbose_name=_("household")
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="access_requests", verbose_name=_("person"))
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, verbose_name=_("service that was asked")
    )
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("due on"))
    recorded_by = models.BigIntegerField(_("recorded by"), null=True, blank=True)
    kept = EncryptedJSONField(_("passages read and kept"), default=list, blank=True)
    masked = EncryptedJSONField(_("passages read and masked"), default=list, blank=True)
    read_at = models.DateTimeField(_("passages read at"), null=True, blank=True)
    read_by = models.BigIntegerField(_("passages read by"), null=True, blank=True)
    handed_on = models.DateField(_("handed on"), null=True, blank=True)
    handed_how = models.CharField(_("how it was handed"), max_length=20, choices=HandingMeans, blank=True)
    handed_by = models.BigIntegerField(_("handed by"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        identifying=("kept", "masked"),
        sensitive=("recorded_by", "read_by", "handed_by"),
        ordinary=(
            "id", "territory", "household", "person", "organisation", "asked_on", "due_on", "read_at", "handed_on",
            "handed_how",
        ),
        **PROOF,  # type: ignore[arg-type]
    )  # fmt: skip

    class Meta:
        verbose_name = _("access request")
        verbose_name_plural = _("access requests")
        constraints = (
            models.CheckConstraint(
                name="access_request_handed_after_it_was_asked",
                condition=Q(handed_on=None, handed_how="") | (Q(handed_on__gte=F("asked_on")) & ~Q(handed_how="")),
            ),
        )

    def __str__(self) -> str:
        return f"copy asked on {self.asked_on}"

    def is_open_to(self, actor: Actor) -> bool:
        """Let programs act on it, and the people for whom the household exists."""
        return self.household.is_open_to(actor)

    def is_late_on(self, day: date) -> bool:
        return self.handed_on is None and self.due_on < day
