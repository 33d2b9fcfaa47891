"""Which person on file each row of a household speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from chezsoi.journeys.imports.people.file import FilePerson
from chezsoi.journeys.imports.people.plan import person_digest
from chezsoi.kernel.dates import PartialDate
from chezsoi.people.actions.hearing import Told
from chezsoi.people.models import Person
from chezsoi.territories.reference import plain


def match_members(members: Sequence[FilePerson], known: Mapping[str, Person], told: Sequence[Told]) -> list[Told]:
    """
    Find each row's person by name, birth date and place in the household, as the source last wrote them.

    A row left over is the one person left over who has the same names, or the same whole birth date and one same name:
    a corrected spelling or a birth date learned since makes no second person.
    """
    found = [known.get(person_digest(person)) for person in members]
    left = {person.pk: person for person in known.values()}
    for person in found:
        if person is not None:
            left.pop(person.pk, None)
    for position, row in enumerate(members):
        if found[position] is None:
            alike = [person for person in left.values() if _is_corrected(row, person)]
            if len(alike) == 1:
                found[position] = left.pop(alike[0].pk)
    return [replace(each, person=person) for each, person in zip(told, found, strict=True)]


def _is_corrected(row: FilePerson, person: Person) -> bool:
    now = (plain(row.surname), plain(row.given_names))
    before = (plain(person.birth_name), plain(person.given_names))
    birth: PartialDate = person.birth_date
    if now == before:
        return not (row.birth.is_known and birth.is_known) or _are_near(row.birth, birth)
    return row.birth.day is not None and row.birth == birth and _share_a_name(now, before)


def _are_near(one: PartialDate, other: PartialDate) -> bool:
    """Tell whether a date may be the other one corrected: one part differs, or one says less."""
    parts = [(one.year, other.year), (one.month, other.month), (one.day, other.day)]
    return sum(a != b for a, b in parts if a is not None and b is not None) <= 1


def _share_a_name(one: Iterable[str], other: Iterable[str]) -> bool:
    return any(name and name == former for name, former in zip(one, other, strict=True))
