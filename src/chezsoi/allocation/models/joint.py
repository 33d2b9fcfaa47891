"""Several homes shared out at once: one list of who waits, one lottery, and one answer for each household."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.models.grids import ScoringGrid
from chezsoi.allocation.models.lottery import OPEN_TO_ALL, SealedLottery
from chezsoi.allocation.models.rounds import Round
from chezsoi.fields import Basis, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import COMMISSION, SOCIAL_FILE
from chezsoi.people.models import Household


class JointRounds(models.QuerySet["JointRound"]):
    """Joint rounds by who may see them."""

    def visible_to(self, actor: Actor) -> JointRounds:
        """
        Keep those that exist for an actor: territory roles see their territories'.

        The others see the round of each home that concerns them, as ever; who follows households sees, of a joint
        round that examined one of them, the answer given to it.
        """
        if actor.is_operator or not actor.may("see_shortlist"):
            return self.none()
        held = self.filter(territory_id__in=actor.territory_ids)
        match getattr(actor, "scope", None):
            case "territory":
                return held
            case "circle":
                followed = Household.objects.in_circle_of(actor, on=timezone.localdate())
                return held.filter(pk__in=JointAnswer.objects.filter(household__in=followed).values("joint_id"))
        return self.none()


class JointRound(SealedLottery):
    """
    One search of candidates for several homes: whoever comes first in the published order is served first.

    Each home keeps a round of its own, with its candidates, for the commission that decides on it. What is common
    stands here: the households as frozen, the seed, the public number and the digest of the answer.
    """

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    grid = models.ForeignKey(ScoringGrid, models.PROTECT, verbose_name=_("grid"))

    objects = JointRounds.as_manager()

    privacy: ClassVar = Privacy(
        sensitive=("snapshot",),
        ordinary=("id", "territory", "grid", *OPEN_TO_ALL),
        retention="5 years after the commission; what it froze, until the first file it speaks of is erased",
        basis=Basis.LEGAL_DUTY,
        rule=COMMISSION,
    )  # fmt: skip

    class Meta:
        verbose_name = _("joint round")
        verbose_name_plural = _("joint rounds")
        constraints = (
            models.CheckConstraint(
                name="a_drawn_joint_round_has_its_public_number",
                condition=~Q(state="drawn")
                | (Q(drawn_at__isnull=False, randomness_published_at__isnull=False) & ~Q(public_randomness="")),
            ),
        )

    def __str__(self) -> str:
        return f"joint round {self.pk}"

    def is_open_to(self, actor: Actor) -> bool:
        """Let programs act on it, and those for whom it exists; a new one belongs to whoever opens it."""
        new = self.pk is None
        return actor.is_operator or new or JointRound.objects.filter(pk=self.pk).visible_to(actor).exists()


class JointAnswers(models.QuerySet["JointAnswer"]):
    """Answers by who may read them."""

    def visible_to(self, actor: Actor) -> JointAnswers:
        """Keep those of the joint rounds that exist for an actor; who follows households reads theirs alone."""
        held = self.filter(joint__in=JointRound.objects.visible_to(actor))
        if getattr(actor, "scope", None) == "circle":
            return held.filter(household__in=Household.objects.in_circle_of(actor, on=timezone.localdate()))
        return held


class JointAnswer(models.Model):
    """
    What a joint round answers one household: the home proposed, or why none.

    `possible` counts the homes no rule refuses it. Where it is proposed none, `blocking` names the homes that would
    have to be freed, all held by households before it, the last of which stands at `last_place`; `relaxation` is the
    one wish that, widened, would have it proposed a home.
    """

    joint = models.ForeignKey(JointRound, models.CASCADE, related_name="answers", verbose_name=_("joint round"))
    household = models.ForeignKey("people.Household", models.CASCADE, verbose_name=_("household"))
    place = models.PositiveIntegerField(_("place in the published order"))
    points = models.IntegerField(_("points"))
    proposed = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("home proposed")
    )
    possible = models.PositiveIntegerField(_("homes no rule refuses"))
    blocking = models.JSONField(_("homes that would have to be freed"), default=list)
    last_place = models.PositiveIntegerField(_("place of the last household served there"), null=True, blank=True)
    last_points = models.IntegerField(_("points of the last household served there"), null=True, blank=True)
    relaxation = models.JSONField(_("the wish that would change it"), null=True, blank=True)

    objects = JointAnswers.as_manager()

    privacy: ClassVar = Privacy(
        sensitive=("place", "points", "proposed", "possible", "blocking", "last_place", "last_points", "relaxation"),
        ordinary=("id", "joint", "household"),
        retention="with the file of the household, 2 years after the last contact",
        basis=Basis.LEGAL_DUTY,
        rule=SOCIAL_FILE,
    )

    class Meta:
        verbose_name = _("answer of a joint round")
        verbose_name_plural = _("answers of a joint round")
        constraints = (
            models.UniqueConstraint(fields=["joint", "household"], name="household_answered_once_a_joint_round"),
            models.UniqueConstraint(fields=["joint", "place"], name="one_household_a_place"),
            models.UniqueConstraint(
                fields=["proposed"], condition=Q(proposed__isnull=False), name="a_home_proposed_to_one_household"
            ),
        )

    def __str__(self) -> str:
        return f"answer at place {self.place}"
