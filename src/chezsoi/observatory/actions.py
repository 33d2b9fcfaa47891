"""What changes the figures that come from elsewhere, and what keeps the others unchanged."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.observatory.models import ErasedCount, SocialAllocationTotal
from chezsoi.observatory.queries import contribution
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, NotAllowed, authorize
from chezsoi.territories.models import Territory


class TotalWithoutSource(Exception):
    """A total says where it comes from."""


@transaction.atomic
def record_total(
    *,
    actor: Actor,
    territory: Territory,
    year: int,
    value: int,
    source: str,
    dated_on: date,
    qualifier: str = "exact",
) -> SocialAllocationTotal:
    """
    Write down the total of all social allocations of a territory in a year, as published on a day.

    A total of the same day is corrected; one of another day stands beside it, and the latest is used.

    :raises TotalWithoutSource: without a source.
    """
    authorize(actor, Can.RECORD_TOTAL)
    if territory.pk not in actor.territory_ids:
        raise NotAllowed("another territory's total")
    if not source.strip():
        raise TotalWithoutSource
    total, _created = SocialAllocationTotal.objects.update_or_create(
        territory=territory,
        year=year,
        dated_on=dated_on,
        defaults={"value": value, "source": source.strip(), "qualifier": qualifier},
    )
    trail.record(actor, "observatory.total.recorded", total, detail={"year": year, "value": value})
    return total


@transaction.atomic
def keep_counts(*, actor: Actor, household: Household) -> None:
    """Add what a household counts for to the counts of erased files, before its own file is erased."""
    authorize(actor, Can.PURGE_FILES, ErasedCount(territory=household.territory))
    for (territory, code, version, year), value in contribution(household, actor=actor).items():
        row, _created = ErasedCount.objects.get_or_create(
            territory=territory, indicator=code, version=version, year=year
        )
        ErasedCount.objects.filter(pk=row.pk).update(value=F("value") + value)
