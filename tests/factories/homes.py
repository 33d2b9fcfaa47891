"""Homes as landlords offer them, through the app's own actions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count

from chezsoi.homes import actions
from chezsoi.homes.choices import Funding, OwnerKind, Stock, Tenure
from chezsoi.homes.models import Dwelling, Offer, Owner
from chezsoi.kernel.actor import Actor
from chezsoi.territories.models import Commune, Organisation, Territory
from tests.factories import territories

METZ = "57463"
TODAY = date(2026, 11, 23)
_numbers = count(1)


def commune(code: str = METZ) -> Commune:
    return Commune.objects.get(pk=code)


def features(**traits: object) -> actions.Features:
    """Describe a two-room home in Metz, on the second floor, class C."""
    usual = actions.Features(
        address="8 rue Clovis",
        commune=commune(),
        rooms=2,
        surface_m2=Decimal("45.00"),
        floor=2,
        has_lift=True,
        is_wheelchair_accessible=False,
        energy_class="C",
    )
    return replace(usual, **traits)


def terms(**traits: object) -> actions.Terms:
    """Offer it as social housing at 400 € all in, from the first of November."""
    usual = actions.Terms(
        tenure=Tenure.DIRECT,
        funding=Funding.PLAI,
        reservation_holder="prefect",
        rent_per_month=Decimal("340.00"),
        charges_per_month=Decimal("60.00"),
        available_on=date(2026, 11, 1),
    )
    return replace(usual, **traits)


def owner(
    organisation: Organisation | None = None, *, actor: Actor | None = None, territory: Territory | None = None
) -> Owner:
    place = territory or territories.territory()
    return actions.register_owner(
        actor=actor or territories.program(place),
        territory=place,
        name=f"Landlord {next(_numbers)}",
        kind=OwnerKind.SOCIAL_LANDLORD,
        organisation=organisation,
    )


def dwelling(
    *,
    actor: Actor | None = None,
    territory: Territory | None = None,
    owner: Owner | None = None,
    stock: str = Stock.SOCIAL,
    **traits: object,
) -> Dwelling:
    place = territory or territories.territory()
    return actions.register_dwelling(
        actor=actor or territories.program(place),
        territory=place,
        reference=f"L-{next(_numbers):04}",
        stock=stock,
        owner=owner,
        features=features(**traits),
    )


def offer(dwelling: Dwelling | None = None, *, actor: Actor | None = None, on: date = TODAY, **traits: object) -> Offer:
    """Offer a home, a social one of Metz unless told."""
    home = dwelling or _dwelling()
    return actions.make_offer(
        actor=actor or territories.program(home.territory), dwelling=home, terms=terms(**traits), on=on
    )


def let_by_rooms(whole: Dwelling, number: int = 2, **traits: object) -> list[Offer]:
    """Offer a home room by room, each of 10 m² at 300 €, charges included."""
    room = actions.Room(surface_m2=Decimal(10), rent_per_month=Decimal(260), charges_per_month=Decimal(40))
    made = actions.let_by_rooms(
        actor=territories.program(whole.territory),
        dwelling=whole,
        rooms=[room] * number,
        terms=terms(**{"funding": Funding.UNKNOWN, "reservation_holder": "", "tenure": Tenure.SUBLEASE, **traits}),
        on=TODAY,
    )
    return list(made)


_dwelling = dwelling
