"""Professionals of several trades meet about one household, with its agreement, and say who does what by when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import EncryptedTextField, Privacy
from chezsoi.support.choices import (
    AgreedBy,
    Agreement,
    HealthSignal,
    MeetingKind,
    Outcome,
    Presence,
    Subject,
    TeamKind,
    Trade,
)
from chezsoi.support.models.measures import KEPT


class CaseMeeting(models.Model):
    """
    One meeting about one household: who calls it, what the household said of it, how it takes part, the next date.

    Nothing of anybody's health is written here but a signal. Neither a request nor a rank is read or changed by it.
    """

    household = models.ForeignKey(
        "people.Household", models.CASCADE, related_name="case_meetings", verbose_name=_("household")
    )
    organisation = models.ForeignKey("territories.Organisation", models.PROTECT, verbose_name=_("organisation"))
    team = models.CharField(_("team"), max_length=20, choices=TeamKind)
    kind = models.CharField(_("kind of meeting"), max_length=20, choices=MeetingKind)
    planned_on = models.DateField(_("planned on"))
    agreement = models.CharField(_("what the household said of it"), max_length=20, choices=Agreement)
    agreed_by = models.CharField(_("said by"), max_length=20, choices=AgreedBy)
    agreement_on = models.DateField(_("said on"))
    withdrawn_on = models.DateField(_("agreement withdrawn on"), null=True, blank=True)
    health = models.CharField(_("health, as a signal"), max_length=20, choices=HealthSignal, blank=True)
    presence = models.CharField(_("how the household takes part"), max_length=20, choices=Presence, blank=True)
    own_words = EncryptedTextField(_("in its own words"), blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    next_on = models.DateField(_("next meeting on"), null=True, blank=True)
    noted_by = models.BigIntegerField(_("noted by"), null=True, blank=True)
    cancelled_on = models.DateField(_("called off on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("organisation", "team", "kind", "agreement", "agreed_by", "health", "presence", "own_words"),
        ordinary=(
            *("id", "household", "planned_on", "agreement_on", "withdrawn_on", "held_on", "next_on", "noted_by"),
            "cancelled_on",
        ),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("case meeting")
        verbose_name_plural = _("case meetings")
        constraints = (
            models.CheckConstraint(
                name="a_meeting_held_was_not_called_off", condition=Q(held_on=None) | Q(cancelled_on=None)
            ),
        )

    def __str__(self) -> str:
        return f"case meeting {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id

    @property
    def may_be_shared(self) -> bool:
        """Tell whether the household agrees that services outside its circle take part."""
        return self.agreement == Agreement.AGREED and self.withdrawn_on is None

    @property
    def is_to_come(self) -> bool:
        return self.held_on is None and self.cancelled_on is None


class MeetingParticipant(models.Model):
    """A trade of an organisation that takes part; `circle` is what its invitation opened, if anything."""

    meeting = models.ForeignKey(
        CaseMeeting, models.CASCADE, related_name="participants", verbose_name=_("case meeting")
    )
    organisation = models.ForeignKey("territories.Organisation", models.PROTECT, verbose_name=_("organisation"))
    trade = models.CharField(_("trade"), max_length=20, choices=Trade)
    circle = models.ForeignKey(
        "people.CircleMembership", models.SET_NULL, null=True, verbose_name=_("circle opened for it")
    )
    came = models.BooleanField(_("came"), null=True)
    cancelled_on = models.DateField(_("taken back on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("organisation", "trade", "came"),
        ordinary=("id", "meeting", "circle", "cancelled_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("participant in a case meeting")
        verbose_name_plural = _("participants in a case meeting")
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "organisation", "trade"],
                condition=Q(cancelled_on=None),
                name="a_trade_of_an_organisation_takes_part_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.trade} of {self.organisation_id}"


class MeetingCommitment(models.Model):
    """What a participant does for the household, by when, and what became of it. The household commits to nothing."""

    participant = models.ForeignKey(
        MeetingParticipant, models.CASCADE, related_name="commitments", verbose_name=_("who does it")
    )
    subject = models.CharField(_("what"), max_length=20, choices=Subject)
    words = EncryptedTextField(_("in a few words"), blank=True)
    due_on = models.DateField(_("by"))
    outcome = models.CharField(_("what became of it"), max_length=20, choices=Outcome, blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    why = EncryptedTextField(_("why it was not done"), blank=True)
    cancelled_on = models.DateField(_("taken back on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("subject", "words", "outcome", "why"),
        ordinary=("id", "participant", "due_on", "settled_on", "cancelled_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("commitment of a case meeting")
        verbose_name_plural = _("commitments of a case meeting")
        constraints = (
            models.CheckConstraint(
                name="a_commitment_is_settled_on_a_day",
                condition=Q(outcome="", settled_on=None) | (~Q(outcome="") & Q(settled_on__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} by {self.due_on}"

    @property
    def waits(self) -> bool:
        return self.settled_on is None and self.cancelled_on is None
