"""The written form of a name, and the key of how it sounds."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

PARTICLES = frozenset(
    "AIT AL BEN BENT BIN BINT D DA DE DEL DES DI DO DOS DU EL LA LE LES O OULD OULED VAN VON".split()  # noqa: SIM905
)

_LETTERS = str.maketrans(
    {"Œ": "OE", "Æ": "AE", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "ı": "I", "Ə": "E", "İ": "I"}
)
_APOSTROPHES = re.compile(r"(?<=\w)\s*['’‘ʼ`´]\s*(?=\w)")
_ELIDED = re.compile(r"\b([MND]) (?=[^\W\d_]{2})")
_SAINT = re.compile(r"\bST(E?)\b")
_NOT_A_LETTER = re.compile(r"[\W\d_]+")

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"PH", "F"),
        (r"SCH|TCH|TSH|CH|SH", "S"),
        (r"DJ|DZH|\bDI(?=[AEOU])", "J"),
        (r"GU(?=[AEIOUY])|GH", "G"),
        (r"C(?=[EIY])", "S"),
        (r"QU|CK|KH|Q|C", "K"),
        (r"TH", "T"),
        (r"DH", "D"),
        (r"[ZX]", "S"),
        (r"[AEIOUYWVH]", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65_536)
def normalise_name(text: str) -> str:
    """
    Bring a written name to capitals without accents, one space between its parts, N' and M' joined to what follows.

    Letters of other scripts are kept as they are: a name is never emptied because it is not Latin.

    Examples
    --------
    >>> [normalise_name(text) for text in ("N’Diaye", "n diaye", "Aït-Ahmed", "St-Aubin", "Müller", "  ")]
    ['NDIAYE', 'NDIAYE', 'AIT AHMED', 'SAINT AUBIN', 'MULLER', '']
    """
    capitals = text.upper().translate(_LETTERS)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", capitals) if not unicodedata.combining(letter))
    joined = _APOSTROPHES.sub("", plain)
    spaced = _NOT_A_LETTER.sub(" ", joined).strip()
    return _SAINT.sub(r"SAINT\1", _ELIDED.sub(r"\1", spaced))


@lru_cache(maxsize=65_536)
def without_particles(name: str) -> str:
    """
    Drop the particles of a normalised name, unless nothing else is left.

    >>> without_particles("EL AMRANI"), without_particles("LE"), without_particles("SAINT AUBIN")
    ('AMRANI', 'LE', 'SAINT AUBIN')
    """
    kept = [token for token in name.split() if token not in PARTICLES]
    return " ".join(kept) or name


@lru_cache(maxsize=65_536)
def skeleton(text: str) -> str:
    """
    Reduce a name to the consonants that survive a telephone, a dictation and a change of alphabet.

    A name made of vowels alone keeps its letters. The key finds candidates; equality of two keys is not identity:
    Hassan and Hussein share one.

    Examples
    --------
    >>> [skeleton(text) for text in ("Youssef", "Yusuf", "Cheikh", "Sheikh", "Diallo", "Jallow", "Awa")]
    ['SF', 'SF', 'SK', 'SK', 'JL', 'JL', 'AWA']
    """
    spoken = without_particles(normalise_name(text)).replace(" ", "")
    reduced = spoken
    for pattern, sound in _SOUNDS:
        reduced = pattern.sub(sound, reduced)
    return reduced or spoken
