"""What the scorer is given about a person, and the digests under which the person is filed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from chezsoi.engines import linkage
from chezsoi.fields import blind_index
from chezsoi.people.models.persons import Person

PURPOSE = "identity"


class Seen(NamedTuple):
    """Where somebody was seen last, by what the scorer is told of it."""

    situation: str
    since: date | None
    commune_id: str | None


def identity_of(person: Person, *, household_id: int | None, situation: Seen | None = None) -> linkage.Identity:
    """Gather the traits of a person; prefetch `aliases` and `phones` before asking for many."""
    return linkage.Identity(
        key=str(person.pk),
        names=_names(person),
        given_names=given_names(person.given_names),
        aliases=tuple(sorted(alias.name for alias in person.aliases.all())),
        birth=person.birth_date,
        sex=person.sex if person.sex in {"F", "M"} else "",
        phones=tuple(sorted(phone.number for phone in person.phones.all())),
        commune=(situation.commune_id or "") if situation else "",
        situation=situation.situation if situation else "",
        situation_since=situation.since if situation else None,
        household=str(household_id or ""),
    )


def given_names(text: str) -> tuple[str, ...]:
    """
    Read the given names in the order of civil status, separated by commas.

    >>> given_names("Marie Claire, Anne"), given_names("")
    (('Marie Claire', 'Anne'), ())
    """
    return tuple(name for part in text.split(",") if (name := part.strip()))


def digests(identity: linkage.Identity) -> frozenset[str]:
    """Digest the keys under which an identity is filed."""
    return _digested(linkage.blocking_keys(identity))


def situation_digests(person: Person, aliases: Iterable[str], since: date | None) -> frozenset[str]:
    """Digest the keys that the day a situation began adds to those under which a person is filed."""
    seen = linkage.Identity(
        key=str(person.pk),
        names=_names(person),
        given_names=given_names(person.given_names),
        aliases=tuple(sorted(aliases)),
        birth=person.birth_date,
        situation_since=since,
    )
    return _digested(linkage.situation_keys(seen))


def _names(person: Person) -> tuple[str, ...]:
    return tuple(name for name in (person.birth_name, person.use_name) if name)


def _digested(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(blind_index(key, purpose=PURPOSE) for key in keys)
