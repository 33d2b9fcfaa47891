"""Read the file given to `chezsoi benefits`: every word is known, or it is refused with the words that are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from chezsoi.engines.benefits import (
    Home,
    Household,
    NoLead,
    Person,
    Place,
    Resource,
    ResourceKind,
    Role,
    Tenure,
    TooManyPartners,
)
from chezsoi.law.housing_aid import UnknownCommune, standing_of
from chezsoi.law.parameters import NoValueInForce

CASE = {"on", "commune", "persons", "home"}
PERSON = {"role", "birth_date", "resources"}
RESOURCE = {"kind", "per_month"}
HOME = {"rent_per_month", "charges_per_month", "tenure", "is_shared"}
MOST_PER_MONTH = 100_000
OLDEST_BIRTH = date(1895, 1, 1)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

Word = TypeVar("Word", bound=StrEnum)


class UnusableCase(ValueError):
    """The file cannot be used; the message is the sentence to show."""


def read(text: str) -> tuple[Household, Home, date]:
    """Read the household, the home and the day of a case."""
    case = _object(_parsed(text), "the case", needed=CASE, known=CASE)
    day = _day(case["on"], "on")
    place = _place(case["commune"], day)
    persons = tuple(
        _person(each, f"persons[{index}]", day) for index, each in enumerate(_list(case["persons"], "persons"))
    )
    home = _object(case["home"], "home", needed={"rent_per_month", "tenure"}, known=HOME)
    return (
        _household(persons, place),
        Home(
            place=place,
            rent_per_month=_money(home["rent_per_month"], "home.rent_per_month"),
            charges_per_month=_money(home.get("charges_per_month", 0), "home.charges_per_month"),
            tenure=_word(Tenure, home["tenure"], "home.tenure"),
            is_shared=_yes_or_no(home.get("is_shared", False), "home.is_shared"),
        ),
        day,
    )


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except UnusableCase:
        raise
    except json.JSONDecodeError as wrong:
        raise UnusableCase(f"this is not JSON (line {wrong.lineno}, column {wrong.colno}).") from None
    except (RecursionError, ValueError):
        raise UnusableCase("this is not JSON that can be read.") from None


def _no_number(written: str) -> NoReturn:
    raise UnusableCase(f"{written} is not an amount.")


def _household(persons: tuple[Person, ...], place: Place) -> Household:
    try:
        return Household(persons=persons, place=place)
    except NoLead as leads:
        raise UnusableCase(f"persons must name one lead; there are {leads}.") from None
    except TooManyPartners as partners:
        raise UnusableCase(f"persons may name one partner; there are {partners}.") from None


def _person(given: Any, where: str, day: date) -> Person:
    told = _object(given, where, needed={"role", "birth_date"}, known=PERSON)
    born = _day(told["birth_date"], f"{where}.birth_date")
    if born > day:
        raise UnusableCase(f"{where}.birth_date, {born}, comes after the day of the case, {day}.")
    if born < OLDEST_BIRTH:
        raise UnusableCase(f"{where}.birth_date, {born}, is nobody's who lives.")
    resources = _list(told.get("resources", []), f"{where}.resources")
    return Person(
        role=_word(Role, told["role"], f"{where}.role"),
        birth_date=born,
        resources=tuple(_resource(each, f"{where}.resources[{index}]") for index, each in enumerate(resources)),
    )


def _resource(given: Any, where: str) -> Resource:
    told = _object(given, where, needed=RESOURCE, known=RESOURCE)
    kind = _word(ResourceKind, told["kind"], f"{where}.kind")
    return Resource(kind=kind, per_month=_money(told["per_month"], f"{where}.per_month"))


def _place(commune: Any, day: date) -> Place:
    if not isinstance(commune, str):
        raise UnusableCase("commune must be an Insee code written between quotes.")
    try:
        standing = standing_of(commune, on=day)
    except UnknownCommune:
        raise UnusableCase(f"no commune has the Insee code {commune!r}.") from None
    except NoValueInForce:
        raise UnusableCase(f"the law of {day} is not kept here.") from None
    return Place(commune=commune, zone=standing.zone, zone_is_mixed=standing.is_mixed, rsa_share=standing.rsa_share)


def _object(given: Any, where: str, *, needed: Iterable[str], known: Iterable[str]) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise UnusableCase(f"{where} must be an object.")
    if missing := sorted(set(needed) - given.keys()):
        raise UnusableCase(f"{where} lacks {', '.join(missing)}.")
    if strange := sorted(given.keys() - set(known)):
        raise UnusableCase(f"{where} has {', '.join(strange)}, which nobody knows; known: {', '.join(sorted(known))}.")
    return given


def _list(given: Any, where: str) -> list[Any]:
    if not isinstance(given, list):
        raise UnusableCase(f"{where} must be a list.")
    return given


def _yes_or_no(given: Any, where: str) -> bool:
    if not isinstance(given, bool):
        raise UnusableCase(f"{where} must be true or false.")
    return given


def _word(words: type[Word], given: Any, where: str) -> Word:
    try:
        return words(given)
    except ValueError:
        raise UnusableCase(f"{where} is {given!r}; it must be one of {', '.join(words)}.") from None


def _day(given: Any, where: str) -> date:
    try:
        if isinstance(given, str) and DAY.fullmatch(given):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise UnusableCase(f"{where} is {given!r}, not a day written YYYY-MM-DD.")


def _money(given: Any, where: str) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise UnusableCase(f"{where} is {given!r}, not an amount.")
    if given < 0:
        raise UnusableCase(f"{where} is below zero.")
    if given > MOST_PER_MONTH:
        raise UnusableCase(f"{where} is above {MOST_PER_MONTH:,} euros a month.")
    return Decimal(given)
