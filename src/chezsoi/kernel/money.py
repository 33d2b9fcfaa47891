"""Euros as exact decimals, read as people type them."""

from __future__ import annotations

import re
from decimal import Decimal

CENT = Decimal("0.01")


class UnreadableAmount(ValueError):
    """The text is not an amount of euros."""


_SPACES = dict.fromkeys(map(ord, " \t\u00a0\u202f\u2009'’"))
_CURRENCY = re.compile(r"^(?:€|eur(?:os?)?)|(?:€|eur(?:os?)?)(?:/mois|parmois|/m)?$", re.IGNORECASE)
_EURO_AS_COMMA = re.compile(r"(?<=\d)€(?=\d\d$)")
_AMOUNT = re.compile(r"\d{1,12}(?:[.,]\d{1,20})?")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:,\d{3})+\.\d{1,2}")


def parse_amount(text: str) -> Decimal | None:
    """
    Read an amount of euros; None for blank. Rounded to the cent, halves up.

    Raises
    ------
    UnreadableAmount
        If the text is not a number, is negative, or has more than twelve digits before the comma.

    Examples
    --------
    >>> [parse_amount(text) for text in ("1041,59 €", "1 041,5", "1.041,59", "12€50", "0", "")]
    [Decimal('1041.59'), Decimal('1041.50'), Decimal('1041.59'), Decimal('12.50'), Decimal('0.00'), None]
    """
    if not text.strip():
        return None
    bare = _EURO_AS_COMMA.sub(",", _CURRENCY.sub("", text.translate(_SPACES).strip()))
    if _THOUSANDS.fullmatch(bare):
        separator = "." if bare.rfind(".") < bare.rfind(",") else ","
        bare = bare.replace(separator, "")
    if not _AMOUNT.fullmatch(bare):
        raise UnreadableAmount(text)
    return to_cents(Decimal(bare.replace(",", ".")))


def to_cents(amount: Decimal) -> Decimal:
    """Round to the cent, halves away from zero, as accounts do."""
    return amount.quantize(CENT, rounding="ROUND_HALF_UP")
