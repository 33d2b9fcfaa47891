"""The keys under which a record is filed: two records that share none are never compared."""

from __future__ import annotations

from functools import lru_cache

from chezsoi.engines.linkage.identity import Identity
from chezsoi.engines.linkage.name_comparison import canonical
from chezsoi.engines.linkage.people_names import Spelled, spelled
from chezsoi.engines.linkage.spelling import skeleton


def blocking_keys(identity: Identity) -> frozenset[str]:
    """
    List the keys of a record, for a database to keep an inverted index ("is this person known?").

    A pair that can reach `POSSIBLE_FROM` has one of these in common: a telephone; a request number; a whole date of
    birth; the full name as it sounds, in any order, with a year of birth; a name as it sounds with a month of birth
    or the day a situation began; a year of birth with that day.
    There is no key on the name alone, which grows with the square of the file.
    A record without any name has no key. Keys hold personal data in clear: keep them as protected as the record.

    Examples
    --------
    >>> from chezsoi.kernel.dates import PartialDate
    >>> sorted(blocking_keys(Identity(key="1", names=("Diallo",), given_names=("Youssef",), birth=PartialDate(1991))))
    ['year:1991:JL+SF']
    """
    return keys_of_spelled(identity, spelled(identity))


def situation_keys(identity: Identity) -> frozenset[str]:
    """
    List those of the keys of a record that come of the day its situation began: the others do not change with it.

    >>> from datetime import date
    >>> woman = Identity(key="1", names=("Diallo",), situation_since=date(2026, 3, 1))
    >>> sorted(situation_keys(woman)), situation_keys(woman) <= blocking_keys(woman)
    (['since:2026-03-01:JL'], True)
    """
    names = spelled(identity)
    return frozenset(_situation_keys(identity, names)) if names.surnames or names.given else frozenset()


def keys_of_spelled(identity: Identity, names: Spelled) -> frozenset[str]:
    """List the keys of a record whose names were normalised before."""
    if not (names.surnames or names.given):
        return frozenset()
    keys = {f"phone:{phone}" for phone in identity.phones}
    if identity.request_number:
        keys.add(f"number:{identity.request_number}")
    return frozenset(keys | _birth_keys(identity, names) | _situation_keys(identity, names))


def sounds(names: Spelled) -> frozenset[str]:
    """Give the sound of every name of a record, whole and part by part."""
    written = (*names.surnames, *names.given, *names.aliases)
    return frozenset(sound for name in written for part in (name, *name.split()) for sound in _sounds(part))


def _birth_keys(identity: Identity, names: Spelled) -> set[str]:
    birth = identity.birth
    if birth.year is None or birth.estimated:
        return set()
    keys = {f"year:{birth.year}:{name}" for name in _full_sounds(names)}
    if birth.month is not None and (birth.month, birth.day) != (1, 1):
        keys |= {f"month:{birth.year}-{birth.month:02d}:{sound}" for sound in sounds(names)}
    if birth.day is not None and (birth.month, birth.day) != (1, 1):
        keys.add(f"birth:{birth}")
    return keys


def _situation_keys(identity: Identity, names: Spelled) -> set[str]:
    if identity.situation_since is None:
        return set()
    day = identity.situation_since.isoformat()
    keys = {f"since:{day}:{sound}" for sound in sounds(names)}
    if identity.birth.year is not None:
        keys.add(f"since:{day}:{identity.birth.year}")
    return keys


def _full_sounds(names: Spelled) -> set[str]:
    parts = " ".join(names.surnames + names.given).split()
    by_name = {
        "+".join(sorted((surname, given)))
        for surname in _sounds_of(names.surnames)
        for given in _sounds_of(names.given[:1])
    }
    return by_name | {"+".join(sorted(skeleton(canonical(part)) for part in parts))}


def _sounds_of(names: tuple[str, ...]) -> set[str]:
    return {sound for name in names for sound in _sounds(name)}


@lru_cache(maxsize=65_536)
def _sounds(name: str) -> frozenset[str]:
    """Give two sounds when a particle may have been joined to its name: El Amrani, Elamrani."""
    return frozenset((skeleton(canonical(name)), skeleton(canonical(name.replace(" ", "")))))
