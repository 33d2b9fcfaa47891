"""Pairs that may be one person, and what a human said of them. Nothing is ever joined by a machine."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import EncryptedJSONField, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import LinkJudgement
from chezsoi.people.models.households import HouseholdMember, households_seen_by
from chezsoi.people.models.persons import KEPT, Person
from chezsoi.people.models.ready import once_a_day


class PossibleDuplicates(models.QuerySet["PossibleDuplicate"]):
    """Pairs by who may know of them."""

    def visible_to(self, actor: Actor, *, on: date | None = None) -> PossibleDuplicates:
        """
        Keep the pairs whose two households exist for an actor, and those the actor was named to read.

        A pair with a protected household exists only for its named reviewer or, failing one, for its circle.
        """
        if actor.is_operator or not actor.may("review_duplicates"):
            return self.none()
        theirs = households_seen_by(actor, on=on)
        living_there = HouseholdMember.objects.filter(household__in=theirs, ends_on=None).values("person")
        both = Q(first__in=living_there, second__in=living_there, reviewer=None)
        named = Q(reviewer_id=actor.user_id)
        return self.filter(both | named, territory_id__in=actor.territory_ids)


class PossibleDuplicate(models.Model):
    """Two persons who may be one, why, and the human judgement; remembered for ever, so nobody is asked twice."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    first = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("first person"))
    second = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("second person"))
    reviewer = models.ForeignKey(
        "territories.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("named reviewer")
    )
    weight = models.FloatField(_("weight of the evidence"))
    reasons = EncryptedJSONField(_("reasons"))
    judgement = models.CharField(_("judgement"), max_length=20, choices=LinkJudgement, default=LinkJudgement.WAITING)
    judged_by = models.BigIntegerField(_("judged by"), null=True, blank=True)
    judged_at = models.DateTimeField(_("judged at"), null=True, blank=True)
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)

    objects = PossibleDuplicates.as_manager()

    privacy: ClassVar = Privacy(
        identifying=("first", "second", "reasons"),
        sensitive=("reviewer", "judged_by"),
        ordinary=("id", "territory", "weight", "judgement", "judged_at", "found_at"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="possible_duplicate_once"),
            models.CheckConstraint(name="possible_duplicate_ordered", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(
                name="judgement_has_its_instant",
                condition=Q(judgement="waiting", judged_at=None)
                | (~Q(judgement="waiting") & Q(judged_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"

    def is_open_to(self, actor: Actor) -> bool:
        """Let programs act on it, and those for whom the pair exists."""
        return actor.is_operator or PossibleDuplicate.objects.filter(pk=self.pk).visible_to(actor).exists()


@once_a_day
def pairs_seen_by(actor: Actor, on: date) -> PossibleDuplicates:
    """Give the pairs that exist for an actor."""
    return PossibleDuplicate.objects.visible_to(actor, on=on)


class HeldRow(models.Model):
    """A row of a file without file numbers that looks like somebody known: kept for a human, not created."""

    batch = models.ForeignKey("files.ImportBatch", models.CASCADE, related_name="+", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("line"))
    cells = EncryptedJSONField(_("row as written"))
    reasons = EncryptedJSONField(_("reasons"))
    judgement = models.CharField(_("judgement"), max_length=20, choices=LinkJudgement, default=LinkJudgement.WAITING)

    privacy: ClassVar = Privacy(
        identifying=("cells", "reasons"),
        ordinary=("id", "batch", "line", "judgement"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("held row")
        verbose_name_plural = _("held rows")
        constraints = (models.UniqueConstraint(fields=["batch", "line"], name="held_row_once"),)

    def __str__(self) -> str:
        return f"line {self.line}"
