"""Read the cells of one row: a typed value, or an error that names the column and says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chezsoi.files.columns import ColumnPlan, normalise
from chezsoi.files.readers import Row
from chezsoi.journeys.imports.vocabulary import YES_NO, plain, says_unknown
from chezsoi.kernel.codes import UnreadablePhone, UnreadableRequestNumber, parse_phone, parse_request_number
from chezsoi.kernel.dates import PartialDate, UnreadableDate, parse_partial_date
from chezsoi.kernel.money import UnreadableAmount, parse_amount

Value = TypeVar("Value")

LONGEST_NAME = 150
LONGEST_SHOWN = 40
_SEPARATORS = re.compile(r"\s*[,;/\n]\s*")
_PHONE_SEPARATORS = re.compile(r"\s*(?:[,;/\n]|\bou\b|\bet\b)\s*")
_ROOMS = re.compile(r"(?:[tf]|type)?\s*(?P<rooms>\d{1,2})\s*(?:bis|pi[èe]ces?|p)?\+?", re.IGNORECASE)
_STUDIO = frozenset({"studio", "chambre"})

NOT_A_DATE = _("“{text}” is not a date of the calendar; the row was left out: correct the date or empty the cell.")
NOT_A_PHONE = _("“{text}” is not a telephone number; the row was left out: complete the number or empty the cell.")
NOT_AN_AMOUNT = _("“{text}” is not an amount; the row was left out: write it in figures or empty the cell.")
NOT_A_REQUEST_NUMBER = _(
    "“{text}” is not a request number of 18 digits; the row was left out: correct the number or empty the cell."
)
NOT_A_NUMBER = _("“{text}” is not a number; the row was left out: write it in figures or empty the cell.")
TOO_LONG = _("This text is longer than {most} characters; the row was left out: shorten it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """Why a row was left out: where, and what to do. `column` is the header as written, None for the whole row."""

    line: int | None
    column: str | None
    message: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownCode:
    """A word that a column does not know; it was kept as unknown."""

    line: int
    column: str
    value: str


@dataclass(slots=True, kw_only=True)
class Cells:
    """The cells of one row, and what could not be read of them."""

    row: Row
    columns: Mapping[str, int]
    headers: Sequence[str]
    today: date
    errors: list[RowFault] = field(default_factory=list)
    unknown: list[UnknownCode] = field(default_factory=list)

    def text(self, key: str) -> str:
        """Give a cell as written, blanks reduced; empty when the file has no such column."""
        index = self.columns.get(key)
        return "" if index is None else " ".join(self.row.cells[index].split())

    def header(self, key: str) -> str | None:
        """Give the header of a column as written."""
        index = self.columns.get(key)
        return None if index is None else self.headers[index]

    def refuse(self, key: str, message: str | Promise, **values: Any) -> None:
        """Note that the row is to be left out, because of a cell."""
        said = format_lazy(str(message), **values) if values else message
        self.errors.append(RowFault(line=self.row.line, column=self.header(key), message=said))

    def name(self, key: str, most: int = LONGEST_NAME) -> str:
        """Read a name; "inconnu" and the like are no name."""
        text = self.text(key)
        if says_unknown(text):
            return ""
        if len(text) > most:
            self.refuse(key, TOO_LONG, most=most)
        return text

    def day(self, key: str) -> PartialDate:
        """Read a date, whole or in part."""
        return self._read(key, lambda text: parse_partial_date(text, today=self.today), UnreadableDate, NOT_A_DATE) or (
            PartialDate()
        )

    def amount(self, key: str) -> Decimal | None:
        """Read an amount of euros."""
        return self._read(key, parse_amount, UnreadableAmount, NOT_AN_AMOUNT)

    def phones(self, key: str) -> tuple[str, ...]:
        """Read one telephone number, or several with a separator between them."""
        return self._read(key, _phones, UnreadablePhone, NOT_A_PHONE) or ()

    def request_number(self, key: str) -> str:
        """Read a national request number."""
        return self._read(key, parse_request_number, UnreadableRequestNumber, NOT_A_REQUEST_NUMBER) or ""

    def code(self, key: str, table: Mapping[str, str], default: str = "unknown") -> str:
        """Read a word of a closed list; another word is kept as `default`, and listed."""
        return self._code(key, self.text(key), table, default)

    def codes(self, key: str, table: Mapping[str, str]) -> tuple[str, ...]:
        """Read several words of a closed list; unknown ones are listed."""
        found = (self._code(key, word, table, "") for word in self.words(key))
        return tuple(dict.fromkeys(code for code in found if code))

    def words(self, key: str) -> tuple[str, ...]:
        """Split a cell at commas, semicolons and slashes."""
        return tuple(word for word in _SEPARATORS.split(self.text(key)) if not says_unknown(word))

    def yes_no(self, key: str) -> bool | None:
        """Read a yes or a no; None when neither is said."""
        return {"yes": True, "no": False}.get(self.code(key, YES_NO, ""))

    def rooms(self, key: str) -> int | None:
        """Read a number of main rooms: T2, F2, 2 pièces, studio."""
        text = self.text(key)
        if says_unknown(text):
            return None
        if text.casefold() in _STUDIO:
            return 1
        match = _ROOMS.fullmatch(text)
        if match is None or not 1 <= int(match["rooms"]) <= 20:
            self._note_unknown(key, text)
            return None
        return int(match["rooms"])

    def _code(self, key: str, text: str, table: Mapping[str, str], default: str) -> str:
        found = table.get(plain(text), table.get(normalise(text))) if text else None
        if found is not None:
            return found
        if not says_unknown(text):
            self._note_unknown(key, text)
        return default

    def _note_unknown(self, key: str, text: str) -> None:
        self.unknown.append(UnknownCode(line=self.row.line, column=self.header(key) or key, value=text))

    def _read(
        self, key: str, parse: Callable[[str], Value], unreadable: type[ValueError], message: str | Promise
    ) -> Value | None:
        text = self.text(key)
        if says_unknown(text):
            return None
        try:
            return parse(text)
        except unreadable:
            self.refuse(key, message, text=shown(text))
            return None


def shown(text: str) -> str:
    """
    Cut a cell to what fits in a sentence.

    >>> shown("a" * 50)
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'
    """
    short = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    return short.replace("{", "(").replace("}", ")")


def of_row(row: Row, plan: ColumnPlan, headers: Sequence[str], today: date) -> Cells:
    """Take the cells of a row."""
    return Cells(row=row, columns=plan.matched, headers=headers, today=today)


def _phones(text: str) -> tuple[str, ...]:
    try:
        found = [parse_phone(text)]
    except UnreadablePhone:
        found = [parse_phone(part) for part in _PHONE_SEPARATORS.split(text) if part]
    return tuple(dict.fromkeys(number for number in found if number))
