"""Who is proposed for a home: the frozen candidates, the order, and every reason."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.choices import CandidacyState
from chezsoi.allocation.models.commissions import Commission
from chezsoi.allocation.models.grids import ScoringGrid
from chezsoi.allocation.models.lottery import OPEN_TO_ALL, SealedLottery
from chezsoi.allocation.models.requests import KEPT
from chezsoi.fields import Basis, Privacy
from chezsoi.homes.models import Dwelling
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import COMMISSION, SOCIAL_FILE
from chezsoi.people.models import Household


class Rounds(models.QuerySet["Round"]):
    """Rounds by who may see them."""

    def visible_to(self, actor: Actor) -> Rounds:
        """
        Keep the rounds that exist for an actor.

        Territory roles see their territories; organisations the rounds of their homes; a commission what is on its
        table; those who follow households the rounds that propose one of them.
        """
        sees = actor.may("see_shortlist") or actor.may("see_commission")
        if actor.is_operator or not sees:
            return self.none()
        held = self.filter(offer__dwelling__territory_id__in=actor.territory_ids)
        match getattr(actor, "scope", None):
            case "territory":
                return held
            case "organisation":
                return held.filter(offer__dwelling__in=Dwelling.objects.visible_to(actor))
            case "commission":
                own_homes = Q(offer__dwelling__in=Dwelling.objects.held_by(actor))
                return held.filter(Q(item__sitting__commission__in=Commission.objects.visible_to(actor)) | own_homes)
            case "circle":
                followed = Household.objects.in_circle_of(actor, on=timezone.localdate())
                proposed = Candidacy.objects.filter(household__in=followed)
                return held.filter(pk__in=proposed.values("round_id"))
        return self.none()


class Round(SealedLottery):
    """One search of candidates for one offer, alone or with others in a joint round, which then freezes who waits."""

    offer = models.ForeignKey("homes.Offer", models.PROTECT, related_name="rounds", verbose_name=_("offer"))
    joint = models.ForeignKey(
        "allocation.JointRound", models.PROTECT, null=True, related_name="rounds", verbose_name=_("joint round")
    )
    grid = models.ForeignKey(ScoringGrid, models.PROTECT, verbose_name=_("grid"))
    compatible = models.PositiveIntegerField(_("households compatible"), default=0)
    listed = models.PositiveSmallIntegerField(_("candidates listed at most"), default=0)

    objects = Rounds.as_manager()

    privacy: ClassVar = Privacy(
        sensitive=("snapshot",),
        ordinary=("id", "offer", "joint", "grid", "compatible", "listed", *OPEN_TO_ALL),
        retention="5 years after the commission; what it froze, until the first file it speaks of is erased",
        basis=Basis.LEGAL_DUTY,
        rule=COMMISSION,
    )  # fmt: skip

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = (
            models.UniqueConstraint(
                fields=["offer"], condition=~Q(state="cancelled"), name="one_round_at_a_time_an_offer"
            ),
            models.CheckConstraint(
                name="a_drawn_round_has_its_public_number",
                condition=~Q(state="drawn")
                | (Q(drawn_at__isnull=False, randomness_published_at__isnull=False) & ~Q(public_randomness="")),
            ),
        )

    def __str__(self) -> str:
        return f"round {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.offer.dwelling.territory_id

    def is_open_to(self, actor: Actor) -> bool:
        """Let programs act on it, and those for whom it exists; a new one belongs to whoever opens it."""
        new = self.pk is None
        return actor.is_operator or new or Round.objects.filter(pk=self.pk).visible_to(actor).exists()


class Examination(models.Model):
    """What the rules and the grid said of one household for one home: the full vector, whether proposed or not."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="examinations", verbose_name=_("round"))
    household = models.ForeignKey("people.Household", models.CASCADE, verbose_name=_("household"))
    is_compatible = models.BooleanField(_("compatible"))
    rank = models.PositiveIntegerField(_("rank"), null=True)
    points = models.IntegerField(_("points"))
    contributions = models.JSONField(_("points by criterion"))
    reasons = models.JSONField(_("reasons"))
    standing = models.JSONField(_("what separates it from the others"))
    ticket = models.CharField(_("lottery ticket"), max_length=64)

    privacy: ClassVar = Privacy(
        sensitive=("is_compatible", "rank", "points", "contributions", "reasons", "standing"),
        ordinary=("id", "round", "household", "ticket"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("examination")
        verbose_name_plural = _("examinations")
        constraints = (models.UniqueConstraint(fields=["round", "household"], name="household_examined_once_a_round"),)

    def __str__(self) -> str:
        return f"examination of {self.household_id}"


class Candidacies(models.QuerySet["Candidacy"]):
    """Candidacies by who may see them."""

    def visible_to(self, actor: Actor) -> Candidacies:
        """Keep those of the rounds that exist for an actor; who follows households sees theirs alone."""
        held = self.filter(round__in=Round.objects.visible_to(actor))
        if getattr(actor, "scope", None) == "circle":
            return held.filter(household__in=Household.objects.in_circle_of(actor, on=timezone.localdate()))
        return held


class Candidacy(models.Model):
    """A household proposed for a home; at most one holds it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="candidacies", verbose_name=_("round"))
    offer = models.ForeignKey("homes.Offer", models.PROTECT, related_name="candidacies", verbose_name=_("offer"))
    household = models.ForeignKey(
        "people.Household", models.PROTECT, related_name="candidacies", verbose_name=_("household")
    )
    rank = models.PositiveIntegerField(_("rank"))
    points = models.IntegerField(_("points"))
    state = models.CharField(_("state"), max_length=20, choices=CandidacyState, default=CandidacyState.PROPOSED)
    reordering_reason = models.CharField(_("why the order was departed from"), max_length=300, blank=True)

    objects = Candidacies.as_manager()

    privacy: ClassVar = Privacy(
        sensitive=("rank", "points", "state", "reordering_reason"),
        ordinary=("id", "round", "offer", "household"),
        retention="with the file of the household, 2 years after the last contact",
        basis=Basis.LEGAL_DUTY,
        rule=SOCIAL_FILE,
    )

    class Meta:
        verbose_name = _("candidacy")
        verbose_name_plural = _("candidacies")
        constraints = (
            models.UniqueConstraint(fields=["round", "household"], name="household_candidate_once_a_round"),
            models.UniqueConstraint(fields=["round", "rank"], name="one_candidate_a_rank"),
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(state__in=["offered", "accepted", "housed"]),
                name="one_household_at_a_time_holds_an_offer",
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(state="accepted"), name="one_accepted_home_at_a_time_a_household"
            ),
        )

    def __str__(self) -> str:
        return f"candidacy {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id

    def is_open_to(self, actor: Actor) -> bool:
        """Let programs act on it, and those for whom it exists."""
        return actor.is_operator or Candidacy.objects.filter(pk=self.pk).visible_to(actor).exists()
