"""What can be read of homes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from chezsoi.fields.ordering import Orders, by_rank
from chezsoi.homes.choices import EXPECTING, OfferState
from chezsoi.homes.models import Dwelling, Offer, Owner
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.orders import Order
from chezsoi.law.disclosure import Audience, disclosure_threshold_on
from chezsoi.territories import queries as territories
from chezsoi.territories.models import Commune, Territory

MAP_HEADER = ("commune", "name", "state", "homes", "suppressed")

ORDERS = Orders(
    "available",
    {
        "available": [F("available_on")],
        "home": [F("dwelling__rooms"), F("dwelling__commune__search_name"), F("known_address")],
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
    return ORDERS.put(_read(Offer.objects.visible_to(actor).filter(narrowed), actor), order)


def offer(pk: int, *, actor: Actor) -> Offer:
    """Give one offer."""
    return _read(Offer.objects.visible_to(actor), actor).get(pk=pk)


def dwelling(pk: int, *, actor: Actor) -> Dwelling:
    """Give one dwelling."""
    rows = Dwelling.objects.visible_to(actor).with_address_for(actor)
    return rows.select_related("territory", "commune", "owner__organisation").get(pk=pk)


def named(text: str, *, actor: Actor, most: int) -> list[Dwelling]:
    """Find the dwellings whose reference, commune or address, if the actor reads it, hold every word of a text."""
    held = Q()
    for word in text.split():
        held &= Q(reference__icontains=word) | Q(known_address__icontains=word) | Q(commune__name__icontains=word)
    rows = Dwelling.objects.visible_to(actor).with_address_for(actor).filter(held)
    return list(rows.select_related("commune", "owner").order_by("reference", "pk")[:most]) if held else []


def owners_named(text: str, *, actor: Actor, most: int) -> list[Owner]:
    """Find the owners whose name holds every word of a text."""
    held = Q()
    for word in text.split():
        held &= Q(name__icontains=word)
    return list(owners(actor=actor).filter(held)[:most]) if held else []


def offers_of(dwelling: Dwelling, *, actor: Actor) -> QuerySet[Offer]:
    """List every offer made of a dwelling, the newest first."""
    return _read(Offer.objects.visible_to(actor).filter(dwelling=dwelling), actor).order_by("-pk")


def rooms_of(dwelling: Dwelling, *, actor: Actor) -> QuerySet[Offer]:
    """List the last offer of each room of a shared home."""
    rows = Offer.objects.visible_to(actor).filter(dwelling__shared_home=dwelling)
    last = Offer.objects.filter(dwelling=OuterRef("dwelling")).order_by("-pk").values("pk")[:1]
    return _read(rows.filter(pk=Subquery(last)), actor).order_by("dwelling_id")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneCount:
    """How many homes of a commune are in one state; None when so few are lived in that it is not said."""

    commune: Commune | None
    homes: int | None

    def as_csv(self, state: str) -> tuple[str, ...]:
        """Write the count as a line of the file."""
        code, name = (self.commune.code, self.commune.name) if self.commune else ("", "")
        hidden = "true" if self.homes is None else "false"
        return (code, name, state, "" if self.homes is None else str(self.homes), hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomesByCommune:
    """The homes of a territory in one state, commune by commune; under `threshold`, if there is one, none is said."""

    territory: Territory
    state: OfferState
    threshold: int | None
    rows: tuple[CommuneCount, ...]

    def as_csv(self) -> list[tuple[str, ...]]:
        """Write a line a commune, those without any home included."""
        return [row.as_csv(self.state) for row in self.rows]


def by_commune(territory: Territory, *, state: OfferState, on: date, actor: Actor) -> HomesByCommune:
    """
    Count the homes of a territory in one state that an actor may see, commune by commune, those without any included.

    A home is in the state of the offer that runs, or of its last one; one whose commune is not known, or lies outside
    the territory, counts under none. A home that is let is somebody's: under the threshold for partners, its commune
    says nothing, zero included. The sum of all is given nowhere, so that what is hidden is not the rest of it.
    """
    where = territories.communes_of(territory, actor=actor)
    held = Counter(_places_of_homes(territory, state, actor))
    counts = {commune.pk: held[commune.pk] for commune in where}
    elsewhere = held.total() - sum(counts.values())
    least = disclosure_threshold_on(on, audience=Audience.PARTNER).minimum
    threshold = least if state == OfferState.LET else None
    rows: list[tuple[Commune | None, int]] = [(commune, counts[commune.pk]) for commune in where]
    rows += [(None, elsewhere)] if elsewhere or threshold else []
    return HomesByCommune(
        territory=territory,
        state=state,
        threshold=threshold,
        rows=tuple(
            CommuneCount(commune=commune, homes=None if threshold is not None and count < threshold else count)
            for commune, count in rows
        ),
    )


def _places_of_homes(territory: Territory, state: str, actor: Actor) -> Iterator[str | None]:
    rows = Offer.objects.visible_to(actor).filter(dwelling__territory=territory).order_by("pk")
    found: dict[int, tuple[str, str | None]] = {}
    for dwelling, now, commune in rows.values_list("dwelling_id", "state", "dwelling__commune_id"):
        if found.get(dwelling, ("", None))[0] not in EXPECTING:
            found[dwelling] = (now, commune)
    return (commune for now, commune in found.values() if now == state)


def _read(rows: QuerySet[Offer], actor: Actor) -> QuerySet[Offer]:
    home = Dwelling.objects.filter(pk=OuterRef("dwelling_id")).with_address_for(actor)
    rows = rows.annotate(known_address=Subquery(home.values("known_address")[:1]))  # type: ignore[misc,no-redef]
    return rows.select_related("dwelling__commune", "dwelling__owner", "dwelling__territory")
