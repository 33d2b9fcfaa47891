"""Free text, sentence by sentence: a human reads each before it is handed over, for it may speak of somebody else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from chezsoi.territories.reference import plain

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_TELEPHONE = re.compile(r"(?:\d[ .-]?){9,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence of a free text; its key changes with its words, so that a rewritten one is read again."""

    key: str
    text: str


def passages(text: str, *, of: str) -> tuple[Passage, ...]:
    """
    Cut a text into passages; `of` names where it stands.

    >>> [each.text for each in passages("Elle veut Metz. Son frère boit.", of="x")]
    ['Elle veut Metz.', 'Son frère boit.']
    """
    sentences = [part.strip() for part in _SENTENCE.split(text) if part.strip()]
    return tuple(Passage(key=_key(of, n, sentence), text=sentence) for n, sentence in enumerate(sentences))


def speaks_of_others(text: str, names: Iterable[str]) -> bool:
    """
    Tell whether a passage may speak of somebody else: it bears their name, or a telephone. A human decides.

    >>> speaks_of_others("Voir avec Karim au 06 12 34 56 78", ()), speaks_of_others("Chez karim", {"Karim"})
    (True, True)
    >>> speaks_of_others("Près de l’école", {"Ec"})
    False
    """
    words = set(re.findall(r"\w+", plain(text)))
    named = any(set(plain(name).split()) & words for name in names)
    return named or _TELEPHONE.search(text) is not None


def _key(of: str, number: int, sentence: str) -> str:
    digest = hashlib.sha256(sentence.encode()).hexdigest()[:16]
    return f"{of}:{number}:{digest}"
