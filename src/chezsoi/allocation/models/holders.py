"""What passes between those who look for a home and who holds reservations: a home asked for, a household proposed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.choices import AskState, CandidacyState
from chezsoi.allocation.models.requests import KEPT
from chezsoi.allocation.models.reservations import Turn
from chezsoi.allocation.models.rounds import Candidacy
from chezsoi.fields import Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by

OUT_OF_IT = (CandidacyState.REFUSED, CandidacyState.SILENT, CandidacyState.LOST, CandidacyState.WITHDRAWN)
"""Where a household proposed is a candidate no more."""


class HomeAsks(models.QuerySet["HomeAsk"]):
    """Homes asked for, by who may read it."""

    def visible_to(self, actor: Actor) -> HomeAsks:
        """Keep those addressed to a reservation agent's body, and those for the households that exist for an actor."""
        if actor.may("answer_turn"):
            return self.filter(holder_id=actor.organisation_id, household__territory_id__in=actor.territory_ids)
        return self.filter(household__in=households_seen_by(actor, on=timezone.localdate()))


class HomeAsk(models.Model):
    """A service asks a reservation holder for a home for one household. No costs the household nothing."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="home_asks", verbose_name=_("household"))
    holder = models.ForeignKey(
        "territories.Organisation", models.PROTECT, related_name="+", verbose_name=_("reservation holder")
    )
    asked_for = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("asked for by")
    )
    asked_on = models.DateField(_("asked on"))
    words = models.CharField(_("what is looked for"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=AskState, default=AskState.AWAITS)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer_words = models.CharField(_("what the holder answers"), max_length=300, blank=True)

    objects = HomeAsks.as_manager()

    privacy: ClassVar = Privacy(
        sensitive=("words", "answer_words"),
        ordinary=("id", "household", "holder", "asked_for", "asked_on", "state", "answered_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("home asked for")
        verbose_name_plural = _("homes asked for")
        constraints = (
            models.UniqueConstraint(
                fields=["household", "holder"], condition=Q(state="awaits"), name="asked_once_at_a_time_a_holder"
            ),
            models.CheckConstraint(
                name="an_answer_has_its_day", condition=Q(state="awaits", answered_on=None) | ~Q(state="awaits")
            ),
        )

    def __str__(self) -> str:
        return f"home asked for {self.household_id}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id

    def is_open_to(self, actor: Actor) -> bool:
        """Let those act on it for whom it exists."""
        return HomeAsk.objects.visible_to(actor).filter(pk=self.pk).exists()


class HolderProposal(models.Model):
    """A household that a reservation holder proposes at its turn: a candidate of the search, at its own rank there."""

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="proposals", verbose_name=_("turn of a vacancy"))
    candidacy = models.ForeignKey(
        Candidacy, models.CASCADE, related_name="holder_proposals", verbose_name=_("candidacy")
    )
    ask = models.ForeignKey(
        HomeAsk, models.SET_NULL, null=True, related_name="proposals", verbose_name=_("home asked for")
    )
    proposed_on = models.DateField(_("proposed on"))

    privacy: ClassVar = Privacy(
        sensitive=("candidacy",),
        ordinary=("id", "turn", "ask", "proposed_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("proposal of a reservation holder")
        verbose_name_plural = _("proposals of reservation holders")
        constraints = (
            models.UniqueConstraint(fields=["turn", "candidacy"], name="a_holder_proposes_a_household_once"),
        )

    def __str__(self) -> str:
        return f"proposal {self.pk}"
