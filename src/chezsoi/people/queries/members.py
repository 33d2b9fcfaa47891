"""Who lives with whom, on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from chezsoi.kernel.actor import Actor
from chezsoi.people.choices import AgeBand, MemberRole
from chezsoi.people.models import Household, HouseholdMember, Person

BANDS = ((18, AgeBand.MINOR), (25, AgeBand.YOUNG), (40, AgeBand.ADULT), (60, AgeBand.MIDDLE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """How many people a household holds, and the ages that are known; `size` may pass the number of members named."""

    size: int
    ages: tuple[int | None, ...]
    bands: tuple[AgeBand, ...]
    is_size_known: bool


def members(household: Household, *, on: date, actor: Actor) -> list[HouseholdMember]:
    """List who belongs to a household on a day, the lead first."""
    return list(household.members_on(on))


def members_of(
    household_ids: Iterable[int], *, on: date, actor: Actor, with_phones: bool = False
) -> dict[int, list[HouseholdMember]]:
    """List who belongs to each of some households on a day, the lead first, with the names they go by."""
    held = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    rows = HouseholdMember.objects.filter(held, household_id__in=list(household_ids)).select_related("person")
    found: dict[int, list[HouseholdMember]] = defaultdict(list)
    known = ("person__aliases", "person__phones") if with_phones else ("person__aliases",)
    for row in rows.prefetch_related(*known).order_by("pk"):
        found[row.household_id].append(row)
    for rows_of_one in found.values():
        rows_of_one.sort(key=lambda row: row.role != MemberRole.LEAD)
    return found


def lead(household: Household, *, on: date, actor: Actor) -> HouseholdMember | None:
    """Give the lead of a household on a day."""
    return household.members_on(on).filter(role=MemberRole.LEAD).first()


def household_of(person: Person, *, actor: Actor) -> Household | None:
    """Give the household a person belongs to, else the last one they belonged to."""
    held = HouseholdMember.objects.filter(person=person).select_related("household")
    current = held.filter(ends_on=None).first() or held.order_by("-ends_on", "-pk").first()
    return current.household if current else None


def household_size_and_ages(household: Household, *, on: date, actor: Actor) -> Composition:
    """Tell how many people will live together, and their ages."""
    return composition(household, members(household, on=on, actor=actor), on=on, actor=actor)


def composition(household: Household, held: list[HouseholdMember], *, on: date, actor: Actor) -> Composition:
    """Tell size and ages from members already read."""
    ages = tuple(member.person.age_on(on) for member in held)
    return Composition(
        size=max(len(held), household.stated_size or 0),
        ages=ages,
        bands=tuple(age_band(age, actor=actor) for age in ages),
        is_size_known=len(held) > 1 or household.stated_size is not None,
    )


def age_band(age: int | None, *, actor: Actor) -> AgeBand:
    """Give the band an age falls in."""
    if age is None:
        return AgeBand.UNKNOWN
    return next((band for limit, band in BANDS if age < limit), AgeBand.SENIOR)
