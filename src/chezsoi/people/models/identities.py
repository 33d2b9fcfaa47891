"""What the scorer is given about a person, and the digests under which the person is filed."""

from __future__ import annotations

from chezsoi.engines import linkage
from chezsoi.fields import blind_index
from chezsoi.people.models.persons import Person
from chezsoi.people.models.situations import ResidentialSituation

PURPOSE = "identity"


def identity_of(
    person: Person, *, household_id: int | None, situation: ResidentialSituation | None = None
) -> linkage.Identity:
    """Gather the traits of a person; prefetch `aliases` and `phones` before asking for many."""
    return linkage.Identity(
        key=str(person.pk),
        names=tuple(name for name in (person.birth_name, person.use_name) if name),
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
    return frozenset(blind_index(key, purpose=PURPOSE) for key in linkage.blocking_keys(identity))
