"""What is recorded of a household and of a home, in the words of the engine that estimates an outlay."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chezsoi.allocation.choices import OutlayNeed, OutlaySupposed
from chezsoi.allocation.models import Candidacy, OutlayEstimate
from chezsoi.engines import benefits
from chezsoi.homes.choices import Stock, Tenure
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.law import housing_aid
from chezsoi.people import queries as people
from chezsoi.people.choices import MemberRole, ResourceKind
from chezsoi.people.models import Household, HouseholdMember, ResourceStatement

Stated = Mapping[int, Sequence[ResourceStatement]]

ROLES = {
    MemberRole.LEAD: benefits.Role.LEAD,
    MemberRole.PARTNER: benefits.Role.PARTNER,
    MemberRole.CHILD: benefits.Role.CHILD,
}
KINDS = {
    ResourceKind.RSA: benefits.ResourceKind.RSA,
    ResourceKind.AAH: benefits.ResourceKind.AAH,
    ResourceKind.WAGE: benefits.ResourceKind.SALARY_NET,
    ResourceKind.ARE: benefits.ResourceKind.UNEMPLOYMENT,
    ResourceKind.ASS: benefits.ResourceKind.UNEMPLOYMENT,
    ResourceKind.PENSION: benefits.ResourceKind.PENSION,
    ResourceKind.OTHER: benefits.ResourceKind.ALLOWANCE,
}
FIGURES_KEPT = 2
"""Changes when what is kept of an estimate does: all are then computed again."""

UNPRICED = {ResourceKind.NONE.value, ResourceKind.RSA.value}
TENURES = {Tenure.SUBLEASE: benefits.Tenure.SUBLEASE, Tenure.SLIDING_LEASE: benefits.Tenure.SUBLEASE}
OF_STOCK = {Stock.SOCIAL: benefits.Tenure.SOCIAL, Stock.PRIVATE: benefits.Tenure.PRIVATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One household and one home; without them, what is still to ask."""

    household: benefits.Household | None = None
    home: benefits.Home | None = None
    needs: tuple[OutlayNeed, ...] = ()
    supposed: tuple[OutlaySupposed, ...] = ()
    household_digest: str = ""
    home_digest: str = ""

    def are_those_of(self, row: OutlayEstimate) -> bool:
        """Tell whether what was computed is of these facts."""
        return (row.household_digest, row.home_digest) == (self.household_digest, self.home_digest)


def facts_of(candidacies: Sequence[Candidacy], *, on: date, actor: Actor) -> dict[int, Facts]:
    """Read what the engine would be given for candidacies, by their number; their offers and homes come with them."""
    held = people.members_of({row.household_id for row in candidacies}, on=on, actor=actor)
    stated = people.current_resources({row.person_id for rows in held.values() for row in rows}, actor=actor)
    return {row.pk: _facts(row, held.get(row.household_id, []), stated, on) for row in candidacies}


def _facts(candidacy: Candidacy, held: Sequence[HouseholdMember], stated: Stated, on: date) -> Facts:
    offer = candidacy.offer
    place = _place(offer, on)
    needs = tuple(dict.fromkeys((*_needs(candidacy.household, held, stated), *_needs_of_home(offer, place))))
    if needs or place is None or offer.rent_per_month is None or offer.charges_per_month is None:
        return Facts(needs=needs)
    household = benefits.Household(persons=tuple(_person(row, stated, on) for row in held), place=place)
    home = benefits.Home(
        place=place,
        rent_per_month=offer.rent_per_month,
        charges_per_month=offer.charges_per_month,
        tenure=TENURES.get(Tenure(offer.tenure)) or OF_STOCK[Stock(offer.dwelling.stock)],
        is_shared=offer.dwelling.shared_home_id is not None,
    )
    month = on.replace(day=1)
    return Facts(
        household=household,
        home=home,
        supposed=tuple(dict.fromkeys((*_supposed(held, stated), *_supposed_of_home(offer)))),
        household_digest=_digest(household, month, benefits.engine_version()),
        home_digest=_digest(home, offer.tenure, FIGURES_KEPT),
    )


def _place(offer: Offer, on: date) -> benefits.Place | None:
    commune = offer.dwelling.commune
    if commune is None:
        return None
    try:
        found = housing_aid.standing_of(commune.code, on=on)
    except housing_aid.UnknownCommune:
        return None
    return benefits.Place(
        commune=found.commune, zone=found.zone, zone_is_mixed=found.is_mixed, rsa_share=found.rsa_share
    )


def _needs(household: Household, held: Sequence[HouseholdMember], stated: Stated) -> Iterator[OutlayNeed]:
    roles = [row.role for row in held]
    few = roles.count(MemberRole.LEAD) == 1 and roles.count(MemberRole.PARTNER) <= 1
    if not few or set(roles) - set(ROLES) or (household.stated_size or 0) > len(held):
        yield OutlayNeed.COMPOSITION
    if any(not row.person.birth_date.is_known for row in held):
        yield OutlayNeed.BIRTH
    if not all(_is_told(row, stated.get(row.person_id, ())) for row in held):
        yield OutlayNeed.RESOURCES


def _is_told(row: HouseholdMember, resources: Sequence[ResourceStatement]) -> bool:
    """Tell whether what a member lives on is known; a child is asked nothing, and what is said of it counts."""
    if not resources:
        return row.role == MemberRole.CHILD
    return all(
        each.kind != ResourceKind.UNKNOWN and (each.kind in UNPRICED or each.amount_per_month is not None)
        for each in resources
    )


def _needs_of_home(offer: Offer, place: benefits.Place | None) -> Iterator[OutlayNeed]:
    if offer.outlay_per_month is None:
        yield OutlayNeed.RENT
    if place is None:
        yield OutlayNeed.COMMUNE


def _person(row: HouseholdMember, stated: Stated, on: date) -> benefits.Person:
    latest: date = row.person.birth_date.latest
    return benefits.Person(
        role=ROLES[MemberRole(row.role)],
        birth_date=min(latest, on),
        resources=tuple(
            benefits.Resource(kind=KINDS[ResourceKind(each.kind)], per_month=each.amount_per_month or Decimal(0))
            for each in stated.get(row.person_id, ())
            if each.kind != ResourceKind.NONE and each.amount_per_month != 0
        ),
    )


def _supposed(held: Iterable[HouseholdMember], stated: Stated) -> Iterator[OutlaySupposed]:
    for row in held:
        kinds = {each.kind for each in stated.get(row.person_id, ())}
        if ResourceKind.WAGE in kinds:
            yield OutlaySupposed.WAGE_AS_NET
        if ResourceKind.ASS in kinds:
            yield OutlaySupposed.ASS_AS_UNEMPLOYMENT
        born = row.person.birth_date
        if born.estimated or born.earliest != born.latest:
            yield OutlaySupposed.BIRTH_SUPPOSED


def _supposed_of_home(offer: Offer) -> Iterator[OutlaySupposed]:
    if offer.dwelling.shared_home_id is not None:
        yield OutlaySupposed.ROOM_OF_SHARED_HOME
    if offer.tenure == Tenure.UNKNOWN:
        yield OutlaySupposed.TENURE_SUPPOSED
    if offer.dwelling.stock == Stock.PRIVATE and offer.tenure not in TENURES:
        yield OutlaySupposed.AGREEMENT_UNKNOWN


def _digest(*facts: object) -> str:
    return hashlib.sha256(repr(facts).encode()).hexdigest()
