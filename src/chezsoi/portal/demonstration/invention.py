"""
What the history of the demonstration draws by chance, all of it invented: names, births, stays, homes.

The telephones lie in the range kept for fiction (06 39 98 …), the streets exist in no town of the territory.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from chezsoi.kernel.dates import PartialDate
from chezsoi.kernel.quality import Quality
from chezsoi.people import actions
from chezsoi.people.choices import MemberRole, Situation
from chezsoi.people.models import Household
from chezsoi.portal.demonstration import people, words
from chezsoi.territories.models import Commune

SHAPES = ((1, 0, 62), (1, 1, 9), (1, 2, 8), (1, 3, 3), (2, 0, 6), (2, 1, 4), (2, 2, 4), (2, 3, 3), (2, 5, 1))
"""Adults, children, and how many households of a hundred are of that shape."""

FIRST_SEEN = (
    (Situation.STREET, 30), (Situation.EMERGENCY, 16), (Situation.HOTEL, 14), (Situation.WITH_OTHERS, 12),
    (Situation.CHRS, 7), (Situation.SQUAT, 5), (Situation.VEHICLE, 4), (Situation.CAMP, 4), (Situation.PRISON, 3),
    (Situation.HEALTH_STAY, 2), (Situation.CHILD_CARE, 2), (Situation.UNKNOWN, 1),
)  # fmt: skip
NEXT = {
    Situation.STREET: (Situation.STREET, Situation.EMERGENCY, Situation.SQUAT, Situation.WITH_OTHERS),
    Situation.EMERGENCY: (Situation.EMERGENCY, Situation.STREET, Situation.CHRS, Situation.HOTEL),
    Situation.HOTEL: (Situation.HOTEL, Situation.HOTEL, Situation.EMERGENCY, Situation.CHRS),
    Situation.WITH_OTHERS: (Situation.WITH_OTHERS, Situation.STREET, Situation.VEHICLE, Situation.HOTEL),
    Situation.CHRS: (Situation.CHRS, Situation.CHRS, Situation.SUPPORTED, Situation.STREET),
}
ELSEWHERE = (Situation.STREET, Situation.EMERGENCY, Situation.WITH_OTHERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Who makes up an invented household, and its number in the history."""

    number: int
    adults: int
    children: int

    @property
    def size(self) -> int:
        return self.adults + self.children


def reference(number: int) -> str:
    """Give the file number of a household of the history."""
    return f"D57-{number + 1001}"


def number(household: Household) -> int:
    """Give back the number a household of the history was drawn with."""
    return int(household.reference.removeprefix("D57-")) - 1001


def families(persons: int, chance: Random) -> list[Family]:
    """Draw households until they hold as many persons."""
    drawn: list[Family] = []
    missing = persons
    weights = [weight for _adults, _children, weight in SHAPES]
    while missing > 0:
        adults, children, _weight = chance.choices(SHAPES, weights)[0]
        if adults + children > missing:
            adults, children = 1, missing - 1
        drawn.append(Family(number=len(drawn), adults=adults, children=children))
        missing -= adults + children
    return drawn


def household(family: Family, *, communes: list[Commune], met_on: date, chance: Random) -> actions.NewHousehold:
    """Invent who they are, where they live when first met, and what they wish."""
    surname = chance.choice(words.SURNAMES)
    members = [_adult(surname, rank, communes, met_on, chance) for rank in range(family.adults)]
    members += [_child(surname, met_on, chance) for _rank in range(family.children)]
    says = chance.random() < 0.8
    return actions.NewHousehold(
        reference=reference(family.number),
        members=tuple(members),
        wishes=chance.choice(words.WISHES) if says else "",
        wishes_quality=Quality.KNOWN if says else Quality.NOT_ASKED,
        reach=chance.choice(words.REACHES),
        reach_quality=Quality.KNOWN,
        stated_size=family.size,
        size_quality=Quality.KNOWN,
    )


def next_stay(before: Situation, *, communes: list[Commune], seen_on: date, chance: Random) -> actions.NewSituation:
    """Draw where a household lives some months later."""
    return actions.NewSituation(
        situation=chance.choice(NEXT.get(before, ELSEWHERE)),
        observed_on=seen_on,
        since=seen_on - timedelta(days=chance.randrange(3, 60)),
        commune=_commune(communes, chance),
    )


def _adult(surname: str, rank: int, communes: list[Commune], met_on: date, chance: Random) -> actions.NewMember:
    given, sex = chance.choice(words.GIVEN)
    age = int(chance.triangular(18, 78, 36))
    kind, amount = chance.choice(people.RESOURCES)
    return actions.NewMember(
        role=MemberRole.LEAD if rank == 0 else MemberRole.PARTNER,
        given_names=given,
        birth_name=surname if rank == 0 or chance.random() < 0.5 else chance.choice(words.SURNAMES),
        sex=sex,
        birth_date=_birth(met_on.year - age, chance),
        birth_quality=Quality.KNOWN,
        aliases=(chance.choice(words.ALIASES),) if chance.random() < 0.06 else (),
        phones=(_phone(chance),) if rank == 0 and chance.random() < 0.7 else (),
        situation=_first_stay(communes, met_on, chance) if rank == 0 else None,
        resources=(actions.NewResources(kind=kind, stated_on=met_on, amount_per_month=amount),),
    )


def _child(surname: str, met_on: date, chance: Random) -> actions.NewMember:
    given, sex = chance.choice(words.CHILDREN)
    return actions.NewMember(
        role=MemberRole.CHILD,
        given_names=given,
        birth_name=surname,
        sex=sex,
        birth_date=PartialDate(met_on.year - chance.randrange(1, 17), 1 + chance.randrange(12)),
        birth_quality=Quality.KNOWN,
    )


def _birth(year: int, chance: Random) -> PartialDate:
    if chance.random() < 0.1:
        return PartialDate(year)
    return PartialDate(year, 1 + chance.randrange(12), 1 + chance.randrange(28))


def _phone(chance: Random) -> str:
    return f"063998{chance.randrange(10_000):04d}"


def _first_stay(communes: list[Commune], met_on: date, chance: Random) -> actions.NewSituation:
    situations = [situation for situation, _weight in FIRST_SEEN]
    weights = [weight for _situation, weight in FIRST_SEEN]
    return actions.NewSituation(
        situation=chance.choices(situations, weights)[0],
        observed_on=met_on,
        since=met_on - timedelta(days=int(chance.expovariate(1 / 160))),
        commune=_commune(communes, chance),
    )


def _commune(communes: list[Commune], chance: Random) -> Commune:
    """Draw the seat of the territory two times of three, the first of the list."""
    return communes[0] if chance.random() < 0.66 else chance.choice(communes)


def rent(rooms: int, surface_m2: int, *, is_social: bool, chance: Random) -> Decimal:
    """Draw a rent from the surface: social, about 6 € a square metre; private, let at a social rent, about 8 €."""
    by_m2 = chance.uniform(5.4, 7.1) if is_social else chance.uniform(7.0, 9.2)
    return Decimal(round(surface_m2 * by_m2 - 8 * (rooms - 1)))
