"""The SIAO at work: its teams and their lists, whom it assessed, where it orients, what comes of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, EncryptedTextField, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import NAMES_NOBODY, SOCIAL_FILE
from chezsoi.siao.choices import (
    HOME_ASKED,
    HOUSING,
    KINDS,
    Asked,
    Destination,
    DestinationKind,
    StepKind,
    TeamKind,
    WhyElsewhere,
    WorkerBefore,
)

KEPT: dict[str, object] = {
    "retention": "2 years after the last contact with the household",
    "basis": Basis.PUBLIC_TASK,
    "rule": SOCIAL_FILE,
}
WITHDRAWN_SAYS_WHY = Q(withdrawn_at=None, withdrawal_reason="") | (
    Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")
)


class SiaoTeam(models.Model):
    """A team of a SIAO, in every territory the SIAO serves."""

    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, related_name="siao_teams", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("what it does"), max_length=20, choices=TeamKind)
    opened_on = models.DateField(_("at work since"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        ordinary=("id", "organisation", "name", "kind", "opened_on", "closed_on"),
        retention="kept: it names a service",
        basis=Basis.NOT_PERSONAL,
        rule=NAMES_NOBODY,
    )

    class Meta:
        verbose_name = _("SIAO team")
        verbose_name_plural = _("SIAO teams")
        constraints = (models.UniqueConstraint(fields=["organisation", "name"], name="siao_team_named_once"),)

    def __str__(self) -> str:
        return self.name

    def is_open_to(self, actor: Actor) -> bool:
        """Let its own SIAO act on it, and programs."""
        return actor.is_operator or self.organisation_id == actor.organisation_id


class TeamHouseholds(models.QuerySet["TeamHousehold"]):
    """The lists of the teams by date."""

    def on_lists_on(self, day: date) -> TeamHouseholds:
        """Keep the households on a list on a day, end excluded."""
        return self.filter(Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day)))


class TeamHousehold(models.Model):
    """From which day until which a household is on the list of a team."""

    team = models.ForeignKey(SiaoTeam, models.PROTECT, related_name="listed", verbose_name=_("SIAO team"))
    household = models.ForeignKey(
        "people.Household", models.CASCADE, related_name="siao_lists", verbose_name=_("household")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (excluded)"), null=True, blank=True)
    recorded_by = models.BigIntegerField(_("recorded by"), null=True, blank=True)

    objects = TeamHouseholds.as_manager()

    privacy: ClassVar = Privacy(
        sensitive=("team", "recorded_by"),
        ordinary=("id", "household", "starts_on", "ends_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("household on a team’s list")
        verbose_name_plural = _("households on a team’s list")
        constraints = (
            models.UniqueConstraint(
                fields=["team", "household"], condition=Q(ends_on=None), name="on_a_team_list_once_at_a_time"
            ),
            models.CheckConstraint(
                name="team_list_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.household_id} on the list of {self.team_id}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id


class Withdrawable(models.Model):
    """What was recorded may be withdrawn, with its reason; it stays readable."""

    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    recorded_by = models.BigIntegerField(_("recorded by"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.BigIntegerField(_("withdrawn by"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    class Meta:
        abstract = True


TRACE = ("recorded_at", "recorded_by", "withdrawn_at", "withdrawn_by")


class Assessment(Withdrawable):
    """A social assessment of one person by the SIAO: when, by which team, whether a social worker followed them."""

    household = models.ForeignKey(
        "people.Household", models.CASCADE, related_name="assessments", verbose_name=_("household")
    )
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="assessments", verbose_name=_("person"))
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, verbose_name=_("organisation")
    )
    team = models.ForeignKey(SiaoTeam, models.PROTECT, null=True, blank=True, verbose_name=_("SIAO team"))
    assessed_on = models.DateField(_("assessed on"))
    worker_before = models.CharField(_("social worker before"), max_length=20, choices=WorkerBefore)

    privacy: ClassVar = Privacy(
        sensitive=("worker_before", "withdrawal_reason"),
        ordinary=("id", "household", "person", "organisation", "team", "assessed_on", *TRACE),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = (models.CheckConstraint(name="a_withdrawn_assessment_says_why", condition=WITHDRAWN_SAYS_WHY),)

    def __str__(self) -> str:
        return f"assessment on {self.assessed_on}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id


class Orientation(Withdrawable):
    """
    One decision of the SIAO for a household, on a day: what it asked, where it is oriented. Nobody is admitted by it.

    A corrected one is withdrawn and named by the one that takes its place.
    """

    household = models.ForeignKey(
        "people.Household", models.CASCADE, related_name="orientations", verbose_name=_("household")
    )
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, verbose_name=_("organisation")
    )
    team = models.ForeignKey(
        SiaoTeam, models.PROTECT, null=True, blank=True, related_name="orientations", verbose_name=_("SIAO team")
    )
    decided_on = models.DateField(_("decided on"))
    asked = models.CharField(_("what the household asked"), max_length=20, choices=Asked)
    asked_words = EncryptedTextField(_("in their words"), blank=True)
    destination = models.CharField(_("oriented to"), max_length=30, choices=Destination)
    why_elsewhere = models.CharField(
        _("why elsewhere than a home"), max_length=20, choices=WhyElsewhere, default=WhyElsewhere.HOUSING, blank=True
    )
    corrects = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="corrected_by", verbose_name=_("orientation before")
    )

    privacy: ClassVar = Privacy(
        sensitive=("asked", "asked_words", "destination", "why_elsewhere", "withdrawal_reason"),
        ordinary=("id", "household", "organisation", "team", "decided_on", "corrects", *TRACE),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("orientation")
        verbose_name_plural = _("orientations")
        indexes = (models.Index(fields=["household", "decided_on"], name="orientation_by_household"),)
        constraints = (
            models.CheckConstraint(name="a_withdrawn_orientation_says_why", condition=WITHDRAWN_SAYS_WHY),
            models.CheckConstraint(
                name="a_home_asked_and_not_given_says_why",
                condition=~Q(asked__in=HOME_ASKED) | Q(destination__in=HOUSING) | ~Q(why_elsewhere=""),
            ),
        )

    def __str__(self) -> str:
        return f"orientation to {self.destination} on {self.decided_on}"

    @property
    def territory_id(self) -> int:
        return self.household.territory_id

    @property
    def kind(self) -> DestinationKind:
        return KINDS[self.destination]

    @property
    def is_elsewhere(self) -> bool:
        """Tell whether the household asked for a home and is oriented elsewhere meanwhile."""
        return self.asked in HOME_ASKED and self.destination not in HOUSING


class OrientationStep(Withdrawable):
    """The household's answer to an orientation, or what came of it, on a day; the last of each kind holds."""

    orientation = models.ForeignKey(Orientation, models.CASCADE, related_name="steps", verbose_name=_("orientation"))
    kind = models.CharField(_("what happened"), max_length=20, choices=StepKind)
    happened_on = models.DateField(_("on"))
    words = EncryptedTextField(_("in their words"), blank=True)

    privacy: ClassVar = Privacy(
        sensitive=("kind", "words", "withdrawal_reason"),
        ordinary=("id", "orientation", "happened_on", *TRACE),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("step of an orientation")
        verbose_name_plural = _("steps of an orientation")
        constraints = (models.CheckConstraint(name="a_withdrawn_step_says_why", condition=WITHDRAWN_SAYS_WHY),)

    def __str__(self) -> str:
        return f"{self.kind} on {self.happened_on}"

    @property
    def territory_id(self) -> int:
        return self.orientation.territory_id
