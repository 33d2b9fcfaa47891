"""What chezsoi is compared with: two rules in use, each given the same records and the same files to spare."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from rapidfuzz import process, utils
from rapidfuzz.distance import JaroWinkler

from chezsoi.engines.linkage import Identity

Pairs = set[tuple[str, str]]


def two_of_three_exact(identities: tuple[Identity, ...]) -> Pairs:
    """Apply the HMIS rule: two of telephone (for want of a social security number), full name, date of birth."""
    agreed: defaultdict[tuple[Identity, Identity], int] = defaultdict(int)
    for trait in (_phone, full_name, _whole_birth):
        blocks = defaultdict(list)
        for identity in identities:
            if value := trait(identity):
                blocks[value].append(identity)
        for block in blocks.values():
            for pair in combinations(sorted(block, key=lambda identity: identity.key), 2):
                agreed[pair] += 1
    return {_files(*pair) for pair, count in agreed.items() if count > 1 and pair[0].household != pair[1].household}


def jaro_winkler_and_year(identities: tuple[Identity, ...]) -> Pairs:
    """Take full names at a Jaro-Winkler similarity of 0.92 or more, born the same year."""
    by_year = defaultdict(list)
    for identity in identities:
        if identity.birth.year:
            by_year[identity.birth.year].append(identity)
    found = set()
    for block in by_year.values():
        names = [full_name(identity) for identity in block]
        for rank, name in enumerate(names):
            near = process.extract(
                name, names[:rank], scorer=JaroWinkler.similarity, score_cutoff=0.92, limit=None, processor=None
            )
            found |= {_files(block[rank], block[other]) for _, _, other in near}
    return {pair for pair in found if pair[0] != pair[1]}


def linear_scan(names: list[str], name: str) -> list[tuple[str, float, int]]:
    """Look a full name up by reading the whole list."""
    return process.extract(name, names, scorer=JaroWinkler.similarity, score_cutoff=0.92, limit=10)


def _phone(identity: Identity) -> str:
    return identity.phones[0] if identity.phones else ""


def full_name(identity: Identity) -> str:
    return utils.default_process(" ".join((*identity.given_names, *identity.names)))


def _whole_birth(identity: Identity) -> str:
    return str(identity.birth) if identity.birth.day else ""


def _files(one: Identity, other: Identity) -> tuple[str, str]:
    return min(one.household, other.household), max(one.household, other.household)
