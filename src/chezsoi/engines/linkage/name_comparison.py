"""How two written names stand to each other, from the same to different."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from chezsoi.engines.linkage.name_variants import DISTINCT_NAMES, NAME_VARIANTS
from chezsoi.engines.linkage.spelling import skeleton, without_particles

_CANONICAL = {name: family[0] for family in NAME_VARIANTS for name in family}
_DISTINCT = frozenset(frozenset(_CANONICAL.get(name, name) for name in pair) for pair in DISTINCT_NAMES)

SHORTEST_TYPO = 5
"""Under five letters, one letter makes another name (Lina, Lena, Nina)."""

LOOK_ALIKE_FROM = 0.88
"""On the mean of two Jaro-Winkler similarities, letters and skeletons; docs/methods/linkage.md has the table."""


class Closeness(Enum):
    """Levels of agreement between two names, best first."""

    SAME = "same"
    VARIANT = "variant"
    START = "start"
    IN_PART = "in_part"
    ONE_LETTER = "one_letter"
    SOUND = "sound"
    LOOK = "look"
    DIFFERENT = "different"


_RANK = {level: rank for rank, level in enumerate(Closeness)}


@lru_cache(maxsize=65_536)
def canonical(name: str) -> str:
    """
    Bring each part of a normalised name to the head of its family of spellings; particles go, spaces go.

    >>> canonical("YOUSSOUPH"), canonical("BEN SALAH"), canonical("MOHAMMED AMINE")
    ('YOUSSEF', 'SALAH', 'MOHAMEDAMINE')
    """
    whole = name.replace(" ", "")
    if whole in _CANONICAL:
        return _CANONICAL[whole]
    return "".join(_CANONICAL.get(token, token) for token in without_particles(name).split())


@lru_cache(maxsize=262_144)
def closeness(left: str, right: str) -> Closeness:
    """
    Compare two normalised names; the answer does not depend on which comes first.

    Examples
    --------
    >>> closeness("BEN SALAH", "BENSALAH").value, closeness("YUSUF", "YOUSSEF").value
    ('same', 'variant')
    >>> closeness("MAMADO", "MAMADOU").value, closeness("AMADOU", "MAMADOU").value
    ('start', 'different')
    """
    joined_left, joined_right = left.replace(" ", ""), right.replace(" ", "")
    if joined_left == joined_right:
        return Closeness.SAME
    if canonical(left) == canonical(right):
        return Closeness.VARIANT
    if frozenset((canonical(left), canonical(right))) in _DISTINCT:
        return Closeness.DIFFERENT
    if _one_holds_the_other(left, right):
        return Closeness.IN_PART
    if _one_starts_the_other(joined_left, joined_right):
        return Closeness.START
    return _likeness(left, right)


def _likeness(left: str, right: str) -> Closeness:
    parts_left, parts_right = left.split(), right.split()
    if len(parts_left) == len(parts_right) == 1:
        return _likeness_of_one_part(left, right)
    if len(parts_left) == len(parts_right):
        return max((closeness(a, b) for a, b in zip(parts_left, parts_right, strict=True)), key=_RANK.__getitem__)
    return Closeness.ONE_LETTER if _one_letter_apart("".join(parts_left), "".join(parts_right)) else Closeness.DIFFERENT


def _likeness_of_one_part(left: str, right: str) -> Closeness:
    if _one_letter_apart(left, right):
        return Closeness.ONE_LETTER
    likeness = JaroWinkler.similarity(left, right)
    left_sound, right_sound = skeleton(left), skeleton(right)
    if left_sound == right_sound and len(left_sound) > 1 and likeness >= 0.7:
        return Closeness.SOUND
    mean = (likeness + JaroWinkler.similarity(left_sound, right_sound)) / 2
    return Closeness.LOOK if mean >= LOOK_ALIKE_FROM else Closeness.DIFFERENT


def _one_letter_apart(left: str, right: str) -> bool:
    return min(len(left), len(right)) >= SHORTEST_TYPO and OSA.distance(left, right) == 1


def _one_holds_the_other(left: str, right: str) -> bool:
    shorter, longer = sorted((frozenset(left.split()), frozenset(right.split())), key=len)
    return shorter < longer and max(map(len, shorter), default=0) > 2


def _one_starts_the_other(left: str, right: str) -> bool:
    shorter, longer = sorted((left, right), key=len)
    missing = len(longer) - len(shorter)
    return longer.startswith(shorter) and (len(shorter) > 2 or (missing == 1 and len(shorter) == 2))
