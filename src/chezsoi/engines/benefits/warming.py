"""Load, before anybody waits for it, what the first estimate of a process loads."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

from chezsoi.engines.benefits.estimates import LawNotKnown, estimate
from chezsoi.engines.benefits.households import Home, Household, Person, Place, Resource, ResourceKind, Role, Tenure

PLACE = Place(commune="63113", zone=2)
HOME = Home(place=PLACE, rent_per_month=Decimal(400), tenure=Tenure.SOCIAL)


def warm_up(*, on: date) -> None:
    """
    Build the tax-benefit system, and go once through the law of a day with a family invented for it.

    What is computed is thrown away: no later figure depends on it. Of a day whose law is not known, the system alone is
    built.

    Examples
    --------
    >>> warm_up(on=date(2026, 10, 1))
    """
    paid = tuple(Resource(kind=kind, per_month=Decimal(300)) for kind in ResourceKind)
    family = Household(
        persons=(
            Person(role=Role.LEAD, birth_date=date(1980, 3, 1), resources=paid),
            Person(role=Role.PARTNER, birth_date=date(1982, 3, 1)),
            Person(role=Role.CHILD, birth_date=date(2012, 3, 1)),
        ),
        place=PLACE,
    )
    with suppress(LawNotKnown):
        estimate(family, HOME, on=on)
