"""What was decided, what was written to the household, and what it answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.choices import DecisionKind, MissingDocument, ReasonCode
from chezsoi.allocation.models.commissions import KEPT, Sitting, SittingItem
from chezsoi.allocation.models.rounds import Candidacy
from chezsoi.fields import Privacy

VOTES = ("votes_for", "votes_against", "abstentions", "has_casting_vote")


class Decision(models.Model):
    """The decision of a sitting on one candidacy, with its reason; never edited: a new sitting decides anew."""

    item = models.ForeignKey(SittingItem, models.PROTECT, related_name="decisions", verbose_name=_("item"))
    candidacy = models.OneToOneField(Candidacy, models.PROTECT, related_name="decision", verbose_name=_("candidacy"))
    kind = models.CharField(_("decision"), max_length=30, choices=DecisionKind)
    rank = models.PositiveSmallIntegerField(_("rank decided"), null=True, blank=True)
    reason_code = models.CharField(_("ground"), max_length=30, choices=ReasonCode, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=500)
    missing_document = models.CharField(
        _("missing document"), max_length=30, choices=MissingDocument, blank=True, default=""
    )
    decided_on = models.DateField(_("decided on"))
    taken_at = models.ForeignKey(
        Sitting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sitting that took it")
    )
    voters = models.PositiveSmallIntegerField(_("members who could vote"), null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    has_casting_vote = models.BooleanField(_("carried by the casting vote"), default=False)

    privacy: ClassVar = Privacy(
        sensitive=("kind", "rank", "reason_code", "reason", "missing_document", *VOTES),
        ordinary=("id", "item", "candidacy", "decided_on", "taken_at", "voters"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = (
            models.CheckConstraint(name="a_decision_says_why", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["item", "rank"], condition=Q(rank__isnull=False), name="no_two_equal_ranks_on_a_home"
            ),
            models.CheckConstraint(
                name="a_condition_names_its_document",
                condition=~Q(kind="allocated_conditionally") | ~Q(missing_document=""),
            ),
            models.CheckConstraint(
                name="votes_are_counted_whole",
                condition=Q(votes_for=None, votes_against=None, abstentions=None, has_casting_vote=False)
                | Q(votes_for__isnull=False, votes_against__isnull=False, abstentions__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.kind

    @property
    def sitting(self) -> Sitting:
        """Give the sitting that took it: the home may have been carried to a later one since."""
        return self.taken_at or self.item.sitting


class OfferLetter(models.Model):
    """The home offered in writing to a household, and the last day to answer."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="letter", verbose_name=_("decision"))
    sent_on = models.DateField(_("sent on"))
    answer_due_on = models.DateField(_("answer due on"))

    privacy: ClassVar = Privacy(
        ordinary=("id", "decision", "sent_on", "answer_due_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("offer letter")
        verbose_name_plural = _("offer letters")
        constraints = (
            models.CheckConstraint(name="time_to_answer_an_offer", condition=Q(answer_due_on__gt=F("sent_on"))),
        )

    def __str__(self) -> str:
        return f"offer letter {self.pk}"


class HouseholdAnswer(models.Model):
    """What the household answered. A refusal costs nothing: no rank, no points, no later offer."""

    letter = models.OneToOneField(OfferLetter, models.PROTECT, related_name="answer", verbose_name=_("offer letter"))
    is_accepted = models.BooleanField(_("accepted"))
    is_silence = models.BooleanField(_("no answer in time"), default=False)
    answered_on = models.DateField(_("answered on"))
    words = models.CharField(_("in their words"), max_length=500, blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("is_accepted", "is_silence", "words"),
        ordinary=("id", "letter", "answered_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("answer of the household")
        verbose_name_plural = _("answers of the households")
        constraints = (
            models.CheckConstraint(
                name="silence_is_no_acceptance", condition=Q(is_silence=False) | Q(is_accepted=False)
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.pk}"
