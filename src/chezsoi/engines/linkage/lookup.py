"""
Find a person by what somebody types: the keys under which words are filed, and how well a person answers.

A word is filed once, whoever bears it. Words that share a key are compared letter by letter; a person's answer is the
mean of what each word asked found in the name, moved by the birth asked. Method and measure: docs/methods/search.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from chezsoi.engines.linkage.identity import UNKNOWN_DATE
from chezsoi.engines.linkage.name_comparison import canonical
from chezsoi.engines.linkage.spelling import PARTICLES, normalise_name, skeleton
from chezsoi.kernel.dates import PartialDate

SHORTEST_START, LONGEST_START = 2, 6
SHORTEST_TYPO = 4
LONGEST_WORD = 24
MOST_WORDS = 6
ANSWERS_FROM = 0.55
"""Below this mean, nobody would say that the name answers to the words."""

SAME, VARIANT, ONE_LETTER, SOUND, TWO_LETTERS, SHORT = 1.0, 0.94, 0.86, 0.8, 0.66, 0.6
START_AT_LEAST, START_AT_MOST = 0.7, 0.93
SAME_BIRTH, SAME_YEAR, CLOSE_YEAR, OTHER_BIRTH = 0.2, 0.15, 0.05, -0.15
LONGER_NAME = 0.06

_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.\- ](\d{1,2})[/.\- ](19\d\d|20\d\d)(?!\d)")
_ISO_DAY = re.compile(r"(?<!\d)(19\d\d|20\d\d)-(\d{2})-(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed: words of a name, in any order, each with its other readings, and a birth if one was typed."""

    words: tuple[frozenset[str], ...] = ()
    birth: PartialDate = UNKNOWN_DATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is on file of a person that the asker may search by."""

    words: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    birth: PartialDate = UNKNOWN_DATE


def asked(text: str) -> Asked:
    """
    Read what was typed.

    >>> found = asked("Ben Salah Amine 12/03/1987")
    >>> [sorted(word) for word in found.words], str(found.birth)
    ([['BENSALAH', 'SALAH'], ['AMINE']], '1987-03-12')
    """
    birth, rest = _birth(text)
    words: list[frozenset[str]] = []
    before = ""
    written = normalise_name(rest).split()
    for place, word in enumerate(written):
        if word in PARTICLES and place + 1 < len(written):
            before += word
            continue
        words.append(frozenset(each[:LONGEST_WORD] for each in {word, before + word}))
        before = ""
    return Asked(words=tuple(words[:MOST_WORDS]), birth=birth)


def words_of(names: Iterable[str]) -> tuple[str, ...]:
    """
    List the words under which names are filed: each part, and the parts of a compound name written as one.

    >>> words_of(["N’Diaye", "Ben Salah"])
    ('NDIAYE', 'BEN', 'SALAH', 'BENSALAH')
    """
    found: dict[str, None] = {}
    for name in names:
        parts = normalise_name(name).split()
        found |= dict.fromkeys(part[:LONGEST_WORD] for part in parts)
        if 1 < len(parts) <= 3:
            found["".join(parts)[:LONGEST_WORD]] = None
    return tuple(found)


@lru_cache(maxsize=65_536)
def filed_under(word: str) -> frozenset[str]:
    """List the keys under which a word is filed: its starts, and those it is asked by."""
    starts = {f"^{word[:length]}" for length in range(SHORTEST_START, min(len(word), LONGEST_START) + 1)}
    return asked_under(word) | starts


def asked_under(word: str) -> frozenset[str]:
    """List the keys that a word on file may share with a word asked: same family, same sound, one letter apart."""
    sound = skeleton(word)
    keys = {f"={canonical(word)}", *_shortened("-", word)}
    if len(sound) > 1:
        keys |= {f"~{sound}"} | _shortened("~", sound)
    return frozenset(keys)


def start_asked(word: str) -> str:
    """Give the key of the words that begin like a word asked; empty when it is too short to begin anything."""
    return f"^{word[:LONGEST_START]}" if len(word) >= SHORTEST_START else ""


@lru_cache(maxsize=262_144)
def likeness(word: str, held: str) -> float:
    """
    Say how well a word on file answers a word asked: 1 for the same, 0 for another.

    >>> [likeness("MOHAMED", held) for held in ("MOHAMED", "MUHAMMAD", "MARTIN")]
    [1.0, 0.94, 0.0]
    >>> likeness("DIAL", "DIALLO") > likeness("DIA", "DIALLO") > 0.6
    True
    """
    if word == held:
        return SAME
    if canonical(word) == canonical(held):
        return VARIANT
    start = 0.0
    if len(word) >= SHORTEST_START and held.startswith(word):
        start = START_AT_LEAST + (START_AT_MOST - START_AT_LEAST) * len(word) / len(held)
    return max(start, _resemblance(word, held))


def answer(sought: Asked, held: Held) -> float:
    """
    Say how well a person answers what was asked; 0 when nobody would say so.

    Each word asked takes the word of the name that answers it best, no word twice; a name in use goes before another
    name, a whole name before a longer one.

    >>> sow = Held(words=("MAMADOU", "SOW"), birth=PartialDate(1990))
    >>> answer(asked("sow mamadou"), sow) > answer(asked("sow"), sow) > answer(asked("so mamadu"), sow) > 0.9
    True
    """
    if not sought.words:
        return ANSWERS_FROM + _by_birth(sought.birth, held.birth) if sought.birth.year else 0.0
    spared = 1.0 - 0.02 * bool(held.aliases)
    named = max(_by_words(sought, held.words), spared * _by_words(sought, (*held.words, *held.aliases)))
    if named < ANSWERS_FROM:
        return 0.0
    return named + _by_birth(sought.birth, held.birth)


def answers_surely(sought: Asked, held: Held) -> bool:
    """
    Tell whether every word asked is, whole, a word of the name or another spelling of it, and the birth the one asked.

    >>> sow = Held(words=("MAMADOU", "SOW"), birth=PartialDate(1990))
    >>> [answers_surely(asked(text), sow) for text in ("sow mamadu", "sow", "sow mam", "sow mamadou 1991")]
    [True, True, False, False]
    """
    words = (*held.words, *held.aliases)
    if sought.birth.year not in {None, held.birth.year}:
        return False
    if not sought.words:
        return sought.birth.day is not None
    return all(any(likeness(word, each) >= VARIANT for word in readings for each in words) for readings in sought.words)


def _birth(text: str) -> tuple[PartialDate, str]:
    for pattern, order in ((_ISO_DAY, (1, 2, 3)), (_DAY, (3, 2, 1))):
        if said := pattern.search(text):
            year, month, day = (int(said[group]) for group in order)
            return _possible(year, month, day), pattern.sub(" ", text)
    if said := _YEAR.search(text):
        return PartialDate(int(said[1])), _YEAR.sub(" ", text)
    return PartialDate(), text


def _possible(year: int, month: int, day: int) -> PartialDate:
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return PartialDate(year)


def _shortened(mark: str, word: str) -> set[str]:
    if not SHORTEST_TYPO <= len(word) <= LONGEST_WORD:
        return set()
    return {f"{mark}{word}"} | {f"{mark}{word[:place]}{word[place + 1 :]}" for place in range(len(word))}


def _resemblance(word: str, held: str) -> float:
    shortest = min(len(word), len(held))
    apart = OSA.distance(word, held, score_cutoff=2)
    if apart == 1 and shortest >= SHORTEST_TYPO:
        return ONE_LETTER
    if skeleton(word) == skeleton(held) and JaroWinkler.similarity(word, held) >= 0.7:
        return SOUND
    if apart == 2 and shortest > SHORTEST_TYPO:
        return TWO_LETTERS
    if apart == 1 and word[0] == held[0] and shortest == SHORTEST_TYPO - 1:
        return SHORT
    return _begins_nearly(word, held)


def _begins_nearly(word: str, held: str) -> float:
    """Forgive one letter in the beginning of a longer name."""
    if not SHORTEST_TYPO < len(word) < len(held):
        return 0.0
    return START_AT_LEAST if OSA.distance(word, held[: len(word)], score_cutoff=1) == 1 else 0.0


def _by_words(sought: Asked, words: tuple[str, ...]) -> float:
    free, found = set(words), []
    for readings in sorted(sought.words, key=lambda each: -max(map(len, each))):
        ranked = [(likeness(word, held), len(word), held) for word in readings for held in free]
        best, _length, taken = max(ranked, default=(0.0, 0, ""))
        found.append(best)
        free.discard(taken)
    left = sum(len(word) for word in free) / (sum(map(len, words)) or 1)
    return sum(found) / len(found) - LONGER_NAME * left


def _by_birth(said: PartialDate, held: PartialDate) -> float:
    if said.year is None or held.year is None:
        return 0.0
    if said.day is not None and (said.year, said.month, said.day) == (held.year, held.month, held.day):
        return SAME_BIRTH
    if said.year == held.year:
        return SAME_YEAR
    return CLOSE_YEAR if abs(said.year - held.year) == 1 or held.estimated else OTHER_BIRTH
