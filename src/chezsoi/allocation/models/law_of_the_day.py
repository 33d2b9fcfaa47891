"""The home and the law of a day, as the matching engine reads them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from chezsoi.engines import matching
from chezsoi.homes.choices import Funding, Stock
from chezsoi.homes.models import Dwelling, Offer
from chezsoi.law import parameters
from chezsoi.law.ceilings import LAST_CATEGORY, Zone
from chezsoi.law.ceilings import Funding as CeilingFunding
from chezsoi.law.decency import energy_rule_on
from chezsoi.law.surface import surface_rule_on

CEILINGS = {
    Funding.PLAI: CeilingFunding.PLAI,
    Funding.PLAI_ADAPTED: CeilingFunding.PLAI,
    Funding.PLUS: CeilingFunding.PLUS,
}
LARGEST_SIZE_IN_THE_TABLE = 8
OUTER_ILE_DE_FRANCE = frozenset({"77", "78", "91", "95"})
INNER_ILE_DE_FRANCE = frozenset({"92", "93", "94"})
REQUEST_NUMBER = matching.Source(reference="CCH L441-2-1", status=matching.Status.TO_BE_CONFIRMED)
REGULAR_STAY = matching.Source(reference="CCH R441-1", status=matching.Status.TO_BE_CONFIRMED)


def home_of(offer: Offer) -> matching.Home:
    """Give the home on offer; what the landlord has not told stays unknown."""
    dwelling = offer.dwelling
    return matching.Home(
        ref=dwelling.reference,
        kind=matching.HomeKind.SOCIAL if dwelling.stock == Stock.SOCIAL else matching.HomeKind.PRIVATE,
        commune=dwelling.commune_id or "",
        rooms=dwelling.rooms,
        surface_m2=dwelling.surface_m2,
        floor=dwelling.floor,
        has_lift=dwelling.has_lift,
        wheelchair=dwelling.is_wheelchair_accessible,
        rent_per_month=offer.rent_per_month,
        charges_per_month=offer.charges_per_month,
        energy_rating=dwelling.energy_class or None,
        available_on=offer.available_on,
        funding=None if offer.funding in {Funding.UNKNOWN, Funding.OTHER} else offer.funding,
        reservation_holder=offer.reservation_holder or None,
        tenure=offer.tenure,
        is_overseas=dwelling.territory.is_overseas,
        shared_home=None if dwelling.shared_home is None else dwelling.shared_home.reference,
    )


def rules_for(offer: Offer, *, on: date) -> matching.Rules:
    """Read the law under which a home is let, on a day and in its place."""
    surface = surface_rule_on(on)
    sizes = tuple(surface.minimum_m2(persons) for persons in range(1, LARGEST_SIZE_IN_THE_TABLE + 1))
    let_on = max(offer.available_on or on, on)
    return matching.Rules(
        minimum_surfaces_m2=matching.SizeTable(values=sizes, source=_source(surface.first)),
        worst_energy_class=_energy(let_on, is_overseas=False),
        worst_energy_class_overseas=_energy(let_on, is_overseas=True),
        request_number=REQUEST_NUMBER,
        regular_stay=REGULAR_STAY,
        income_ceilings=_ceilings(offer, on),
    )


def _energy(on: date, *, is_overseas: bool) -> matching.EnergyFloor:
    rule = energy_rule_on(on, is_overseas)
    source = matching.Source(reference=rule.reference, status=matching.Status(rule.status.value), since=rule.valid_from)
    return matching.EnergyFloor(worst_class=rule.worst_class_allowed, source=source)


def _ceilings(offer: Offer, on: date) -> tuple[matching.IncomeCeilings, ...]:
    zone = _zone(offer.dwelling)
    funding = CEILINGS.get(Funding(offer.funding))
    if zone is None or funding is None:
        return ()
    try:
        values = [
            parameters.parameter(f"hlm.ceiling.{funding}.{step}", on=on, scope=zone)
            for step in (*(f"cat{number}" for number in range(1, LAST_CATEGORY + 1)), "extra")
        ]
    except parameters.NoValueInForce:
        return ()
    numbers: list[Decimal] = [value.number for value in values]
    return (
        matching.IncomeCeilings(
            funding=offer.funding,
            by_category=tuple(numbers[:-1]),
            per_extra_person=numbers[-1],
            source=_source(values[0]),
        ),
    )


def _zone(dwelling: Dwelling) -> Zone | None:
    """Find the zone of the ceilings; None overseas and where the commune alone does not tell."""
    departement = dwelling.territory.departement_code if dwelling.commune is None else dwelling.commune.departement_code
    if dwelling.territory.is_overseas or departement in INNER_ILE_DE_FRANCE:
        return None
    if departement == "75":
        return Zone.PARIS_AND_ADJOINING
    return Zone.ILE_DE_FRANCE if departement in OUTER_ILE_DE_FRANCE else Zone.OTHER_REGIONS


def _source(value: parameters.Value) -> matching.Source:
    status = matching.Status(value.status.value)
    return matching.Source(reference=value.reference, status=status, since=value.valid_from)
