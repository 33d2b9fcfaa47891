"""
A seeded territory of fictitious people, some of them met twice: the error model of tests/cases/territory/menages.csv.

A file met again is the first one with one thing changed: no date of birth, names exchanged, last letter of the given
name lost, no telephone, hyphen or space, apostrophe, capitals and accents. Traps are other people: twins, a father
and his son, brothers and sisters, couples, each in files of their own that share telephone, number and day.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from chezsoi.engines.linkage import Identity
from chezsoi.kernel.dates import PartialDate

from . import name_stock

TODAY = date(2026, 9, 30)
SHARE_MET_TWICE = 0.038
SHARE_OF_TRAPS = 0.04
COMMUNES = ("57463",) * 6 + ("57751", "57447", "57480", "57412", "57616", "57039")
SITUATIONS = ("street", "emergency_shelter", "emergency_shelter", "hotel", "with_others", "chrs", "camp", "squat")


@dataclass(frozen=True)
class Territory:
    """Records, the pairs of files that are one lead, and the origin of the names of each file."""

    identities: tuple[Identity, ...]
    truth: frozenset[tuple[str, str]]
    origins: dict[str, str]


class Writer:
    """Writes files one after the other, from one seed."""

    def __init__(self, seed: int, met_later: float) -> None:
        self.chance = Random(seed)  # noqa: S311
        self.met_later = met_later
        self.identities: list[Identity] = []
        self.truth: set[tuple[str, str]] = set()
        self.origins: dict[str, str] = {}
        self.files = 0

    def file(self, origin: str, *people: Identity) -> str:
        self.files += 1
        household = f"T-{self.files:06d}"
        self.origins[household] = origin
        for rank, person in enumerate(people):
            self.identities.append(replace(person, key=f"{household}/{rank}", household=household))
        return household

    def lead(self, origin: str, sex: str, **known: object) -> Identity:
        chance = self.chance
        traits = {
            "names": (name_stock.surname(chance, origin),),
            "given_names": (name_stock.given_name(chance, origin, sex),),
            "birth": self.birth(origin, 1950, 2008),
            "sex": sex,
            "phones": (f"06{chance.randrange(10**8):08d}",) if chance.random() < 0.8 else (),
            "request_number": f"057{chance.randrange(10**15):015d}" if chance.random() < 0.64 else None,
            "commune": chance.choice(COMMUNES),
            "situation": chance.choice(SITUATIONS),
            "situation_since": TODAY - timedelta(days=int(chance.triangular(1, 900, 60))),
        }
        return Identity(key="", **{**traits, **known})

    def birth(self, origin: str, first: int, last: int) -> PartialDate:
        chance = self.chance
        year = chance.randint(first, last)
        draw = chance.random()
        if draw < 0.012:
            return PartialDate() if draw < 0.008 else PartialDate(year)
        if origin != "french" and chance.random() < 0.10:
            return PartialDate(year, 1, 1)
        return PartialDate.of(date(year, 1, 1) + timedelta(days=chance.randrange(365)))

    def household(self) -> None:
        chance = self.chance
        origin = chance.choices(name_stock.ORIGINS, name_stock.SHARES)[0]
        lead = self.lead(origin, chance.choice("MMMF"))
        people = [lead]
        if chance.random() < 0.18:
            other = "F" if lead.sex == "M" else "M"
            people.append(
                self.member(origin, other, self.birth(origin, 1950, 2008), lead if chance.random() < 0.5 else None)
            )
        if chance.random() < 0.25:
            for _ in range(chance.randint(1, 4)):
                people.append(self.member(origin, chance.choice("MF"), self.birth(origin, 2009, 2025), lead))
        self.file(origin, *people)

    def member(self, origin: str, sex: str, birth: PartialDate, like: Identity | None) -> Identity:
        names = like.names if like else (name_stock.surname(self.chance, origin),)
        return Identity(
            key="", names=names, given_names=(name_stock.given_name(self.chance, origin, sex),), birth=birth, sex=sex
        )

    def trap(self, kind: Callable[[Writer, str], tuple[Identity, Identity]]) -> None:
        origin = self.chance.choices(name_stock.ORIGINS, name_stock.SHARES)[0]
        for person in kind(self, origin):
            self.file(origin, person)

    def meet_again(self, lead: Identity, damage: Callable[[Writer, Identity], Identity]) -> None:
        again = damage(self, lead)
        if self.chance.random() < self.met_later:
            again = replace(
                again,
                situation=self.chance.choice(SITUATIONS),
                situation_since=TODAY - timedelta(days=self.chance.randrange(60)),
                commune=self.chance.choice(COMMUNES),
                request_number=None,
            )
        self.truth.add((lead.household, self.file(self.origins[lead.household], again)))


def twins(writer: Writer, origin: str) -> tuple[Identity, Identity]:
    one = writer.lead(origin, writer.chance.choice("MF"))
    return one, replace(one, given_names=(_other_given_name(writer, origin, one),))


def father_and_son(writer: Writer, origin: str) -> tuple[Identity, Identity]:
    father = writer.lead(origin, "M", birth=writer.birth(origin, 1950, 1980))
    year = (father.birth.year or 1965) + writer.chance.randint(18, 28)
    father = father if father.birth.is_known else replace(father, birth=PartialDate(1965, 5, 6))
    return father, replace(father, birth=writer.birth("french", year, year), request_number=None)


def brother_and_sister(writer: Writer, origin: str) -> tuple[Identity, Identity]:
    one = writer.lead(origin, "M")
    given = (name_stock.given_name(writer.chance, origin, "F"),)
    return one, replace(one, sex="F", given_names=given, birth=writer.birth(origin, 1985, 2008))


def couple(writer: Writer, origin: str) -> tuple[Identity, Identity]:
    one = writer.lead(origin, "M")
    given = (name_stock.given_name(writer.chance, origin, "F"),)
    names = one.names if writer.chance.random() < 0.5 else (name_stock.surname(writer.chance, origin),)
    return one, replace(one, sex="F", given_names=given, names=names, birth=writer.birth(origin, 1960, 2006))


def no_birth_date(_: Writer, lead: Identity) -> Identity:
    return replace(lead, birth=PartialDate())


def names_exchanged(_: Writer, lead: Identity) -> Identity:
    return replace(lead, names=lead.given_names, given_names=lead.names)


def last_letter_lost(_: Writer, lead: Identity) -> Identity:
    return replace(lead, given_names=(lead.given_names[0][:-1],))


def no_phone(_: Writer, lead: Identity) -> Identity:
    return replace(lead, phones=())


def hyphen_or_space(writer: Writer, lead: Identity) -> Identity:
    if not set("- ") & set(lead.names[0] + lead.given_names[0]):
        return capitals(writer, lead)
    swap = str.maketrans(writer.chance.choice(({"-": " ", " ": "-"}, {"-": "", " ": ""})))
    return replace(lead, names=(lead.names[0].translate(swap),), given_names=(lead.given_names[0].translate(swap),))


def apostrophe(writer: Writer, lead: Identity) -> Identity:
    name = lead.names[0]
    mark = writer.chance.choice(("’", " ", "' ", ""))
    if "'" in name:
        return replace(lead, names=(name.replace("'", mark),))
    if name.startswith(("Nd", "Mb")):
        return replace(lead, names=(f"{name[0]}'{name[1:].capitalize()}",))
    return capitals(writer, lead)


def capitals(writer: Writer, lead: Identity) -> Identity:
    change = writer.chance.choice((str.upper, str.lower, _without_accents))
    return replace(lead, names=(change(lead.names[0]),), given_names=(change(lead.given_names[0]),))


DAMAGES = (no_birth_date, names_exchanged, last_letter_lost, no_phone, hyphen_or_space, apostrophe, capitals)
TRAPS = (twins, father_and_son, brother_and_sister, couple)


def write_territory(
    *, seed: int, households: int, met_later: float = 0.0, met_twice: float = SHARE_MET_TWICE
) -> Territory:
    """Write a territory of so many files, those met twice and the traps included; order shuffled."""
    writer = Writer(seed, met_later)
    again = round(households * met_twice)
    traps = round(households * SHARE_OF_TRAPS / 2)
    for _ in range(households - again - 2 * traps):
        writer.household()
    leads = [person for person in writer.identities if person.key.endswith("/0")]
    for rank in range(traps):
        writer.trap(TRAPS[rank % len(TRAPS)])
    for rank, lead in enumerate(writer.chance.sample(leads, again)):
        writer.meet_again(lead, DAMAGES[rank % len(DAMAGES)])
    writer.chance.shuffle(writer.identities)
    return Territory(tuple(writer.identities), frozenset(writer.truth), writer.origins)


def _other_given_name(writer: Writer, origin: str, one: Identity) -> str:
    while (given := name_stock.given_name(writer.chance, origin, one.sex)) == one.given_names[0]:
        pass
    return given


def _without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
