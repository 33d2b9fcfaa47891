r"""
A small way of writing what a wording looks like, which a jurist can read and amend.

`*` ends a word in any way, `…` stands for up to four words, `~` for the rest of the sentence, `(a|b)` for one or the
other, `?` after a letter or a bracket for "perhaps", `{NAME}` for a named list of words. Text is matched without
accents, in lower case, hyphens, underscores and apostrophes turned into spaces; `…` never crosses punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping


def plain(text: str) -> str:
    """
    Write a text or a name as phrases expect it.

    >>> plain("Règle d'ABSTINENCE (max_offers, maxOffers)")
    'regle d abstinence (max offers, max offers)'
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    bare = "".join(char for char in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(char))
    words = re.sub(r"[-_'’\u2010-\u2015\u2212]", " ", bare.casefold().replace("œ", "oe"))
    return re.sub(r"\s+", " ", words).strip()


def as_written(text: str, words: str) -> str:
    """
    Find in a text, as it was written, words that `plain` gave; the words themselves where they stand otherwise.

    >>> as_written("Doit accepter l’hébergement", "accepter l hebergement")
    'accepter l’hébergement'
    """
    flat = "".join(unicodedata.normalize("NFKD", char)[0].casefold()[:1] for char in text)
    found = re.search(r"[\W_]*".join(map(re.escape, words.split())), flat)
    return text[found.start() : found.end()] if found and len(flat) == len(text) else words


def any_of(phrases: tuple[str, ...], lists: Mapping[str, str]) -> re.Pattern[str]:
    """
    Build the pattern that finds any of the phrases.

    >>> bool(any_of(("must … {WORK}",), {"WORK": "job*|cdi"}).search("must have a stable job"))
    True
    """
    return re.compile("|".join(_pattern(phrase, lists) for phrase in phrases))


def _pattern(phrase: str, lists: Mapping[str, str]) -> str:
    for name, words in lists.items():
        phrase = phrase.replace(f"{{{name}}}", f"({words})")
    pattern = re.sub(r"(?<! [)])[*]", r"\\w*", phrase).replace("… ", r"(?:\w+ ){0,4}?").replace("~", "[^.;]*")
    return rf"(?:\b(?:{re.sub(r'[(](?![?])', '(?:', pattern)})\b)"
