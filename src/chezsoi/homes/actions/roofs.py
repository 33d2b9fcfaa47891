"""A home is offered whole, or by its rooms: never both."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery

from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Dwelling, Offer
from chezsoi.kernel.actor import Actor


class HomeLetByRooms(Exception):
    """Its rooms are on offer or let, each by itself: the whole is not offered besides."""


class HomeLetWhole(Exception):
    """The home it is a room of is on offer or let whole: the room is not offered besides."""


def check_roof(dwelling: Dwelling, *, actor: Actor) -> None:
    """
    Refuse to offer a home by its rooms and whole at once; the last offer of each tells how it stands.

    :raises HomeLetByRooms: if a room of it is on offer or let.
    :raises HomeLetWhole: if it is a room of a home on offer or let whole.
    """
    roof = dwelling.shared_home_id or dwelling.pk
    Dwelling.objects.select_for_update(of=("self",)).get(pk=roof)
    last = Offer.objects.filter(dwelling=OuterRef("dwelling")).order_by("-pk").values("pk")[:1]
    standing = Offer.objects.filter(pk=Subquery(last)).exclude(state=OfferState.WITHDRAWN)
    if dwelling.shared_home_id is not None and standing.filter(dwelling=roof).exists():
        raise HomeLetWhole(dwelling.reference)
    if standing.filter(dwelling__shared_home=roof).exists() and dwelling.shared_home_id is None:
        raise HomeLetByRooms(dwelling.reference)
