"""What a person was told of their file, and what they object to. None of it is a condition of anything."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, EncryptedTextField, Privacy
from chezsoi.people.choices import InformationMeans, NoticeLanguage, ObjectionPurpose
from chezsoi.people.models.persons import KEPT, Person

PROOF: dict[str, object] = {**KEPT, "basis": Basis.LEGAL_DUTY}


class InformationGiven(models.Model):
    """A person was told what is kept, why, for how long and what they may ask: when, in which language, how."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="information", verbose_name=_("person"))
    given_on = models.DateField(_("given on"))
    language = models.CharField(_("language"), max_length=10, choices=NoticeLanguage)
    means = models.CharField(_("means"), max_length=20, choices=InformationMeans)
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, verbose_name=_("service that told them")
    )
    given_by = models.BigIntegerField(_("account that recorded it"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    privacy: ClassVar = Privacy(
        sensitive=("language", "given_by"),
        ordinary=("id", "person", "given_on", "means", "organisation", "recorded_at"),
        **PROOF,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("information given")
        verbose_name_plural = _("information given (several)")

    def __str__(self) -> str:
        return f"information given on {self.given_on}"


class Objections(models.QuerySet["Objection"]):
    """Objections by the day they hold."""

    def in_force_on(self, day: date) -> Objections:
        """Keep those made by a day and not withdrawn by then."""
        return self.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day), made_on__lte=day)


class Objection(models.Model):
    """A person objects to a use of their file, or to its opening to one service; they may change their mind."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="objections", verbose_name=_("person"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=ObjectionPurpose)
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, blank=True, verbose_name=_("service")
    )
    words = EncryptedTextField(_("in their words"), blank=True)
    made_on = models.DateField(_("made on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    recorded_by = models.BigIntegerField(_("recorded by"), null=True, blank=True)

    objects = Objections.as_manager()

    privacy: ClassVar = Privacy(
        sensitive=("purpose", "organisation", "words", "recorded_by"),
        ordinary=("id", "person", "made_on", "withdrawn_on"),
        **PROOF,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = (
            models.CheckConstraint(
                name="objection_to_sharing_names_the_service",
                condition=~Q(purpose="sharing") | Q(organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="objection_withdrawn_after_it_was_made",
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("made_on")),
            ),
        )

    def __str__(self) -> str:
        return f"objection to {self.purpose}"
