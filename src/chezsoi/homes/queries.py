"""What can be read of homes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from chezsoi.fields.ordering import Orders, by_rank
from chezsoi.homes.choices import EXPECTING, OfferState
from chezsoi.homes.models import Dwelling, Offer, Owner
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.orders import Order
from chezsoi.territories import queries as territories
from chezsoi.territories.models import Commune

ORDERS = Orders(
    "available",
    {
        "available": [F("available_on")],
        "home": [F("dwelling__rooms"), F("dwelling__commune__search_name"), F("dwelling__address")],
        "surface": [F("dwelling__surface_m2")],
        "cost": [F("rent_per_month") + F("charges_per_month")],
        "state": [by_rank("state", OfferState.values), F("available_on")],
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list of homes is narrowed to; empty narrows nothing."""

    state: str = ""
    rooms: int | None = None
    commune: str = ""
    stock: str = ""
    available_by: date | None = None


def offers(filters: Filters | None = None, *, actor: Actor, order: Order | None = None) -> QuerySet[Offer]:
    """List the homes on offer that an actor may see, the longest available first; blocked ones are among them."""
    wanted = filters or Filters()
    narrowed = Q(state=wanted.state) if wanted.state else Q(state__in=EXPECTING)
    if wanted.rooms is not None:
        narrowed &= Q(dwelling__rooms=wanted.rooms)
    if wanted.commune:
        narrowed &= Q(dwelling__commune_id=wanted.commune)
    if wanted.stock:
        narrowed &= Q(dwelling__stock=wanted.stock)
    if wanted.available_by is not None:
        narrowed &= Q(available_on=None) | Q(available_on__lte=wanted.available_by)
    return ORDERS.put(_read(Offer.objects.visible_to(actor).filter(narrowed)), order)


def offer(pk: int, *, actor: Actor) -> Offer:
    """Give one offer."""
    return _read(Offer.objects.visible_to(actor)).get(pk=pk)


def dwelling(pk: int, *, actor: Actor) -> Dwelling:
    """Give one dwelling."""
    rows = Dwelling.objects.visible_to(actor).select_related("territory", "commune", "owner__organisation")
    return rows.get(pk=pk)


def named(text: str, *, actor: Actor, most: int) -> list[Dwelling]:
    """Find the dwellings whose reference, address or commune hold every word of a text."""
    held = Q()
    for word in text.split():
        held &= Q(reference__icontains=word) | Q(address__icontains=word) | Q(commune__name__icontains=word)
    rows = Dwelling.objects.visible_to(actor).filter(held).select_related("commune", "owner")
    return list(rows.order_by("reference", "pk")[:most]) if held else []


def owners_named(text: str, *, actor: Actor, most: int) -> list[Owner]:
    """Find the owners whose name holds every word of a text."""
    held = Q()
    for word in text.split():
        held &= Q(name__icontains=word)
    return list(owners(actor=actor).filter(held)[:most]) if held else []


def offers_of(dwelling: Dwelling, *, actor: Actor) -> QuerySet[Offer]:
    """List every offer made of a dwelling, the newest first."""
    return _read(Offer.objects.visible_to(actor).filter(dwelling=dwelling)).order_by("-pk")


def not_offerable(*, actor: Actor) -> QuerySet[Offer]:
    """List the homes that the law forbids letting as they stand."""
    return offers(Filters(state=OfferState.NOT_OFFERABLE), actor=actor)


def available(*, actor: Actor) -> int:
    """Count the homes that wait for a household."""
    return waiting(actor=actor).count()


def waiting(*, actor: Actor) -> QuerySet[Offer]:
    """List the homes that wait for a household."""
    return Offer.objects.visible_to(actor).filter(state=OfferState.OPEN).order_by("pk")


def owners(*, actor: Actor) -> QuerySet[Owner]:
    """List the owners an actor may see."""
    return Owner.objects.visible_to(actor).select_related("organisation").order_by("name", "pk")


def communes(*, actor: Actor) -> QuerySet[Commune]:
    """List the communes where an actor may see a home."""
    held = Dwelling.objects.visible_to(actor).values("commune_id")
    return Commune.objects.filter(pk__in=held).order_by("name", "pk")


def communes_at_work(*, actor: Actor) -> QuerySet[Commune]:
    """List the communes of the territories where the actor's role holds."""
    held = Q(pk__in=())
    for territory in territories.territories_of(actor=actor):
        held |= Q(pk__in=territories.communes_of(territory, actor=actor).values("pk"))
    return Commune.objects.filter(held).order_by("name", "pk")


def _read(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    return rows.select_related("dwelling__commune", "dwelling__owner", "dwelling__territory")
