"""Reservations by flow: agreements, the turns of a vacancy from holder to holder, and what takes a home out of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.choices import AgreementEnd, FlowExitReason, HandBackReason, TurnState
from chezsoi.fields import Basis, Privacy
from chezsoi.homes.choices import ReservationHolder
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import COMMISSION

KEPT: dict[str, object] = {
    "retention": "5 years, as what was allocated by it",
    "basis": Basis.LEGAL_DUTY,
    "rule": COMMISSION,
}
ACTIVE = (TurnState.RUNNING, TurnState.PROPOSED, TurnState.OWN)
"""A vacancy has one turn at most in one of these states."""

HOLDERS = [choice for choice in ReservationHolder.choices if choice[0] not in {"", "unknown", "landlord"}]


class Agreements(models.QuerySet["ReservationAgreement"]):
    """Agreements by who may read them."""

    def visible_to(self, actor: Actor) -> Agreements:
        """Keep those of the actor's territories; of them, an organisation reads those it signed."""
        if actor.is_operator or not actor.may("see_homes"):
            return self.none()
        held = self.filter(territory_id__in=actor.territory_ids)
        match getattr(actor, "scope", None):
            case "territory":
                return held
            case "organisation" | "commission":
                return held.filter(Q(landlord_id=actor.organisation_id) | Q(holder_id=actor.organisation_id))
        return self.none()


class ReservationAgreement(models.Model):
    """
    The share of a landlord's yearly flow of vacancies for which a body proposes households, in a département or
    a commune. It is corrected or ended by a dated line, never overwritten.
    """

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    landlord = models.ForeignKey(
        "territories.Organisation", models.PROTECT, related_name="+", verbose_name=_("social landlord")
    )
    holder = models.ForeignKey(
        "territories.Organisation", models.PROTECT, related_name="+", verbose_name=_("reservation holder")
    )
    kind = models.CharField(_("kind of reservation holder"), max_length=20, choices=HOLDERS)
    commune = models.ForeignKey(
        "territories.Commune", models.PROTECT, null=True, blank=True, verbose_name=_("commune it holds in")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    share = models.DecimalField(_("share of the flow"), max_digits=5, decimal_places=4)
    answer_days = models.PositiveSmallIntegerField(_("days to answer"), null=True, blank=True)
    recorded_on = models.DateField(_("recorded on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=12, choices=AgreementEnd, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    objects = Agreements.as_manager()

    privacy: ClassVar = Privacy(
        ordinary=(
            "id", "territory", "landlord", "holder", "kind", "commune", "year", "share", "answer_days", "recorded_on",
            "ended_on", "ending", "end_reason",
        ),
        **KEPT,  # type: ignore[arg-type]
    )  # fmt: skip

    class Meta:
        verbose_name = _("reservation agreement")
        verbose_name_plural = _("reservation agreements")
        constraints = (
            models.UniqueConstraint(
                fields=["territory", "landlord", "holder", "year"],
                condition=Q(ended_on=None, commune=None),
                name="one_agreement_a_holder_and_year",
            ),
            models.UniqueConstraint(
                fields=["landlord", "holder", "year", "commune"],
                condition=Q(ended_on=None, commune__isnull=False),
                name="one_agreement_a_holder_year_and_commune",
            ),
            models.CheckConstraint(name="an_agreement_is_a_share", condition=Q(share__gt=0, share__lte=1)),
            models.CheckConstraint(name="an_agreement_has_its_year", condition=Q(year__gte=2021, year__lte=2100)),
            models.CheckConstraint(name="an_agreement_is_with_another", condition=~Q(landlord=F("holder"))),
            models.CheckConstraint(
                name="an_agreement_ends_with_its_reason",
                condition=Q(ended_on=None, ending="", end_reason="") | (Q(ended_on__isnull=False) & ~Q(ending="")),
            ),
        )

    def __str__(self) -> str:
        return f"agreement {self.pk} of {self.year}"

    def is_open_to(self, actor: Actor) -> bool:
        """Let programs act on it, and the landlord whose flow it shares."""
        return actor.is_operator or self.landlord_id == actor.organisation_id


class FlowExit(models.Model):
    """Why a vacancy is not counted in the flow, since when; taken back, it is counted again."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="flow_exits", verbose_name=_("offer"))
    reason = models.CharField(_("why it is out of the flow"), max_length=24, choices=FlowExitReason)
    noted_on = models.DateField(_("noted on"))
    cancelled_on = models.DateField(_("taken back on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        ordinary=("id", "offer", "reason", "noted_on", "cancelled_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("home out of the flow")
        verbose_name_plural = _("homes out of the flow")
        constraints = (
            models.UniqueConstraint(fields=["offer"], condition=Q(cancelled_on=None), name="out_of_the_flow_once"),
        )

    def __str__(self) -> str:
        return f"{self.offer_id} out of the flow"


class Turns(models.QuerySet["Turn"]):
    """Turns by who may read them."""

    def visible_to(self, actor: Actor) -> Turns:
        """Keep those of the homes that exist for an actor."""
        return self.filter(offer__in=Offer.objects.visible_to(actor))

    def awaiting(self) -> Turns:
        """Keep those whose holder has still to propose a household, or to hand the home back."""
        return self.filter(state=TurnState.RUNNING)


class Turn(models.Model):
    """One vacancy turned over to one reservation holder until a day, then to the next; at last the landlord's own."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="turns", verbose_name=_("offer"))
    landlord = models.ForeignKey(
        "territories.Organisation", models.PROTECT, related_name="+", verbose_name=_("social landlord")
    )
    holder = models.ForeignKey(
        "territories.Organisation", models.PROTECT, related_name="+", verbose_name=_("whose turn it is")
    )
    kind = models.CharField(_("kind of reservation holder"), max_length=20, choices=ReservationHolder)
    agreement = models.ForeignKey(
        ReservationAgreement, models.PROTECT, null=True, related_name="turns", verbose_name=_("reservation agreement")
    )
    turned_on = models.DateField(_("turned over on"))
    due_on = models.DateField(_("to answer by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=TurnState, default=TurnState.RUNNING)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    reason = models.CharField(_("why it was handed back"), max_length=24, choices=HandBackReason, blank=True)
    words = models.CharField(_("in their words"), max_length=300, blank=True)
    facts = models.JSONField(_("what the rule went by"))

    objects = Turns.as_manager()

    privacy: ClassVar = Privacy(
        ordinary=(
            "id", "offer", "landlord", "holder", "kind", "agreement", "turned_on", "due_on", "state", "ended_on",
            "reason", "words", "facts",
        ),
        **KEPT,  # type: ignore[arg-type]
    )  # fmt: skip

    class Meta:
        verbose_name = _("turn of a vacancy")
        verbose_name_plural = _("turns of a vacancy")
        constraints = (
            models.UniqueConstraint(fields=["offer"], condition=Q(state__in=ACTIVE), name="one_turn_at_a_time"),
            models.CheckConstraint(
                name="a_turn_has_a_last_day_unless_it_is_the_landlords",
                condition=Q(kind="landlord", due_on=None) | (~Q(kind="landlord") & Q(due_on__gte=F("turned_on"))),
            ),
            models.CheckConstraint(
                name="a_turn_over_has_its_day",
                condition=Q(state__in=ACTIVE, ended_on=None) | (~Q(state__in=ACTIVE) & Q(ended_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_home_is_handed_back_with_a_reason", condition=~Q(state="handed_back") | ~Q(reason="")
            ),
        )

    def __str__(self) -> str:
        return f"turn {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.offer.dwelling.territory_id

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    def is_late_on(self, day: date) -> bool:
        """Tell whether its last day is over; that day itself is still in time."""
        return self.state == TurnState.RUNNING and self.due_on is not None and self.due_on < day

    def is_open_to(self, actor: Actor) -> bool:
        """Let programs act on it, the holder whose turn it is, and the landlord."""
        return actor.is_operator or actor.organisation_id in {self.holder_id, self.landlord_id}
