"""Commissions, who sits, and what is on their table."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chezsoi.allocation.choices import CommissionKind, FewCandidates, SittingState
from chezsoi.fields import Basis, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import COMMISSION

KEPT: dict[str, object] = {
    "retention": "5 years after the commission",
    "basis": Basis.LEGAL_DUTY,
    "rule": COMMISSION,
}


class Commissions(models.QuerySet["Commission"]):
    """Commissions by who may see their table."""

    def visible_to(self, actor: Actor) -> Commissions:
        """
        Keep the commissions whose table exists for an actor.

        Territory roles see those of their territories; a landlord and a secretary those of their organisation; a
        member those where it sits that day.
        """
        if actor.is_operator or not actor.may("see_commission"):
            return self.none()
        held = self.filter(territory_id__in=actor.territory_ids)
        if getattr(actor, "scope", None) == "territory":
            return held
        sits = CommissionMember.objects.in_force_on(timezone.localdate()).filter(Q(user_id=actor.user_id))
        own = Q(organisation_id=actor.organisation_id) if not actor.may("vote") else Q(pk__in=())
        return held.filter(own | Q(pk__in=sits.values("commission_id")))


class Commission(models.Model):
    """A body that decides who is offered a home: a landlord's CALEOL, or a local commission with its own rules."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    organisation = models.ForeignKey("territories.Organisation", models.PROTECT, verbose_name=_("organisation"))
    kind = models.CharField(_("kind of commission"), max_length=20, choices=CommissionKind)
    name = models.CharField(_("name"), max_length=150)
    quorum = models.PositiveSmallIntegerField(_("quorum (members with a vote)"))
    answer_days = models.PositiveSmallIntegerField(_("days to answer an offer"))

    objects = Commissions.as_manager()

    privacy: ClassVar = Privacy(
        ordinary=("id", "territory", "organisation", "kind", "name", "quorum", "answer_days"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("commission")
        verbose_name_plural = _("commissions")
        constraints = (
            models.CheckConstraint(name="commission_quorum_positive", condition=Q(quorum__gte=1)),
            models.CheckConstraint(name="caleol_leaves_ten_days", condition=~Q(kind="caleol") | Q(answer_days__gte=10)),
        )

    def __str__(self) -> str:
        return self.name

    def is_open_to(self, actor: Actor) -> bool:
        """Let programs act on it, and those for whom its table exists; a new one belongs to who registers it."""
        new = self.pk is None
        return actor.is_operator or new or Commission.objects.filter(pk=self.pk).visible_to(actor).exists()


class Members(models.QuerySet["CommissionMember"]):
    """Members by date."""

    def in_force_on(self, day: date) -> Members:
        """Keep those who sit on a day, end excluded."""
        return self.filter(Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day)))


class CommissionMember(models.Model):
    """Somebody who sits, with or without a vote, for a body, between two dates."""

    commission = models.ForeignKey(Commission, models.CASCADE, related_name="members", verbose_name=_("commission"))
    user = models.ForeignKey("territories.User", models.PROTECT, null=True, blank=True, verbose_name=_("account"))
    name = models.CharField(_("name"), max_length=150)
    capacity = models.CharField(_("in the name of"), max_length=150)
    has_vote = models.BooleanField(_("has a vote"), default=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (excluded)"), null=True, blank=True)

    objects = Members.as_manager()

    privacy: ClassVar = Privacy(
        identifying=("user", "name"),
        ordinary=("id", "commission", "capacity", "has_vote", "starts_on", "ends_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("member of a commission")
        verbose_name_plural = _("members of a commission")
        constraints = (
            models.CheckConstraint(
                name="member_leaves_after_joining", condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))
            ),
        )

    def __str__(self) -> str:
        return self.name


class Sitting(models.Model):
    """One meeting of a commission."""

    commission = models.ForeignKey(Commission, models.PROTECT, related_name="sittings", verbose_name=_("commission"))
    held_on = models.DateField(_("held on"))
    state = models.CharField(_("state"), max_length=20, choices=SittingState, default=SittingState.PREPARED)
    current_item = models.ForeignKey(
        "allocation.SittingItem",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("home before the room"),
    )

    privacy: ClassVar = Privacy(
        ordinary=("id", "commission", "held_on", "state", "current_item"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints = (models.UniqueConstraint(fields=["commission", "held_on"], name="one_sitting_a_day"),)

    def __str__(self) -> str:
        return f"sitting of {self.held_on}"

    @property
    def territory_id(self) -> int:
        return self.commission.territory_id

    def is_open_to(self, actor: Actor) -> bool:
        """Follow the commission."""
        return self.commission.is_open_to(actor)


class SittingItem(models.Model):
    """One home on the table of a sitting, with the round that proposed its candidates."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="items", verbose_name=_("sitting"))
    round = models.OneToOneField("allocation.Round", models.PROTECT, related_name="item", verbose_name=_("round"))
    few_candidates = models.CharField(
        _("why fewer than three candidates"), max_length=30, choices=FewCandidates, blank=True, default=""
    )

    privacy: ClassVar = Privacy(
        ordinary=("id", "sitting", "round", "few_candidates"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("item of a sitting")
        verbose_name_plural = _("items of a sitting")

    def __str__(self) -> str:
        return f"item {self.pk}"

    @property
    def territory_id(self) -> int:
        return self.sitting.commission.territory_id

    def is_open_to(self, actor: Actor) -> bool:
        """Follow the commission."""
        return self.sitting.commission.is_open_to(actor)

    def voting(self) -> models.QuerySet[Attendance]:
        """List the members with a vote who are in the room and have not left this home."""
        present = self.sitting.attendances.filter(member__has_vote=True, left_at=None)
        return present.exclude(member__in=self.recusals.values("member"))


class Attendance(models.Model):
    """A member present at a sitting."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="attendances", verbose_name=_("sitting"))
    member = models.ForeignKey(CommissionMember, models.PROTECT, verbose_name=_("member"))
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        identifying=("member",),
        ordinary=("id", "sitting", "left_at"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = (models.UniqueConstraint(fields=["sitting", "member"], name="member_present_once"),)

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class Adjournment(models.Model):
    """A home carried from a sitting to a later one with its undecided candidates: nobody loses anything."""

    item = models.ForeignKey(SittingItem, models.CASCADE, related_name="adjournments", verbose_name=_("item"))
    sitting = models.ForeignKey(
        Sitting, models.PROTECT, related_name="adjournments", verbose_name=_("sitting it was carried from")
    )
    reason = models.CharField(_("reason"), max_length=300)
    adjourned_on = models.DateField(_("carried on"))

    privacy: ClassVar = Privacy(
        sensitive=("reason",),
        ordinary=("id", "item", "sitting", "adjourned_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("adjournment")
        verbose_name_plural = _("adjournments")
        constraints = (models.UniqueConstraint(fields=["item", "sitting"], name="adjourned_once_from_a_sitting"),)

    def __str__(self) -> str:
        return f"adjournment {self.pk}"


class Recusal(models.Model):
    """A member who leaves one item because of a conflict of interest: not counted in its quorum."""

    item = models.ForeignKey(SittingItem, models.CASCADE, related_name="recusals", verbose_name=_("item"))
    member = models.ForeignKey(CommissionMember, models.PROTECT, verbose_name=_("member"))
    reason = models.CharField(_("reason"), max_length=300)

    privacy: ClassVar = Privacy(
        identifying=("member",),
        sensitive=("reason",),
        ordinary=("id", "item"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = (models.UniqueConstraint(fields=["item", "member"], name="recused_once_an_item"),)

    def __str__(self) -> str:
        return f"recusal {self.pk}"
