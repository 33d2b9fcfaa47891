"""People who will live together, and when; the names services give their file."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, EncryptedTextField, Privacy
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.quality import Quality
from chezsoi.law.retention import SOCIAL_FILE
from chezsoi.people.choices import Closing, MemberRole
from chezsoi.people.models.persons import KEPT, QUALITIES, Person
from chezsoi.people.models.ready import EMERGENCY, is_in_emergency, once_a_day

READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Characters of a drawn file number: none looks like another."""


def draw_reference() -> str:
    """Draw a file number that says nothing of the household, such as K7M-2QX4."""
    drawn = "".join(secrets.choice(READABLE) for _position in range(7))
    return f"{drawn[:3]}-{drawn[3:]}"


class Households(models.QuerySet["Household"]):
    """Households by who may know they exist."""

    def in_circle_of(self, actor: Actor, *, on: date) -> Households:
        """Keep those whose circle holds the actor, or the actor's organisation, on a day."""
        if actor.organisation_id is None:
            return self.none()
        memberships = self._memberships_of(actor, on)
        return self.filter(pk__in=memberships.values("household"), territory_id__in=actor.territory_ids)

    def _memberships_of(self, actor: Actor, on: date) -> models.QuerySet[models.Model]:
        """Give what puts the actor in circles: few rows for one service, where households are many."""
        mine = Q(user_id=actor.user_id) | Q(user_id=None)
        open_on = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
        memberships = self.model._meta.get_field("circle").related_model._default_manager
        return memberships.filter(mine & open_on, organisation_id=actor.organisation_id)

    def opened_in_emergency(self, actor: Actor, *, at: datetime) -> Households:
        """Keep the household whose file the actor opened in an emergency, while it lasts; a protected one never."""
        opened = self.model._default_manager.filter(
            emergencies__pk=int(actor.purpose.removeprefix(EMERGENCY)),
            emergencies__user_id=actor.user_id or 0,
            emergencies__started_at__lte=at,
            emergencies__ends_at__gt=at,
            emergencies__ended_at=None,
        )
        return self.filter(pk__in=opened.values("pk"), is_protected=False, territory_id__in=actor.territory_ids)

    def visible_to(self, actor: Actor, *, on: date | None = None) -> Households:
        """
        Keep the households that exist for an actor; in an emergency, the one file opened, and no other.

        Circle roles see their circle. Territory roles that list people see their territories, except protected
        households outside their circle. Nobody else sees any household here.
        """
        if is_in_emergency(actor):
            return self.opened_in_emergency(actor, at=timezone.now())
        day = on or timezone.localdate()
        if actor.is_operator or not actor.may("list_people"):
            return self.none()
        if getattr(actor, "scope", None) != "territory":
            return self.in_circle_of(actor, on=day)
        inside = Exists(self._memberships_of(actor, day).filter(household=OuterRef("pk")))
        return self.filter(Q(is_protected=False) | inside, territory_id__in=actor.territory_ids)


class Household(models.Model):
    """People who will live together; one person may be a household. Its members change with time."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    reference = models.CharField(_("file number"), max_length=60)
    wishes = EncryptedTextField(_("wishes, in their words"), blank=True)
    wishes_quality = models.CharField(
        _("quality of the wishes"), max_length=20, choices=QUALITIES, default=Quality.NOT_ASKED
    )
    reach = EncryptedTextField(_("how to reach them"), blank=True)
    reach_quality = models.CharField(
        _("quality of how to reach them"), max_length=20, choices=QUALITIES, default=Quality.NOT_ASKED
    )
    stated_size = models.PositiveSmallIntegerField(_("number of people, as stated"), null=True, blank=True)
    size_quality = models.CharField(
        _("quality of the number of people"), max_length=20, choices=QUALITIES, default=Quality.NOT_ASKED
    )
    is_protected = models.BooleanField(_("protected"), default=False)
    created_on = models.DateField(_("known since"))
    last_contact_on = models.DateField(_("last contact"), null=True, blank=True)
    lost_since = models.DateField(_("no news since"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_because = models.CharField(
        _("why the file is closed"), max_length=20, choices=Closing, default=Closing.OPEN, blank=True
    )
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = Households.as_manager()

    privacy: ClassVar = Privacy(
        identifying=("reference", "reach"),
        sensitive=("wishes", "is_protected", "closed_because"),
        ordinary=(
            "id", "territory", "wishes_quality", "reach_quality", "stated_size", "size_quality", "created_on",
            "last_contact_on", "lost_since", "closed_on", "version",
        ),
        **KEPT,  # type: ignore[arg-type]
    )  # fmt: skip

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        indexes = (models.Index(fields=["last_contact_on", "id"], name="household_by_last_contact"),)
        constraints = (
            models.UniqueConstraint(fields=["territory", "reference"], name="household_reference_once"),
            models.CheckConstraint(
                name="a_closed_file_says_why",
                condition=Q(closed_on=None, closed_because="") | (Q(closed_on__isnull=False) & ~Q(closed_because="")),
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_lost(self) -> bool:
        """Tell whether nobody has had news since it was lost from sight; its place and its seniority stay."""
        return self.lost_since is not None and (self.last_contact_on is None or self.last_contact_on <= self.lost_since)

    def is_open_on(self, day: date) -> bool:
        """Tell whether the file is open on a day."""
        return self.closed_on is None or self.closed_on > day

    def is_open_to(self, actor: Actor) -> bool:
        """Let programs act on it, and the people for whom it exists."""
        return actor.is_operator or households_seen_by(actor).filter(pk=self.pk).exists()

    def members_on(self, day: date) -> models.QuerySet[HouseholdMember]:
        """List who belongs to the household on a day, the lead first."""
        lead_first = models.Case(models.When(role=MemberRole.LEAD, then=0), default=1)
        held = Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))
        return self.members.filter(held).select_related("person").order_by(lead_first, "pk")


@once_a_day
def households_seen_by(actor: Actor, on: date) -> Households:
    """Give the households that exist for an actor, for questions about other things to look within."""
    return Household.objects.visible_to(actor, on=on)


class HouseholdMember(models.Model):
    """The dated membership of a person in a household; one that ends the day it starts was a mistake."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="members", verbose_name=_("household"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("place in the household"), max_length=20, choices=MemberRole)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (excluded)"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        identifying=("person",),
        sensitive=("role",),
        ordinary=("id", "household", "starts_on", "ends_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("member of a household")
        verbose_name_plural = _("members of a household")
        constraints = (
            models.CheckConstraint(
                name="membership_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on=None), name="person_in_one_household_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} of {self.household_id}"


class HouseholdReference(models.Model):
    """The number a source's file gives a household, and the day up to which that source was heard."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="references", verbose_name=_("household"))
    source = models.ForeignKey("files.Source", models.PROTECT, verbose_name=_("source"))
    file_number = models.CharField(_("file number"), max_length=60)
    heard_on = models.DateField(_("last heard on"))
    digest = models.CharField(_("digest of the rows"), max_length=64)

    privacy: ClassVar = Privacy(
        identifying=("file_number", "digest"),
        ordinary=("id", "household", "source", "heard_on"),
        retention="as the household, 2 years after the last contact",
        basis=Basis.PUBLIC_TASK,
        rule=SOCIAL_FILE,
    )

    class Meta:
        verbose_name = _("reference of a household")
        verbose_name_plural = _("references of households")
        constraints = (models.UniqueConstraint(fields=["source", "file_number"], name="household_file_once"),)

    def __str__(self) -> str:
        return self.file_number
