"""How small a group may be before its figure says too much about the people in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from chezsoi.law.parameters import Status, parameter


class Audience(StrEnum):
    """Who will read the figures."""

    PUBLIC = "public"
    PARTNER = "partner"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureThreshold:
    """The smallest cell shown to an audience; `minimum` None shows every cell."""

    audience: Audience
    minimum: int | None
    largest_share_of_one: Decimal
    reference: str
    source: str
    link: str | None
    status: Status


_CODES = {
    Audience.PUBLIC: "sdc.min_cell_fiscal",
    Audience.PARTNER: "sdc.min_cell_partner",
    Audience.INTERNAL: "sdc.min_cell_internal",
}


def disclosure_threshold_on(day: date, *, audience: Audience) -> DisclosureThreshold:
    """
    Read the threshold of statistical secrecy for an audience.

    Parameters
    ----------
    day : date
        Day of publication.
    audience : Audience
        Who will read the figures.

    Returns
    -------
    DisclosureThreshold
        Smallest number of units in a published cell, and the largest share one contributor may have in it.
        Primary suppression only: hiding a cell that sums give back is the work of `engines.disclosure`.

    References
    ----------
    .. [1] InseeFrLab, manuel de protection des tableaux (fiscal-type data on persons: 11 units, 85 %).
       The thresholds for partners and inside an organisation are choices of this program, not law.

    Examples
    --------
    >>> [disclosure_threshold_on(date(2026, 11, 23), audience=audience).minimum for audience in Audience]
    [11, 5, None]
    """
    value = parameter(_CODES[audience], on=day)
    return DisclosureThreshold(
        audience=audience,
        minimum=int(value.number) or None,
        largest_share_of_one=parameter("sdc.dominance", on=day).number,
        reference=value.reference,
        source=value.source or value.reference,
        link=value.link,
        status=value.status,
    )
