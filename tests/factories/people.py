"""People as services meet them: households registered through the app's own actions."""

from datetime import date, timedelta

from django.utils import timezone

from chezsoi.kernel.actor import Actor
from chezsoi.kernel.dates import PartialDate
from chezsoi.people import actions
from chezsoi.people.choices import MemberRole, Situation
from chezsoi.people.models import Household, Person
from chezsoi.territories.models import Territory
from tests.factories import territories

STREET_SINCE = timedelta(days=200)


def member(given_names: str = "Amina", birth_name: str = "Bouzid", **traits: object) -> actions.NewMember:
    """Describe somebody; the lead, unless told."""
    traits.setdefault("birth_date", PartialDate(1970, 3, 18))
    return actions.NewMember(given_names=given_names, birth_name=birth_name, **traits)


def child(given_names: str = "Lina", birth_name: str = "Bouzid", **traits: object) -> actions.NewMember:
    """Describe a child."""
    traits.setdefault("birth_date", PartialDate(2017, 5, 2))
    return member(given_names, birth_name, role=MemberRole.CHILD, **traits)


def seen(
    situation: str = Situation.STREET, observed_on: date | None = None, since: date | None = None, **traits: object
) -> actions.NewSituation:
    """Describe where somebody was seen: in the street today, unless told."""
    return actions.NewSituation(
        situation=situation, observed_on=observed_on or timezone.localdate(), since=since, **traits
    )


def household(
    *members: actions.NewMember,
    actor: Actor | None = None,
    territory: Territory | None = None,
    on: date | None = None,
    looks_for_duplicates: bool = False,
    **traits: object,
) -> Household:
    """Register a household: one woman of Metz in the street for 200 days, unless told; nobody asks who it may be."""
    day = on or timezone.localdate()
    place = territory or territories.territory()
    return actions.register_household(
        actor=actor or territories.actor("outreach_worker", territory=place),
        territory=place,
        household=actions.NewHousehold(members=members or (member(situation=street(day)),), **traits),
        on=day,
        looks_for_duplicates=looks_for_duplicates,
    )


def looked_for(*members: actions.NewMember, **traits: object) -> Household:
    """Register a household as pages do: whoever may be the same person is noted."""
    return household(*members, looks_for_duplicates=True, **traits)


def street(day: date) -> actions.NewSituation:
    """Describe 200 days in the street, as seen on a day."""
    return seen(Situation.STREET, observed_on=day, since=day - STREET_SINCE)


def lead(household: Household) -> Person:
    """Give the person a household is named after, whenever that was."""
    return household.members.filter(role=MemberRole.LEAD).order_by("-pk").first().person
