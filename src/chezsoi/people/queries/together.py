"""Several households chosen at once in the by-name list, and who follows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import CircleMembership, Household
from chezsoi.territories.access import Can
from chezsoi.territories.queries import colleagues

MOST_TOGETHER = 200
"""So many households may be chosen for one act."""


class TooManyChosen(Exception):
    """More households were chosen than one act takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """
    Households chosen together, in the order they were chosen.

    `lost` counts what was asked for and is not in the actor's list: nothing tells a household that never was from one
    that they may not know of.
    """

    households: tuple[Household, ...]
    lost: int


def chosen(pks: Sequence[int], *, actor: Actor, on: date, locks: bool = False) -> Chosen:
    """
    Find the households chosen together, perhaps to act on them.

    :raises TooManyChosen: past two hundred.
    """
    wanted = list(dict.fromkeys(pks))
    if len(wanted) > MOST_TOGETHER:
        raise TooManyChosen(len(wanted))
    rows = Household.objects.visible_to(actor, on=on).filter(pk__in=wanted).select_related("territory").order_by("pk")
    found = {row.pk: row for row in (rows.select_for_update(of=("self",)) if locks else rows)}
    return Chosen(
        households=tuple(found[pk] for pk in wanted if pk in found), lost=sum(pk not in found for pk in wanted)
    )


def named_in(households: Iterable[Household], *, on: date, actor: Actor) -> dict[int, list[str]]:
    """Name the workers whom the circles of some households name on a day; nobody, to who does not open files."""
    if not actor.may(Can.SEE_HOUSEHOLD):
        return {}
    rows = (
        CircleMembership.objects.naming_somebody_on(on)
        .filter(household__in=[each.pk for each in households])
        .order_by("user__full_name", "pk")
    )
    found: dict[int, list[str]] = defaultdict(list)
    for pk, name in rows.values_list("household_id", "user__full_name"):
        if name not in found[pk]:
            found[pk].append(name)
    return found


def followers(*, on: date, actor: Actor) -> list[tuple[int, str]]:
    """List the actor's colleagues who follow households: at work today, or gone and still named in a circle."""
    named = (
        CircleMembership.objects.naming_somebody_on(on).filter(organisation=actor.organisation_id).order_by("user_id")
    )
    found = {row.user_id: row.user.full_name for row in colleagues(on=on, actor=actor)}
    found |= dict(named.values_list("user_id", "user__full_name").distinct())
    found.pop(actor.user_id or 0, None)
    return sorted(found.items(), key=lambda each: (each[1].casefold(), each[0]))


def followers_of(households: Iterable[Household], *, on: date, actor: Actor) -> list[tuple[int, str]]:
    """List the workers of the actor's service whom the circles of some households name on a day."""
    rows = CircleMembership.objects.naming_somebody_on(on).filter(
        household__in=[each.pk for each in households], organisation=actor.organisation_id or 0
    )
    return list(rows.order_by("user__full_name", "user_id").values_list("user_id", "user__full_name").distinct())


def followed_by(user_id: int, *, on: date, actor: Actor) -> QuerySet[CircleMembership]:
    """Give what names a worker of the actor's service in circles on a day."""
    return CircleMembership.objects.naming_somebody_on(on).filter(user=user_id, organisation=actor.organisation_id)
