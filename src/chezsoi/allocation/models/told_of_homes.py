"""On which day each fact of a home was told, as a draw keeps it beside the fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chezsoi.allocation.models.facts import Dated, by_day
from chezsoi.allocation.models.law_of_the_day import home_of
from chezsoi.homes.models import Offer

OF_THE_DWELLING = {
    "kind": "stock",
    "commune": "commune",
    "rooms": "rooms",
    "surface_m2": "surface_m2",
    "floor": "floor",
    "has_lift": "has_lift",
    "wheelchair": "is_wheelchair_accessible",
    "energy_rating": "energy_class",
    "shared_home": "shared_home",
}
OF_THE_OFFER = ("rent_per_month", "charges_per_month", "available_on", "funding", "tenure")


def days_of(offer: Offer, *, on: date) -> tuple[Dated, ...]:
    """
    Give the day of each fact of a home that is known and has one, the earliest first; never a day after `on`.

    Whose turn it is to propose for it has days of its own, and a home recorded before days were kept has none.
    """
    home = home_of(offer)
    known = ((name, day) for name, day in _told(offer) if getattr(home, name) is not None)
    return by_day(home.ref, known, on=on)


def _told(offer: Offer) -> Iterator[tuple[str, date]]:
    dwelling, terms = offer.dwelling.told_on, offer.told_on
    yield from ((name, _day(dwelling[column])) for name, column in OF_THE_DWELLING.items() if column in dwelling)
    yield from ((name, _day(terms[name])) for name in OF_THE_OFFER if name in terms)


_day = date.fromisoformat
