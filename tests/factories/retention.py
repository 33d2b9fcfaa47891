"""Files nobody had news of for years, and what may keep them."""

from datetime import date

from django.utils import timezone

from chezsoi.kernel.dates import add_months
from chezsoi.people.models import Household
from chezsoi.territories.access import Actor
from tests.factories import people, territories


def today() -> date:
    return timezone.localdate()


def years_ago(years: int, *, months: int = 0) -> date:
    return add_months(today(), -12 * years - months)


def silent(*members, on: date | None = None, actor=None, **traits) -> Household:
    """Register a household last met three years ago, unless told."""
    day = on or years_ago(3)
    found = members or (people.member(situation=people.street(day)),)
    return people.household(*found, on=day, actor=actor, **traits)


def officer() -> Actor:
    """Give the data protection officer of Metz."""
    return territories.actor("dpo", territory=territories.territory())
