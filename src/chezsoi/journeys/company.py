"""Who wishes to live with others in a territory, with whom, and with whom not, as the matching engine reads it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Q, QuerySet

from chezsoi.allocation.choices import HOLDING, CandidacyState, Company
from chezsoi.allocation.models import CompanyWish, SharingWish
from chezsoi.allocation.models.sharing import kept_apart, roommates
from chezsoi.engines.matching import joint
from chezsoi.homes.models import Dwelling
from chezsoi.journeys.drawing import refuse_unless_drawing_here
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.territories.models import Territory

Couples = set[tuple[int, int]]
ON_THE_WAY = (*HOLDING, CandidacyState.PROPOSED, CandidacyState.DECIDED)


def sharing(territory: Territory, on: date) -> dict[int, tuple[str, date]]:
    """Give, by household, its last word on or before a day, and the day of it; without a word, nothing."""
    rows = SharingWish.objects.filter(household__territory=territory, stated_on__lte=on).order_by("stated_on", "pk")
    return {household: (wish, day) for household, wish, day in rows.values_list("household_id", "wish", "stated_on")}


def company(territory: Territory, *, on: date, actor: Actor) -> joint.Company:
    """
    Gather the wishes and refusals of company that count on a day, without anybody's reason.

    One refusal is enough for two to stay apart; a wish counts when both have it.

    Raises
    ------
    NotAllowed
        If the role draws no round, or works elsewhere.
    """
    refuse_unless_drawing_here(actor, territory)
    words = _said(territory, on)
    refused, wished = kept_apart(words), set(words.filter(kind=Company.WITH).values_list("household_id", "other_id"))
    refs = dict(Household.objects.filter(territory=territory).values_list("pk", "reference"))
    apart = {_named(each, refs) for each in refused}
    together = {_named(each, refs) for each in wished if each[::-1] in wished}
    return joint.Company(
        apart=tuple(sorted(apart)),
        together=tuple(sorted(together - apart)),
        barred=tuple(sorted(_barred(territory, refused, refs))),
    )


def _said(territory: Territory, on: date) -> QuerySet[CompanyWish]:
    running = Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)
    return CompanyWish.objects.filter(running, household__territory=territory, stated_on__lte=on)


def _barred(territory: Territory, apart: Couples, refs: dict[int, str]) -> set[tuple[str, str]]:
    """Pair each shared home with those who must not live with somebody who is proposed a room of it, or holds one."""
    refused: dict[int, set[int]] = defaultdict(set)
    for one, other in apart:
        refused[one].add(other)
        refused[other].add(one)
    homes = Dwelling.objects.filter(territory=territory, let_rooms__isnull=False).distinct()
    return {
        (home, refs[each])
        for pk, home in homes.values_list("pk", "reference")
        for lives_there in roommates(pk, states=ON_THE_WAY).values_list("household_id", flat=True)
        for each in refused[lives_there]
    }


def _named(couple: tuple[int, int], refs: dict[int, str]) -> tuple[str, str]:
    one, other = (refs[each] for each in couple)
    return (min(one, other), max(one, other))
