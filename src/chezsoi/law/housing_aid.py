"""Where a commune stands in the rules of housing benefit and RSA: its zone, and the share of RSA paid there."""

from __future__ import annotations

import csv
import io
import lzma
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from chezsoi.law.parameters import parameter

_ZONES = Path(__file__).with_name("zones") / "housing_aid.csv.xz"
_MAYOTTE = "976"


class UnknownCommune(LookupError):
    """No commune, of today or of before, has that Insee code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    The zone of a commune (None: the order's list has none), whether its parts are of several, and its share of RSA.

    The list is that of 2011, the last one published as data: communes merged since take the zone of what they are
    made of.
    """

    commune: str
    zone: int | None
    is_mixed: bool
    rsa_share: Decimal


def standing_of(commune: str, *, on: date) -> Standing:
    """
    Read where a commune stands on a day.

    Parameters
    ----------
    commune : str
        Insee code, of today's commune, of a part of it, of an arrondissement, or a code no longer used.
    on : date
        Day the benefit is for.

    Raises
    ------
    UnknownCommune
        If no commune has that code.
    NoValueInForce
        If the day comes before the rules kept here.

    Examples
    --------
    >>> [standing_of(code, on=date(2026, 10, 1)).zone for code in ("93008", "63113", "62041", "55138")]
    [1, 2, 3, None]
    """
    try:
        zone, is_mixed = _zones()[commune]
    except KeyError:
        raise UnknownCommune(commune) from None
    share = parameter("rsa.mayotte_share", on=on).number if commune.startswith(_MAYOTTE) else Decimal(1)
    return Standing(commune=commune, zone=zone, is_mixed=is_mixed, rsa_share=share)


@cache
def _zones() -> dict[str, tuple[int | None, bool]]:
    text = lzma.decompress(_ZONES.read_bytes()).decode("utf-8")
    return {
        row["code"]: (int(row["zone"]) if row["zone"] else None, row["is_mixed"] == "yes")
        for row in csv.DictReader(io.StringIO(text))
    }
