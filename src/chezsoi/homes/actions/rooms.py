"""Let a home room by room: each room is offered, proposed, accepted and let by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction

from chezsoi import trail
from chezsoi.homes.actions.dwellings import ReferenceAlreadyUsed, Terms, make_offer, withdraw_offer
from chezsoi.homes.choices import EXPECTING, OfferState
from chezsoi.homes.models import Dwelling, Offer
from chezsoi.homes.telling import first_told
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize

FEWEST_ROOMS = 2
LONGEST_REFERENCE = 56
BY_ROOMS = "let room by room"


class TooFewRooms(Exception):
    """A home is shared from two rooms on."""


class AlreadyByRooms(Exception):
    """The home has its rooms already, or is a room itself."""


class HomeLivedIn(Exception):
    """The whole home is let: it is shared out once it is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room of a shared home: its own surface, and what is asked for it, the rest of the home included."""

    surface_m2: Decimal | None = None
    rent_per_month: Decimal | None = None
    charges_per_month: Decimal | None = None


@transaction.atomic
def let_by_rooms(
    *, actor: Actor, dwelling: Dwelling, rooms: Sequence[Room], terms: Terms, on: date
) -> tuple[Offer, ...]:
    """
    Offer a home room by room, each with its own lease; the offer of the whole, if there is one, ends.

    A room takes from the home all but its surface and its cost: address, commune, floor, lift, energy class, owner.

    :raises TooFewRooms: under two rooms.
    :raises AlreadyByRooms: if the home has rooms, or is one.
    :raises HomeLivedIn: if the whole is let.
    :raises ReferenceAlreadyUsed: if another home of the territory bears the reference of a room.
    """
    authorize(actor, Can.OFFER_HOME, dwelling)
    if len(rooms) < FEWEST_ROOMS:
        raise TooFewRooms(len(rooms))
    held = Dwelling.objects.select_for_update(of=("self",)).select_related("territory", "commune").get(pk=dwelling.pk)
    if held.shared_home_id is not None or held.let_rooms.exists():
        raise AlreadyByRooms(held.reference)
    if held.offers.filter(state=OfferState.LET).exists() and not held.offers.filter(state__in=EXPECTING).exists():
        raise HomeLivedIn(held.reference)
    for offer in held.offers.filter(state__in=EXPECTING):
        withdraw_offer(actor=actor, offer=offer, reason=BY_ROOMS)
    made = tuple(_offer_room(actor, held, number, room, terms, on) for number, room in enumerate(rooms, start=1))
    trail.record(actor, "homes.dwelling.let_by_rooms", held, detail={"rooms": len(made)})
    return made


def _offer_room(  # noqa: PLR0917  what a room is offered with
    actor: Actor, whole: Dwelling, number: int, room: Room, terms: Terms, on: date
) -> Offer:
    reference = f"{whole.reference[:LONGEST_REFERENCE]}/{number}"
    if Dwelling.objects.filter(territory=whole.territory_id, reference=reference).exists():
        raise ReferenceAlreadyUsed(reference)
    own = {"shared_home": whole, "rooms": 1, "surface_m2": room.surface_m2}
    made = Dwelling.objects.create(
        reference=reference,
        recorded_by_id=actor.organisation_id,
        told_on={name: day for name, day in whole.told_on.items() if name in OF_THE_WHOLE} | first_told(own, on),
        **own,
        **{name: getattr(whole, name) for name in OF_THE_WHOLE},
    )
    of_its_own = replace(terms, rent_per_month=room.rent_per_month, charges_per_month=room.charges_per_month)
    return make_offer(actor=actor, dwelling=made, terms=of_its_own, on=on)


OF_THE_WHOLE = (
    "territory", "owner", "stock", "address", "commune", "floor", "has_lift", "is_wheelchair_accessible",
    "energy_class",
)  # fmt: skip
