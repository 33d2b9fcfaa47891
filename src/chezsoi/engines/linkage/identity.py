"""What the scorer is given about a person. Nationality and origin are not in it, on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chezsoi.kernel.dates import PartialDate

UNKNOWN_DATE = PartialDate()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """
    The traits of one record of one person, as its file gives them.

    Parameters
    ----------
    key
        Names the record; two records never share it.
    names
        Surnames, birth and use, as written.
    given_names
        Given names in the order of civil status: the first is the usual one.
    aliases
        Other names the person answers to, whole or in part.
    birth
        Date of birth, as far as it is known.
    sex
        "F", "M", or "" when unknown.
    phones
        Telephone numbers as `kernel.codes.parse_phone` returns them.
    request_number
        National request number (numéro unique), eighteen digits.
    commune
        INSEE code of the commune where the person is now, or "".
    situation
        Code of the residential situation, or "".
    situation_since
        Day on which that situation began.
    household
        File the record stands in: members of one file are never compared. "" when the record has none.
    """

    key: str
    names: tuple[str, ...] = ()
    given_names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    birth: PartialDate = UNKNOWN_DATE
    sex: str = ""
    phones: tuple[str, ...] = ()
    request_number: str | None = None
    commune: str = ""
    situation: str = ""
    situation_since: date | None = None
    household: str = ""
