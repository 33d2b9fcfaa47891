"""Two hundred thousand fictitious people, written in bulk: names concentrated as real ones are, dated lives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from random import Random

from django.db import transaction
from tests.engines.linkage import name_stock

from chezsoi.kernel.dates import PartialDate
from chezsoi.people.choices import CircleBasis, MemberRole, Origin
from chezsoi.people.models import (
    Alias,
    CircleMembership,
    Household,
    HouseholdMember,
    Person,
    Phone,
    ResidentialSituation,
)
from chezsoi.people.models.persons import sort_name
from chezsoi.territories.models import Organisation, Territory

BEGINNINGS = [
    "Bar",
    "Bel",
    "Ber",
    "Bou",
    "Bra",
    "Car",
    "Cha",
    "Cor",
    "Dar",
    "Del",
    "Dro",
    "Fer",
    "Flo",
    "For",
    "Gar",
    "Ger",
    "Gra",
    "Gui",
    "Hen",
    "Jac",
    "Kar",
    "Lam",
    "Lan",
    "Ler",
    "Mal",
    "Man",
    "Mar",
    "Mer",
    "Mon",
    "Nor",
    "Per",
    "Pra",
    "Rab",
    "Ren",
    "Rou",
    "Sal",
    "Sar",
    "Tan",
    "Ter",
    "Tra",
    "Val",
    "Ver",
    "Vin",
    "Zam",
]
MIDDLES = [
    "a",
    "an",
    "ar",
    "be",
    "cha",
    "de",
    "du",
    "fa",
    "gi",
    "go",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "mi",
    "na",
    "no",
    "ra",
    "ri",
    "ro",
    "sa",
    "ta",
    "ti",
    "ve",
    "vi",
]
ENDINGS = [
    "ard",
    "aud",
    "et",
    "in",
    "ot",
    "eau",
    "ier",
    "on",
    "ois",
    "el",
    "ane",
    "and",
    "erg",
    "ov",
    "ska",
    "sen",
    "iu",
    "ez",
    "idi",
    "ane",
    "oune",
    "dze",
]
GIVEN_ENDINGS = ["a", "an", "el", "ia", "ine", "is", "o", "on", "ou", "y"]
SITUATIONS = ("street", "hotel", "emergency", "chrs", "with_others", "camp", "own", "supported")
AT_ONCE = 2_000
SHARE_PROTECTED = 0.01


def populate(
    persons: int, *, territory: Territory, services: list[Organisation], on: date, seed: int = 20_261_124
) -> None:
    """Write that many people in households of one to five, each followed by one service or two."""
    chance = Random(seed)  # noqa: S311
    surnames, given = _stock(chance)
    written = 0
    while written < persons:
        count = min(AT_ONCE, persons - written)
        with transaction.atomic():
            _write(count, written, chance, surnames, given, territory, services, on)
        written += count


def _stock(chance: Random) -> tuple[list[str], list[str]]:
    surnames = {name_stock.surname(chance, origin) for origin in name_stock.ORIGINS for _draw in range(400)}
    made = ["".join(parts) for parts in product(BEGINNINGS, MIDDLES, ENDINGS)]
    given = {
        name_stock.given_name(chance, origin, sex)
        for origin in name_stock.ORIGINS
        for sex in "MF"
        for _draw in range(300)
    }
    rare = ["".join(parts) for parts in product(BEGINNINGS, GIVEN_ENDINGS)]
    return (
        sorted(surnames) + chance.sample(made, 12_000),
        sorted(given) + chance.sample(rare, 350),
    )


def _write(  # noqa: PLR0917
    count: int,
    before: int,
    chance: Random,
    surnames: list[str],
    given: list[str],
    territory: Territory,
    services: list[Organisation],
    on: date,
) -> None:
    common = [1 / (rank + 30) for rank in range(len(surnames))]
    usual = [1 / (rank + 20) for rank in range(len(given))]
    people = [
        _person(territory, family, first, chance)
        for family, first in zip(
            chance.choices(surnames, common, k=count), chance.choices(given, usual, k=count), strict=True
        )
    ]
    people = Person.objects.bulk_create(people)
    Alias.objects.bulk_create(_aliases(people, chance, on))
    Phone.objects.bulk_create(
        [Phone.of(person, f"06{chance.randrange(10**8):08d}", on=on) for person in people if chance.random() < 0.6]
    )
    _house(before, people, chance, territory, services, on)


def _house(  # noqa: PLR0917
    before: int, people: list[Person], chance: Random, territory: Territory, services: list[Organisation], on: date
) -> None:
    groups = list(_groups(people, chance))
    households = Household.objects.bulk_create(
        [
            Household(
                territory=territory,
                reference=f"B{before + rank:06d}",
                is_protected=chance.random() < SHARE_PROTECTED,
                created_on=on - timedelta(days=chance.randrange(700)),
                last_contact_on=on - timedelta(days=int(chance.triangular(0, 400, 20))),
            )
            for rank in range(len(groups))
        ]
    )
    _fill(groups, households, chance, services, on)


def _fill(
    groups: list[list[Person]], households: list[Household], chance: Random, services: list[Organisation], on: date
) -> None:
    HouseholdMember.objects.bulk_create(
        [
            HouseholdMember(
                household=household,
                person=person,
                role=MemberRole.CHILD if rank else MemberRole.LEAD,
                starts_on=household.created_on,
            )
            for household, group in zip(households, groups, strict=True)
            for rank, person in enumerate(group)
        ]
    )
    ResidentialSituation.objects.bulk_create(_situations(groups, households, chance, on))
    CircleMembership.objects.bulk_create(
        [
            CircleMembership(
                household=household,
                organisation=chance.choice(services),
                basis=CircleBasis.INTAKE,
                purpose="intake",
                starts_on=household.created_on,
                ends_on=on + timedelta(days=80),
            )
            for household in households
        ]
    )


def _person(territory: Territory, family: str, first: str, chance: Random) -> Person:
    year = chance.randint(1945, 2024)
    birth = PartialDate.of(date(year, 1, 1) + timedelta(days=chance.randrange(365)))
    if chance.random() < 0.08:
        birth = PartialDate(year)
    return Person(
        territory=territory,
        birth_name=family,
        given_names=first,
        sort_name=sort_name(family, first),
        birth_date=birth,
        sex=chance.choice("FM"),
    )


def _aliases(people: list[Person], chance: Random, on: date) -> list[Alias]:
    return [Alias.of(person, f"{person.given_names[:4]}o", on=on) for person in people if chance.random() < 0.03]


def _groups(people: list[Person], chance: Random) -> Iterator[list[Person]]:
    place = 0
    while place < len(people):
        size = chance.choices((1, 2, 3, 4, 5), (62, 14, 11, 8, 5))[0]
        yield people[place : place + size]
        place += size


def _situations(
    groups: list[list[Person]], households: list[Household], chance: Random, on: date
) -> list[ResidentialSituation]:
    rows = []
    for group, household in zip(groups, households, strict=True):
        for earlier in range(chance.choice((1, 1, 2))):
            seen = household.last_contact_on - timedelta(days=200 * earlier)
            rows.append(
                ResidentialSituation(
                    person=group[0],
                    situation=chance.choice(SITUATIONS),
                    since=seen - timedelta(days=chance.randrange(900)),
                    observed_on=seen,
                    origin=Origin.STATED,
                )
            )
    return rows
