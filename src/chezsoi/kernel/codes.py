"""Codes the French State gives: telephone numbers, the national request number, communes, companies."""

from __future__ import annotations

import re


class UnreadablePhone(ValueError):
    """The text lacks the nine or ten national digits of a French telephone number."""


class UnreadableRequestNumber(ValueError):
    """The national request number (numéro unique) does not have eighteen digits."""


_ABROAD = re.compile(r"(?:\+|00)(?!33)(?P<number>[1-9]\d*)")
_INSEE = re.compile(r"(?:\d{2}|2[AB])\d{3}")


def parse_phone(text: str) -> str | None:
    """
    Read a telephone number as typed; a lost leading zero is restored, words are left out, allocation is not checked.

    Returns
    -------
    str or None
        Ten national digits, or `+` and the international number when the country is not France; None for blank.

    Raises
    ------
    UnreadablePhone
        If nine or ten national digits cannot be found.

    Examples
    --------
    >>> [parse_phone(text) for text in ("+33 669887843", "07 17 32 11 81 (CCAS)", "675620439", "")]
    ['0669887843', '0717321181', '0675620439', None]
    """
    text = text.strip()
    if not text:
        return None
    compact = re.sub(r"\(0\)|[^0-9+]", "", text)
    if abroad := _ABROAD.fullmatch(compact):
        return _international(abroad["number"], text)
    digits = re.sub(r"^(?:\+33|0033)", "", compact).removeprefix("+")
    if len(digits) == 11 and digits.startswith("33"):
        digits = digits[2:]
    if len(digits) == 9 and not digits.startswith("0"):
        digits = f"0{digits}"
    if len(digits) != 10 or not digits.startswith("0"):
        raise UnreadablePhone(text)
    return digits


def parse_request_number(text: str) -> str | None:
    """
    Read a national request number (numéro unique): eighteen digits, nothing else is checked.

    >>> parse_request_number("057 147868979965898")
    '057147868979965898'
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not digits:
        return None
    if not re.fullmatch(r"[0-9]{18}", digits):
        raise UnreadableRequestNumber(text)
    return digits


def is_insee_commune(code: str) -> bool:
    """Tell whether a code has the form of a commune's (five characters, Corsica and overseas included)."""
    return _INSEE.fullmatch(code) is not None


def _international(number: str, text: str) -> str:
    if not 8 <= len(number) <= 15:
        raise UnreadablePhone(text)
    return f"+{number}"
