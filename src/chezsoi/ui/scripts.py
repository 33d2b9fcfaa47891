"""Words in any script made printable: what no font has becomes a visible sign, and is counted."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

from django.utils.translation import ngettext, override

MISSING = "\N{REPLACEMENT CHARACTER}"
_LATIN = range(0x20, 0x180)
_PUNCTUATION = frozenset("\n\t‐‑‒–—‘’‚“”„†‡•…‰‹›€™−\u2009\u200a\u202f" + MISSING)


def is_plain(sign: str) -> bool:
    """
    Tell whether every Latin font has the sign.

    >>> is_plain("é"), is_plain("€"), is_plain("ት")
    (True, True, False)
    """
    return sign in _PUNCTUATION or (ord(sign) in _LATIN and unicodedata.category(sign) != "Cc")


def written(said: Any, is_drawn: Callable[[str], bool]) -> tuple[Any, int]:
    r"""
    Give plain data as they can be printed, and how many of their signs are lost. Control characters say nothing: gone.

    >>> written({"names": ["Zoé \ue000", "a\x00b"]}, is_plain)
    ({'names': ['Zoé �', 'ab']}, 1)
    """
    if isinstance(said, str):
        return _words(said, is_drawn)
    if isinstance(said, list):
        parts = [written(each, is_drawn) for each in said]
        return [part for part, _lost in parts], sum(lost for _part, lost in parts)
    if isinstance(said, dict):
        values, lost = written(list(said.values()), is_drawn)
        return dict(zip(said, values, strict=True)), lost
    return said, 0


def _words(said: str, is_drawn: Callable[[str], bool]) -> tuple[str, int]:
    spoken = [sign for sign in said if sign in "\n\t" or unicodedata.category(sign) != "Cc"]
    signs = [sign if _is_text(sign) and is_drawn(sign) else MISSING for sign in spoken]
    return "".join(signs), sum(sign != meant for sign, meant in zip(signs, spoken, strict=True))


def _is_text(sign: str) -> bool:
    """Half of a pair and a private sign mean nothing on another machine, even if a font draws something there."""
    return unicodedata.category(sign) not in ("Cs", "Co")


def note(lost: int, lang: str) -> str:
    """Tell whoever sends a letter what to write by hand before it leaves; nothing if nothing is lost."""
    if not lost:
        return ""
    with override(lang):
        return ngettext(
            "%(missing)s stands for a sign that these letters cannot print (%(count)d here). "
            "Write it by hand before you hand this over.",
            "%(missing)s stands for a sign that these letters cannot print (%(count)d here). "
            "Write them by hand before you hand this over.",
            lost,
        ) % {"missing": MISSING, "count": lost}
