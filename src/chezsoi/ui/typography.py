"""Numbers, amounts and sentences written as the reader's language writes them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language

NO_BREAK = "\u00a0"
NARROW = "\u202f"
MINUS = "\u2212"

ENGLISH_TEENS = (11, 12, 13)
ENGLISH_ENDINGS = {1: "st", 2: "nd", 3: "rd"}

Number = int | float | Decimal


def language() -> str:
    """Name the language of the page in two letters; French when none is active."""
    return (get_language() or "fr")[:2]


def number(value: Number, decimals: int | None = None, lang: str | None = None) -> str:
    r"""
    Write a number with its thousands set apart; `decimals` None keeps those that say something.

    >>> number(1234.5, 1, "fr"), number(1234567, lang="en"), number(Decimal("-24.00"), lang="fr")
    ('1\u202f234,5', '1,234,567', '−24')
    """
    exact = Decimal(str(value))
    if decimals is None:
        exact = exact.normalize()
    else:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(exact):,f}"
    if (lang or language()) == "fr":
        text = text.replace(",", NARROW).replace(".", ",")
    return f"{MINUS}{text}" if exact < 0 else text


def euros(amount: Number, decimals: int | None = 2, lang: str | None = None) -> str:
    r"""
    Write an amount of euros; `decimals` None leaves the cents of a whole amount out.

    >>> euros(Decimal("1234.5"), lang="fr"), euros(Decimal("1234.5"), lang="en"), euros(Decimal("-80"), 0, "en")
    ('1\u202f234,50\xa0€', '€1,234.50', '−€80')
    """
    lang = lang or language()
    if decimals is None:
        decimals = 0 if amount == int(amount) else 2
    text = number(amount, decimals, lang)
    if lang == "fr":
        return f"{text}{NO_BREAK}€"
    return f"{MINUS}€{text[1:]}" if text.startswith(MINUS) else f"€{text}"


def ordinal(rank: int, lang: str | None = None) -> str:
    """
    Write a rank, of a masculine noun in French.

    >>> ordinal(1, "fr"), ordinal(2, "fr"), ordinal(1, "en"), ordinal(12, "en"), ordinal(23, "en")
    ('1ᵉʳ', '2ᵉ', '1st', '12th', '23rd')
    """
    if (lang or language()) == "fr":
        return f"{rank}ᵉʳ" if rank == 1 else f"{rank}ᵉ"
    last = 0 if rank % 100 in ENGLISH_TEENS else rank % 10
    return f"{rank}{ENGLISH_ENDINGS.get(last, 'th')}"


def percent(share: Number, decimals: int = 0, lang: str | None = None) -> str:
    """
    Write a share, given between 0 and 1, as a percentage.

    >>> percent(0.081, 1, "fr"), percent(Decimal("0.88"), lang="en")
    ('8,1\u202f%', '88%')
    """
    lang = lang or language()
    text = number(Decimal(str(share)) * 100, decimals, lang)
    return f"{text}{NARROW}%" if lang == "fr" else f"{text}%"


def phone(digits: str) -> str:
    """
    Write a telephone number by pairs, as it is read aloud; a foreign number is left as it is.

    >>> phone("0669887843").replace(NO_BREAK, " "), phone("+4915112345678")
    ('06 69 88 78 43', '+4915112345678')
    """
    if not re.fullmatch(r"0\d{9}", digits):
        return digits
    return NO_BREAK.join(digits[start : start + 2] for start in range(0, 10, 2))


def masked_phone(digits: str) -> str:
    """
    Write a telephone number so that its owner knows it and nobody else can call it.

    >>> masked_phone("0669887843").replace(NO_BREAK, " "), masked_phone("+4915112345678")
    ('06 •• •• •• 43', '+49•••••••••78')
    """
    if not re.fullmatch(r"0\d{9}", digits):
        return digits[:3] + "•" * max(0, len(digits) - 5) + digits[-2:]
    return NO_BREAK.join((digits[:2], "••", "••", "••", digits[-2:]))


_RULES = (
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"(?<=[^\s;:!?«])[ \u00a0\u202f]*([;:!?]+)(?=\s|$|»|\))"), NARROW + r"\1"),
    (re.compile(r"«[ \u00a0\u202f]*"), f"«{NARROW}"),
    (re.compile(r"[ \u00a0\u202f]*»"), f"{NARROW}»"),
    (re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))"), NARROW),
    (re.compile(r"(?<=\d)[ \u00a0](?=€)"), NO_BREAK),
    (re.compile(r"(?<=\d)[ \u00a0](?=%)"), NARROW),
)


def typeset(text: str, lang: str | None = None) -> str:
    """
    Set the spaces and apostrophes that a typed French sentence lacks; another language is left as it is.

    Times, addresses of pages and codes are untouched: a colon is spaced only at the end of a word.

    >>> typeset("L'école : où ? À 12:30.", "fr"), typeset("Where?", "en")
    ('L’école\u202f: où\u202f? À 12:30.', 'Where?')
    """
    if (lang or language()) != "fr":
        return text
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
