"""Homes: who owns them, what they are like, who may see them, and the offer made of one."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chezsoi.fields import Basis, MoneyField, Privacy
from chezsoi.homes.choices import (
    ENERGY_CLASSES,
    EXPECTING,
    Funding,
    OfferState,
    OwnerKind,
    ReservationHolder,
    Stock,
    Tenure,
)
from chezsoi.kernel.actor import Actor
from chezsoi.law.retention import OWNER
from chezsoi.territories.choices import OrganisationKind
from chezsoi.territories.models import Organisation

KEPT: dict[str, object] = {
    "retention": "3 years after the last contact with the owner",
    "basis": Basis.PUBLIC_TASK,
    "rule": OWNER,
}


QUOTAS = {
    OrganisationKind.STATE: (ReservationHolder.PREFECT,),
    OrganisationKind.AUTHORITY: (ReservationHolder.MUNICIPALITY, ReservationHolder.AUTHORITY),
}


class Owners(models.QuerySet["Owner"]):
    """Owners by who may see them."""

    def visible_to(self, actor: Actor) -> Owners:
        """Keep those of the actor's territories; of them, an organisation sees itself and those it registered."""
        if actor.is_operator or not actor.may("see_homes"):
            return self.none()
        held = self.filter(territory_id__in=actor.territory_ids)
        match getattr(actor, "scope", None):
            case "territory" | "commission":
                return held
            case "organisation":
                return held.filter(Q(organisation_id=actor.organisation_id) | Q(recorded_by_id=actor.organisation_id))
        return self.none()


class Dwellings(models.QuerySet["Dwelling"]):
    """Dwellings by who may know they exist."""

    def visible_to(self, actor: Actor) -> Dwellings:
        """
        Keep the dwellings that exist for an actor.

        Territory and commission roles see their territories. An organisation sees its own dwellings, those it
        recorded, and those of the quota it holds. Those who follow households see the dwellings proposed to them.
        """
        if actor.is_operator or not actor.may("see_homes"):
            return self.none()
        held = self.filter(territory_id__in=actor.territory_ids)
        match getattr(actor, "scope", None):
            case "territory" | "commission":
                return held
            case "organisation":
                return held.filter(_own(actor) | Q(pk__in=_of_own_quota(actor)))
            case "circle":
                shown = DwellingShown.objects.filter(Q(organisation_id=actor.organisation_id))
                return held.filter(pk__in=shown.values("dwelling_id"))
        return self.none()

    def held_by(self, actor: Actor) -> Dwellings:
        """Keep those the actor's organisation owns, or recorded: it lets them, and signs for them."""
        if actor.organisation_id is None:
            return self.none()
        return self.filter(_own(actor), territory_id__in=actor.territory_ids)

    def with_address_for(self, actor: Actor) -> Dwellings:
        """
        Add `known_address`, null where it is not for the actor to read.

        A home that is let, or a room of it, is where somebody lives. Its own organisation reads its address, whoever
        may read the lease reads it there, and nobody else: an address cannot be hidden once a household is known to be
        in danger.
        """
        offers = Offer.objects.filter(dwelling=models.OuterRef("pk"))
        is_expecting = models.Exists(offers.filter(state__in=EXPECTING))
        is_let = models.Exists(offers.filter(state=OfferState.LET)) & ~is_expecting
        same = models.Q(dwelling__shared_home=models.OuterRef("pk"))
        same |= models.Q(dwelling__shared_home=models.OuterRef("shared_home"))
        is_lived_in = is_let | models.Exists(Offer.objects.filter(same, state=OfferState.LET))
        own = Q(pk__in=()) if actor.organisation_id is None else _own(actor)
        return self.annotate(
            known_address=models.Case(  # type: ignore[no-redef]
                models.When(is_lived_in & ~own, then=models.Value(None)),
                default=models.F("address"),
                output_field=models.CharField(null=True),
            )
        )


class Offers(models.QuerySet["Offer"]):
    """Offers follow their dwelling."""

    def visible_to(self, actor: Actor) -> Offers:
        """Keep the offers of the dwellings that exist for an actor."""
        return self.filter(dwelling__in=Dwelling.objects.visible_to(actor))


def _own(actor: Actor) -> Q:
    return Q(owner__organisation_id=actor.organisation_id) | Q(recorded_by_id=actor.organisation_id)


def _of_own_quota(actor: Actor) -> models.QuerySet[Offer, int]:
    """Keep the homes whose turn it is, and those of its kind of quota whose turn is nobody's yet."""
    held = Q(reserved_for=actor.organisation_id)
    for kind, holders in QUOTAS.items():
        of_that_kind = Organisation.objects.filter(Q(pk=actor.organisation_id), kind=kind)
        held |= Q(models.Exists(of_that_kind), reservation_holder__in=holders, reserved_for=None)
    reserving = actor.role == "reservation_agent"
    return Offer.objects.filter(held if reserving else Q(pk__in=())).values_list("dwelling_id", flat=True)


class Owner(models.Model):
    """Somebody, or a body, who owns dwellings."""

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind of owner"), max_length=20, choices=OwnerKind, default=OwnerKind.UNKNOWN)
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, blank=True, verbose_name=_("organisation")
    )
    recorded_by = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    recorded_on = models.DateField(_("recorded on"), default=timezone.localdate)

    objects = Owners.as_manager()

    privacy: ClassVar = Privacy(
        identifying=("name",),
        ordinary=("id", "territory", "kind", "organisation", "recorded_by", "recorded_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("owner")
        verbose_name_plural = _("owners")
        constraints = (models.UniqueConstraint(fields=["territory", "name"], name="owner_once"),)

    def __str__(self) -> str:
        return self.name

    def is_open_to(self, actor: Actor) -> bool:
        """Let programs act on it, and those for whom it exists; one not registered yet belongs to whoever does."""
        return actor.is_operator or self.pk is None or Owner.objects.filter(pk=self.pk).visible_to(actor).exists()


class Dwelling(models.Model):
    """
    A dwelling as it stands; unknown features stay null, never guessed.

    A room let by itself is a dwelling too: `shared_home` is the home it is a room of, which is then not let whole.
    """

    territory = models.ForeignKey("territories.Territory", models.PROTECT, verbose_name=_("territory"))
    reference = models.CharField(_("reference"), max_length=60)
    shared_home = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="let_rooms", verbose_name=_("shared home")
    )
    owner = models.ForeignKey(Owner, models.PROTECT, null=True, related_name="dwellings", verbose_name=_("owner"))
    stock = models.CharField(_("stock"), max_length=20, choices=Stock)
    address = models.CharField(_("address"), max_length=200, blank=True)
    commune = models.ForeignKey("territories.Commune", models.PROTECT, null=True, verbose_name=_("commune"))
    rooms = models.PositiveSmallIntegerField(_("main rooms"), null=True, blank=True)
    surface_m2 = models.DecimalField(_("surface (m²)"), max_digits=6, decimal_places=2, null=True, blank=True)
    floor = models.SmallIntegerField(_("floor"), null=True, blank=True)
    has_lift = models.BooleanField(_("lift"), null=True, blank=True)
    is_wheelchair_accessible = models.BooleanField(_("accessible by wheelchair"), null=True, blank=True)
    energy_class = models.CharField(_("energy class"), max_length=1, choices=ENERGY_CLASSES, blank=True)
    recorded_by = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    recorded_on = models.DateField(_("recorded on"), default=timezone.localdate)
    told_on = models.JSONField(_("days on which each fact was told"), default=dict, blank=True)
    erased_on = models.DateField(_("owner and address erased on"), null=True, blank=True)

    objects = Dwellings.as_manager()
    known_address: str | None  # added by `with_address_for`

    privacy: ClassVar = Privacy(
        identifying=("address",),
        ordinary=(
            "id", "territory", "reference", "shared_home", "owner", "stock", "commune", "rooms", "surface_m2", "floor",
            "has_lift", "is_wheelchair_accessible", "energy_class", "recorded_by", "recorded_on", "told_on",
            "erased_on",
        ),
        **KEPT,  # type: ignore[arg-type]
    )  # fmt: skip

    class Meta:
        verbose_name = _("dwelling")
        verbose_name_plural = _("dwellings")
        constraints = (
            models.UniqueConstraint(fields=["territory", "reference"], name="dwelling_reference_once"),
            models.CheckConstraint(name="surface_positive", condition=Q(surface_m2=None) | Q(surface_m2__gt=0)),
            models.CheckConstraint(name="an_erased_home_has_no_address", condition=Q(erased_on=None) | Q(address="")),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_ground_or_lift(self) -> bool | None:
        """Tell whether nobody climbs stairs to it; None when it cannot be known."""
        if self.floor == 0 or self.has_lift:
            return True
        return None if self.floor is None or self.has_lift is None else False

    def is_open_to(self, actor: Actor) -> bool:
        """Let programs act on it, and those for whom it exists; one not recorded yet belongs to whoever does."""
        new = self.pk is None
        return actor.is_operator or new or Dwelling.objects.filter(pk=self.pk).visible_to(actor).exists()


class DwellingShown(models.Model):
    """A dwelling that an organisation may see because a household it follows is proposed there."""

    dwelling = models.ForeignKey(Dwelling, models.CASCADE, related_name="shown_to", verbose_name=_("dwelling"))
    organisation = models.ForeignKey("territories.Organisation", models.PROTECT, verbose_name=_("organisation"))
    shown_on = models.DateField(_("shown since"))

    privacy: ClassVar = Privacy(
        ordinary=("id", "dwelling", "organisation", "shown_on"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("dwelling shown to an organisation")
        verbose_name_plural = _("dwellings shown to organisations")
        constraints = (models.UniqueConstraint(fields=["dwelling", "organisation"], name="dwelling_shown_once"),)

    def __str__(self) -> str:
        return f"{self.dwelling_id} shown to {self.organisation_id}"


class DwellingReference(models.Model):
    """What a source's file calls a dwelling, and the day up to which that source was heard."""

    dwelling = models.ForeignKey(Dwelling, models.CASCADE, related_name="references", verbose_name=_("dwelling"))
    source = models.ForeignKey("files.Source", models.PROTECT, verbose_name=_("source"))
    file_number = models.CharField(_("file number"), max_length=60)
    heard_on = models.DateField(_("last heard on"))
    digest = models.CharField(_("digest of the row"), max_length=64)

    privacy: ClassVar = Privacy(
        ordinary=("id", "dwelling", "source", "file_number", "heard_on", "digest"),
        **KEPT,  # type: ignore[arg-type]
    )

    class Meta:
        verbose_name = _("reference of a dwelling")
        verbose_name_plural = _("references of dwellings")
        constraints = (models.UniqueConstraint(fields=["source", "file_number"], name="dwelling_file_once"),)

    def __str__(self) -> str:
        return self.file_number


class Offer(models.Model):
    """A dwelling proposed to households, at a price, from a day. A banned energy class blocks it, with the rule."""

    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="offers", verbose_name=_("dwelling"))
    tenure = models.CharField(_("contract"), max_length=20, choices=Tenure, default=Tenure.UNKNOWN)
    funding = models.CharField(_("funding"), max_length=20, choices=Funding, default=Funding.UNKNOWN)
    reservation_holder = models.CharField(
        _("reservation holder"), max_length=20, choices=ReservationHolder, blank=True, default=ReservationHolder.NONE
    )
    reserved_for = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("whose turn it is")
    )
    rent_per_month = MoneyField(_("rent a month, without charges"), null=True, blank=True)
    charges_per_month = MoneyField(_("charges a month"), null=True, blank=True)
    available_on = models.DateField(_("available on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=OfferState, default=OfferState.OPEN)
    blocked_on = models.DateField(_("judged on"), null=True, blank=True)
    blocked_by = models.JSONField(_("rule that blocks it"), null=True, blank=True)
    told_on = models.JSONField(_("days on which each fact was told"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = Offers.as_manager()
    known_address: str | None  # its dwelling's, added by the queries

    privacy: ClassVar = Privacy(
        ordinary=(
            "id", "dwelling", "tenure", "funding", "reservation_holder", "reserved_for", "rent_per_month",
            "charges_per_month", "available_on", "state", "blocked_on", "blocked_by", "told_on", "version",
        ),
        **KEPT,  # type: ignore[arg-type]
    )  # fmt: skip

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = (
            models.UniqueConstraint(
                fields=["dwelling"], condition=Q(state__in=EXPECTING), name="one_offer_at_a_time_a_dwelling"
            ),
            models.CheckConstraint(
                name="a_block_has_its_day_and_rule",
                condition=Q(state="not_offerable", blocked_on__isnull=False, blocked_by__isnull=False)
                | ~Q(state="not_offerable"),
            ),
            models.CheckConstraint(
                name="offer_amounts_not_negative",
                condition=(Q(rent_per_month=None) | Q(rent_per_month__gte=0))
                & (Q(charges_per_month=None) | Q(charges_per_month__gte=0)),
            ),
        )

    def __str__(self) -> str:
        return f"offer of {self.dwelling_id}"

    @property
    def territory_id(self) -> int:
        return self.dwelling.territory_id

    @property
    def outlay_per_month(self) -> Decimal | None:
        """Rent and charges together; None while either is unknown."""
        rent: Decimal | None = self.rent_per_month
        charges: Decimal | None = self.charges_per_month
        return None if rent is None or charges is None else rent + charges

    @property
    def is_open(self) -> bool:
        return self.state == OfferState.OPEN

    @property
    def is_expecting(self) -> bool:
        return self.state in EXPECTING

    def is_open_to(self, actor: Actor) -> bool:
        """Follow the dwelling."""
        return self.dwelling.is_open_to(actor)
