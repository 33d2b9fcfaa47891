"""The refusals of proposals: who said no, why, what it makes of the home, who looked again."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.choices import CandidacyState
from chezsoi.allocation.models.requests import KEPT
from chezsoi.allocation.models.rounds import Candidacy
from chezsoi.allocation.refusal_reasons import (
    HOME_OFF,
    REFUSALS,
    RefusalEffect,
    RefusalReason,
    RefusalSide,
    RefusalState,
)
from chezsoi.fields import Privacy
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor

LOOK_FOR_ALL = ("siao_officer", "coordinator")
OF_THE_SIAO = tuple(reason for reason, effect in REFUSALS.items() if effect.side is RefusalSide.SIAO)


class Refusal(models.Model):
    """A no to a proposal; anybody's but the household's counts only once somebody else has looked at it."""

    candidacy = models.ForeignKey(Candidacy, models.CASCADE, related_name="refusals", verbose_name=_("candidacy"))
    reason = models.CharField(_("reason"), max_length=24, choices=RefusalReason)
    words = models.CharField(_("in their words"), max_length=300, blank=True)
    noted_on = models.DateField(_("noted on"))
    noted_by = models.ForeignKey(
        "territories.User", models.PROTECT, null=True, related_name="+", verbose_name=_("noted by")
    )
    noted_for = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("noted for")
    )
    state = models.CharField(_("state"), max_length=12, choices=RefusalState)
    former_state = models.CharField(_("where the candidacy stood"), max_length=20, choices=CandidacyState, blank=True)
    home_back_on = models.DateField(_("home on the list again on"), null=True, blank=True)
    looked_on = models.DateField(_("looked at again on"), null=True, blank=True)
    looked_by = models.ForeignKey(
        "territories.User", models.PROTECT, null=True, related_name="+", verbose_name=_("looked at again by")
    )
    look_words = models.CharField(_("what the second look says"), max_length=300, blank=True)

    privacy: ClassVar = Privacy(
        identifying=("noted_by", "looked_by"),
        sensitive=("reason", "words", "look_words"),
        ordinary=("id", "candidacy", "noted_on", "noted_for", "state", "former_state", "home_back_on", "looked_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        constraints = (
            models.UniqueConstraint(
                fields=["candidacy"], condition=Q(state__in=["awaits", "counts"]), name="one_refusal_at_a_time"
            ),
            models.CheckConstraint(
                name="a_second_look_is_of_somebody_else",
                condition=Q(looked_by=None) | Q(noted_by=None) | ~Q(looked_by=F("noted_by")),
            ),
        )

    def __str__(self) -> str:
        return f"refusal {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.candidacy.territory_id

    @property
    def effect(self) -> RefusalEffect:
        return REFUSALS[RefusalReason(self.reason)]

    def is_open_to(self, actor: Actor) -> bool:
        """Let those act on it for whom the candidacy exists."""
        return self.candidacy.is_open_to(actor)

    def may_be_looked_at_by(self, actor: Actor) -> bool:
        """Tell whether somebody's eyes are other eyes than those that noted it."""
        return Refusal.objects.filter(lookable_by(actor), pk=self.pk).exists()


def lookable_by(actor: Actor) -> Q:
    """
    Keep the refusals that somebody may look at again: another person, and of another organisation.

    The SIAO and the coordination may be of the same one, save for a no of the SIAO itself. A program has no eyes.
    """
    if actor.user_id is None:
        return Q(pk=None)
    other = Q(noted_by=None) | ~Q(noted_by_id=actor.user_id)
    elsewhere = Q(noted_for=None) | ~Q(noted_for_id=actor.organisation_id)
    return other & (elsewhere | ~Q(reason__in=OF_THE_SIAO) if actor.role in LOOK_FOR_ALL else elsewhere)


def is_off_the_list(offer: Offer, *, on: date) -> bool:
    """Tell whether a refusal that counts takes a home off the list on a day; without a day it stays off."""
    return Refusal.objects.filter(off_the_list(on), candidacy__offer=offer).exists()


def off_the_list(on: date) -> Q:
    """Keep the refusals that take a home off the list on a day."""
    not_back = Q(home_back_on=None) | Q(home_back_on__gt=on)
    return not_back & Q(state=RefusalState.COUNTS, reason__in=HOME_OFF, noted_on__lte=on)
