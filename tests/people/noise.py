"""
What people type when they look for somebody: the name damaged as ears, fingers and forms damage it, from a seed.

Nobody can tell two people of one name apart by the name alone: whoever bears exactly the same names is a right answer,
and where more than five do, the year of birth is typed too, as workers do.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from chezsoi.engines.linkage import NAME_VARIANTS, normalise_name

FIVE = 5
_FAMILY = {name: family for family in NAME_VARIANTS for name in family}
_SOUNDS = (
    ("ou", "u"), ("ss", "s"), ("ph", "f"), ("ch", "sh"), ("k", "c"), ("y", "i"), ("au", "o"), ("eau", "o"),
    ("ll", "l"), ("nn", "n"), ("z", "s"), ("th", "t"), ("é", "e"), ("ei", "e"), ("dj", "j"), ("i", "y"), ("an", "en"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Somebody on file, as the generator reads them."""

    pk: int
    given: str
    family: str
    year: int | None
    phone: str = ""

    @property
    def name(self) -> tuple[str, ...]:
        return tuple(sorted(normalise_name(f"{self.given} {self.family}").split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed, how it was damaged, and who would be a right answer."""

    text: str
    damage: str
    right: frozenset[int]


def typed(people: Sequence[Somebody], *, count: int, seed: int) -> list[Typed]:
    """Write so many searches of people drawn at random, each damage in turn."""
    chance = Random(seed)  # noqa: S311
    bearers: dict[tuple[str, ...], set[int]] = {}
    for person in people:
        bearers.setdefault(person.name, set()).add(person.pk)
    years = {person.pk: person.year for person in people}
    searches: list[Typed] = []
    names = list(DAMAGES)
    while len(searches) < count:
        person, damage = chance.choice(people), names[len(searches) % len(names)]
        text = DAMAGES[damage](chance, person)
        if text is None:
            continue
        right = {person.pk} if damage == "telephone" else bearers[person.name]
        if len(right) > FIVE and person.year is not None:
            text = f"{text} {person.year}"
            right = {pk for pk in right if years[pk] == person.year}
        searches.append(Typed(text=text, damage=damage, right=frozenset(right)))
    return searches


def recall_at_five(searches: Iterable[Typed], find: Callable[[str], Sequence[int]]) -> dict[str, float]:
    """Give, by damage and for all, the share of searches whose first five answers hold a right one."""
    asked: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for search in searches:
        is_found = bool(search.right & set(find(search.text)[:FIVE]))
        for label in (search.damage, "all"):
            asked[label] += 1
            answered[label] += is_found
    return {label: answered[label] / asked[label] for label in asked}


def plain(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


def one_typo(chance: Random, name: str) -> str:
    """Lose, double, exchange or mistake one letter, never the first."""
    place = chance.randrange(1, len(name)) if len(name) > 1 else 0
    match chance.randrange(4):
        case 0:
            return name[:place] + name[place + 1 :]
        case 1:
            return name[:place] + name[place] + name[place:]
        case 2 if place + 1 < len(name):
            return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
        case _:
            return name[:place] + chance.choice("aeiourstnlm") + name[place + 1 :]


def as_heard(chance: Random, name: str) -> str:
    """Write a name as somebody else would who only heard it."""
    written = name.casefold()
    possible = [(heard, said) for heard, said in _SOUNDS if heard in written]
    for heard, said in chance.sample(possible, min(2, len(possible))):
        written = written.replace(heard, said, 1)
    return written


def romanised(chance: Random, name: str) -> str | None:
    """Write a name in another of its spellings; None when only one is known."""
    others = [each for each in _FAMILY.get(normalise_name(name), ()) if each != normalise_name(name)]
    return chance.choice(others).title() if others else None


def _other_spelling(chance: Random, who: Somebody) -> str | None:
    given, family = romanised(chance, who.given), romanised(chance, who.family)
    return f"{given or who.given} {family or who.family}" if given or family else None


def _phone(chance: Random, who: Somebody) -> str | None:
    if not who.phone:
        return None
    pairs = [who.phone[place : place + 2] for place in range(0, 10, 2)]
    return chance.choice([" ".join(pairs), ".".join(pairs), "+33 " + who.phone[1:], "0033" + who.phone[1:], who.phone])


def _typo(chance: Random, who: Somebody) -> str:
    if chance.random() < 0.5 and len(who.given) > 3:
        return f"{one_typo(chance, who.given)} {who.family}"
    return f"{who.given} {one_typo(chance, who.family)}"


DAMAGES: dict[str, Callable[[Random, Somebody], str | None]] = {
    "as written": lambda chance, who: f"{who.given} {who.family}",
    "order": lambda chance, who: f"{who.family} {who.given}".upper(),
    "no accent, no hyphen": lambda chance, who: plain(f"{who.given} {who.family}").replace("-", " ").casefold(),
    "one typo": _typo,
    "a typo in each": lambda chance, who: f"{one_typo(chance, who.family)} {one_typo(chance, who.given)}",
    "as heard": lambda chance, who: f"{as_heard(chance, who.given)} {as_heard(chance, who.family)}",
    "other romanisation": _other_spelling,
    "surname cut short": lambda chance, who: f"{who.given} {who.family[:4]}",
    "both cut short": lambda chance, who: f"{who.family[:5]} {who.given[:4]} {who.year or ''}".strip(),
    "surname and year": lambda chance, who: f"{who.family} {who.year}" if who.year else None,
    "telephone": _phone,
}
