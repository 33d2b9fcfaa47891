"""How long a request for social housing holds."""

from __future__ import annotations

from datetime import date

from chezsoi.kernel.dates import add_months
from chezsoi.law.parameters import parameter


def lapse_of(since: date) -> date:
    """
    Give the last day of validity of a request made, or renewed, on a day: a length still to be confirmed.

    >>> lapse_of(date(2026, 3, 1)).isoformat()
    '2027-03-01'
    """
    return add_months(since, int(parameter("request.validity_months", on=since).number))
