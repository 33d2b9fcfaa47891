"""Civil dates as people know them: whole, by month, by year, estimated or unknown."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class UnreadableDate(ValueError):
    """The text is no calendar date and no accepted way of saying part of one."""


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """
    A date of which a part may be unknown; a year may be a guess from an apparent age.

    >>> str(PartialDate(1972)), str(PartialDate(1972, 3)), str(PartialDate(1972, 3, 9)), str(PartialDate())
    ('1972', '1972-03', '1972-03-09', '')
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    estimated: bool = False

    def __post_init__(self) -> None:
        if self.year is None and (self.month is not None or self.day is not None or self.estimated):
            raise UnreadableDate("a month, a day or an estimate needs its year")
        if self.month is None and self.day is not None:
            raise UnreadableDate("a day needs its month")
        if self.year is not None:
            _ = self.earliest  # reads the calendar: an impossible date is refused here

    def __str__(self) -> str:
        if self.year is None:
            return ""
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return f"~{text}" if self.estimated else text

    @classmethod
    def parse_iso(cls, text: str) -> PartialDate:
        """
        Read what `str` wrote.

        >>> PartialDate.parse_iso("~1980") == PartialDate(1980, estimated=True)
        True
        """
        if not text:
            return cls()
        year, month, day = ([int(part) for part in text.removeprefix("~").split("-")] + [None, None])[:3]
        return cls(year, month, day, estimated=text.startswith("~"))

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Take a whole date."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        if self.year is None:
            return Precision.UNKNOWN
        if self.estimated:
            return Precision.ESTIMATED
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def is_known(self) -> bool:
        return self.year is not None

    @property
    def earliest(self) -> date | None:
        """Give the first day the date may be."""
        if self.year is None:
            return None
        return _calendar_day(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @property
    def latest(self) -> date | None:
        """Give the last day the date may be."""
        if self.year is None:
            return None
        month = 12 if self.month is None else self.month
        return _calendar_day(self.year, month, self.day or monthrange(self.year, month)[1])

    def age_on(self, day: date) -> int | None:
        """
        Count the birthdays surely passed on a day, none before birth; None when the year is unknown.

        >>> PartialDate(2000, 2, 29).age_on(date(2026, 2, 28)), PartialDate(1972).age_on(date(2026, 11, 23))
        (25, 53)
        """
        latest = self.latest
        if latest is None:
            return None
        return max(0, day.year - latest.year - ((day.month, day.day) < (latest.month, latest.day)))


_UNKNOWN = frozenset(
    {"inconnue", "inconnu", "inconnu(e)", "unknown", "néant", "neant", "n/a", "na", "nc", "nr", "nsp", "ne sait pas"}
    | {"non renseigné", "non renseignée", "non renseigne", "-", "?", "??", "???"}
    | {"??/??/????", "xx/xx/xxxx", "00/00/0000"}
)
_MONTH_NAMES = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_NAMED = re.compile(r"(?:(?P<d>\d{1,2})(?:er)? )?(?P<m>[a-zéû]{3,9})\.? (?P<y>\d{4})")
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_FRENCH = re.compile(r"(?P<d>\d{1,2})[/.\- ](?P<m>\d{1,2})[/.\- ](?P<y>\d{4}|\d{2})")
_MONTH = re.compile(r"(?:(?:\?\?|00|xx)[/.\-])?(?P<m>\d{1,2})[/.\-](?P<y>\d{4})")
_YEAR = re.compile(r"(?:(?:\?\?|00|xx)[/.\-](?:\?\?|00|xx)[/.\-])?(?P<y>\d{4})")


def parse_partial_date(text: str, *, today: date) -> PartialDate:
    """
    Read a date as French services type it; a two-digit year is the latest one not after `today`.

    Raises
    ------
    UnreadableDate
        If the text is neither a date, a part of one, nor a way of saying "unknown".

    Examples
    --------
    >>> day = date(2026, 11, 23)
    >>> typed = ("20/02/1953", "1967-06-05", "15/07/25", "1er mars 1981", "??/??/1972", "inconnue")
    >>> [str(parse_partial_date(text, today=day)) for text in typed]
    ['1953-02-20', '1967-06-05', '2025-07-15', '1981-03-01', '1972', '']
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if not plain or plain in _UNKNOWN:
        return PartialDate()
    if match := _NAMED.fullmatch(plain):
        plain = _in_figures(match, text)
    for pattern in (_ISO, _FRENCH, _MONTH, _YEAR):
        if match := pattern.fullmatch(plain):
            parts = match.groupdict()
            month, day = int(parts.get("m") or 0), int(parts.get("d") or 0)
            year = _whole_year(parts["y"], month, day, today)
            return _checked(year, month, day, text)
    raise UnreadableDate(text)


def parse_date(text: str, *, today: date) -> date | None:
    """
    Read a whole date; None for blank or unknown.

    Raises
    ------
    UnreadableDate
        If the text is not a calendar date, or only part of one.
    """
    partial = parse_partial_date(text, today=today)
    if not partial.is_known:
        return None
    if partial.precision is not Precision.DAY:
        raise UnreadableDate(text)
    return partial.earliest


def add_months(day: date, months: int) -> date:
    """
    Move by whole months: same day of the month or, failing that, its last day.

    >>> add_months(date(2024, 12, 31), 2), add_months(date(2026, 3, 31), -1)
    (datetime.date(2025, 2, 28), datetime.date(2026, 2, 28))
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(earlier: date, later: date) -> int:
    """
    Count whole months elapsed, never below zero.

    >>> months_between(date(2026, 1, 31), date(2026, 2, 28)), months_between(date(2025, 5, 2), date(2026, 5, 1))
    (1, 11)
    """
    if later <= earlier:
        return 0
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months if add_months(earlier, months) <= later else months - 1


def _in_figures(match: re.Match[str], text: str) -> str:
    wanted = match["m"].translate({ord("é"): "e", ord("û"): "u"})
    months = [position for position, name in enumerate(_MONTH_NAMES, 1) if name.startswith(wanted)]
    if len(months) != 1:
        raise UnreadableDate(text)
    return f"{match['d'] or '??'}/{months[0]}/{match['y']}"


def _whole_year(text: str, month: int, day: int, today: date) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    year += today.year - today.year % 100
    return year - 100 if (year, month, day) > (today.year, today.month, today.day) else year


def _checked(year: int, month: int, day: int, text: str) -> PartialDate:
    try:
        return PartialDate(year, month or None, day or None)
    except ValueError as impossible:
        raise UnreadableDate(text) from impossible


def _calendar_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as impossible:
        raise UnreadableDate(f"{year}-{month}-{day}") from impossible
