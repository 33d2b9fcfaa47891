"""A household asks to live in another territory: its agreement, who is asked there, and what they answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import EncryptedTextField, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import InformationMeans, MoveState
from chezsoi.people.models.households import Household
from chezsoi.people.models.persons import KEPT, Person
from chezsoi.people.models.ready import is_in_emergency


class HouseholdMoves(models.QuerySet["HouseholdMove"]):
    """Moves by who has to answer them."""

    def asked_of(self, actor: Actor) -> HouseholdMoves:
        """Keep those that wait for the actor's service, where the actor may register people; never in an emergency."""
        rights = actor.may("register_people") and actor.may("list_people")
        if actor.is_operator or not rights or is_in_emergency(actor):
            return self.none()
        return self.filter(
            state=MoveState.ASKED,
            household__closed_on=None,
            to_organisation_id=actor.organisation_id or 0,
            to_territory_id__in=actor.territory_ids,
        )


class HouseholdMove(models.Model):
    """
    One request to join another territory. Until it is accepted, it is all that territory knows: how many, and agreed.

    `household` is the file there was before, `opened` the one that goes on.
    """

    household = models.ForeignKey(Household, models.CASCADE, related_name="moves", verbose_name=_("household"))
    to_territory = models.ForeignKey(
        "territories.Territory", models.PROTECT, related_name="+", verbose_name=_("receiving territory")
    )
    to_organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, related_name="+", verbose_name=_("receiving service")
    )
    size = models.PositiveSmallIntegerField(_("number of people"))
    agreed_on = models.DateField(_("agreed on"))
    agreed_how = models.CharField(_("how they agreed"), max_length=20, choices=InformationMeans)
    agreed_by = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("who said they agree"))
    keeps_circle = models.BooleanField(_("services that work in both territories stay in the circle"), default=False)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    asked_by = models.BigIntegerField(_("asked by"), null=True)
    state = models.CharField(_("state"), max_length=20, choices=MoveState, default=MoveState.ASKED)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.BigIntegerField(_("answered by"), null=True)
    reason = EncryptedTextField(_("why it was declined"), blank=True)
    opened = models.ForeignKey(
        Household, models.CASCADE, null=True, related_name="came_by", verbose_name=_("file opened there")
    )

    objects = HouseholdMoves.as_manager()

    privacy: ClassVar = Privacy(
        identifying=("agreed_by",),
        sensitive=("to_territory", "to_organisation", "asked_by", "answered_by", "reason", "opened"),
        ordinary=(
            "id", "household", "size", "agreed_on", "agreed_how", "keeps_circle", "asked_at", "state", "answered_at",
        ),
        **KEPT,  # type: ignore[arg-type]
    )  # fmt: skip

    class Meta:
        verbose_name = _("move to another territory")
        verbose_name_plural = _("moves to another territory")
        constraints = (
            models.UniqueConstraint(
                fields=["household"], condition=Q(state="asked"), name="one_move_asked_at_a_time_a_household"
            ),
        )

    def __str__(self) -> str:
        return f"move of {self.household_id}"

    @property
    def territory_id(self) -> int:
        return self.to_territory_id

    def is_open_to(self, actor: Actor) -> bool:
        """Let those answer who are asked."""
        return HouseholdMove.objects.filter(pk=self.pk).asked_of(actor).exists()
