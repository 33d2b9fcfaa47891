"""All the matches of a set of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from chezsoi.engines.linkage.blocking import keys_of_spelled, sounds
from chezsoi.engines.linkage.identity import Identity
from chezsoi.engines.linkage.people_names import Spelled, spelled
from chezsoi.engines.linkage.scoring import Match, score_spelled

LARGEST_BLOCK = 200
"""Above this many records under one key (the telephone of a hostel), a pair must also share the sound of a name."""

_Record = tuple[Identity, Spelled]


class RepeatedKey(ValueError):
    """Two records bear one key."""


def find_duplicates(identities: Iterable[Identity]) -> tuple[Match, ...]:
    """
    List the pairs of records that may be one person, each once, strongest first.

    Equal to `score` on every pair that shares a blocking key; the order of the records does not matter.
    Matches are NOT closed by transitivity: a-b and b-c do not make a-c, and nobody is joined.

    Raises
    ------
    RepeatedKey
        If two records bear one key.

    Examples
    --------
    >>> one = Identity(key="a", names=("Weber",), given_names=("Lucas",), request_number="0" * 18)
    >>> two = Identity(key="b", names=("WEBER",), given_names=("Lucas",), request_number="0" * 18)
    >>> [(match.a, match.b, match.band.value) for match in find_duplicates([two, one])]
    [('a', 'b', 'likely')]
    """
    records = [(identity, spelled(identity)) for identity in sorted(identities, key=lambda identity: identity.key)]
    for (before, _), (after, _) in pairwise(records):
        if before.key == after.key:
            raise RepeatedKey(after.key)
    matches = [
        match
        for first, second in sorted(candidate_pairs(records))
        if (match := score_spelled(*records[first], *records[second]))
    ]
    return tuple(sorted(matches, key=lambda match: (-match.weight, match.a, match.b)))


def candidate_pairs(records: list[_Record]) -> set[tuple[int, int]]:
    """Pair the positions of the records that share a key."""
    blocks = defaultdict(list)
    for position, (identity, names) in enumerate(records):
        for key in keys_of_spelled(identity, names):
            blocks[key].append(position)
    return {
        pair for block in blocks.values() for smaller in _split(block, records) for pair in combinations(smaller, 2)
    }


def _split(block: list[int], records: list[_Record]) -> Iterator[list[int]]:
    if len(block) <= LARGEST_BLOCK:
        yield block
        return
    by_sound = defaultdict(list)
    for position in block:
        for sound in sounds(records[position][1]):
            by_sound[sound].append(position)
    yield from by_sound.values()
