"""The homes of the demonstration: social and private, most of them free, one that the law forbids letting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from chezsoi.homes import actions
from chezsoi.homes.choices import OwnerKind, Stock
from chezsoi.homes.models import Offer, Owner
from chezsoi.kernel.actor import Actor
from chezsoi.portal.demonstration.accounts import Staff
from chezsoi.territories.models import Commune, Territory


@dataclass(frozen=True, slots=True)
class _Home:
    reference: str
    address: str
    commune: str
    rooms: int
    surface_m2: int
    floor: int
    has_lift: bool
    energy_class: str
    rent: int
    charges: int
    stock: Stock
    terms: dict[str, str]
    free_for_days: int


_PLAI = {"funding": "PLAI", "tenure": "direct", "reservation_holder": "prefect"}
_PLUS = {"funding": "PLUS", "tenure": "direct", "reservation_holder": "landlord"}
_ADAPTED = {"funding": "PLAI_A", "tenure": "direct", "reservation_holder": "prefect"}
_SUBLEASE = {"tenure": "sublease"}
_MANDATE = {"tenure": "management_mandate"}

HOMES = (
    _Home("L57-01", "8 rue Clovis", "57463", 1, 28, 2, True, "C", 268, 45, Stock.SOCIAL, _PLAI, 23),
    _Home("L57-02", "14 rue Taison", "57463", 2, 44, 1, False, "D", 331, 60, Stock.SOCIAL, _PLUS, 9),
    _Home("L57-03", "3 place Saint-Louis", "57463", 1, 31, 0, False, "D", 275, 40, Stock.SOCIAL, _ADAPTED, 31),
    _Home("L57-04", "27 rue de Verdun", "57463", 2, 49, 2, True, "C", 348, 65, Stock.SOCIAL, _PLAI, 12),
    _Home("L57-05", "5 rue du Sablon", "57463", 1, 26, 3, True, "E", 281, 38, Stock.SOCIAL, _PLUS, 4),
    _Home("L57-06", "19 avenue Serpenoise", "57463", 4, 84, 1, True, "D", 452, 110, Stock.SOCIAL, _PLAI, 40),
    _Home("L57-07", "41 rue des Jardins", "57751", 2, 47, 0, False, "D", 385, 55, Stock.PRIVATE, _SUBLEASE, 15),
    _Home("L57-08", "2 impasse des Tilleuls", "57412", 1, 24, 1, False, "G", 310, 30, Stock.PRIVATE, _MANDATE, 50),
    _Home("L57-09", "60 rue de la Gare", "57447", 3, 61, 4, True, "D", 470, 90, Stock.PRIVATE, _SUBLEASE, 6),
    _Home("L57-10", "11 rue aux Arènes", "57463", 1, 29, 2, True, "C", 345, 42, Stock.PRIVATE, _MANDATE, 2),
    _Home("L57-11", "33 rue des Roches", "57463", 1, 30, 1, True, "C", 272, 44, Stock.SOCIAL, _PLAI, 1),
    _Home("L57-12", "6 rue du Pontiffroy", "57463", 1, 27, 4, True, "C", 262, 41, Stock.SOCIAL, _PLAI, 8),
    _Home("L57-13", "22 rue de la Chèvre", "57463", 3, 63, 2, True, "D", 398, 82, Stock.SOCIAL, _PLUS, 8),
)


def offer_all(territory: Territory, staff: Staff, *, today: date) -> dict[str, Offer]:
    """Register the owners and put every home on offer, by reference."""
    social, agency = staff.program("bailleur"), staff.program("agence")
    landlord = actions.register_owner(
        actor=social,
        territory=territory,
        name="Logis du Graoully",
        kind=OwnerKind.SOCIAL_LANDLORD,
        organisation=staff.organisations["bailleur"],
    )
    person = actions.register_owner(actor=agency, territory=territory, name="Mme Kieffer", kind=OwnerKind.PERSON)
    return {
        home.reference: _offer(
            territory,
            social if home.stock is Stock.SOCIAL else agency,
            landlord if home.stock is Stock.SOCIAL else person,
            home,
            today,
        )
        for home in HOMES
    }


def _offer(territory: Territory, writer: Actor, owner: Owner, home: _Home, today: date) -> Offer:
    dwelling = actions.register_dwelling(
        actor=writer,
        territory=territory,
        reference=home.reference,
        stock=home.stock,
        owner=owner,
        features=actions.Features(
            address=home.address,
            commune=Commune.objects.get(code=home.commune),
            rooms=home.rooms,
            surface_m2=Decimal(home.surface_m2),
            floor=home.floor,
            has_lift=home.has_lift,
            is_wheelchair_accessible=home.floor == 0,
            energy_class=home.energy_class,
        ),
    )
    terms = actions.Terms(
        **home.terms,
        rent_per_month=Decimal(home.rent),
        charges_per_month=Decimal(home.charges),
        available_on=today - timedelta(days=home.free_for_days),
    )
    return actions.make_offer(actor=writer, dwelling=dwelling, terms=terms, on=today)
