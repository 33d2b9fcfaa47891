"""What happened in a period to the households an actor may see: the one reading that both sheets are written from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from chezsoi.allocation import queries as allocation
from chezsoi.allocation.choices import CommissionKind
from chezsoi.allocation.models import (
    Decision,
    HouseholdAnswer,
    HousingRequest,
    PoolLabel,
    PriorityLabel,
    RequestEvent,
)
from chezsoi.kernel.actor import Actor
from chezsoi.observatory import queries as observatory
from chezsoi.people.models import Household, households_seen_by
from chezsoi.tenancies.models import Lease
from chezsoi.territories.access import Can, NotAllowed
from chezsoi.territories.models import Territory

Priority = TypeVar("Priority", PoolLabel, PriorityLabel)
HELD = "held"
"""Stands for a number that is known, where nobody needs to read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Which days, both counted, in which territory."""

    territory: Territory
    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The rows of a period; `has_numbers` tells whether the numbers were deciphered."""

    period: Period
    has_numbers: bool
    requests: dict[int, HousingRequest]
    listed: dict[int, list[PoolLabel]]
    grounds: dict[int, list[PriorityLabel]]
    acts: list[RequestEvent]
    decisions: list[Decision]
    last_decisions: dict[int, Decision]
    answers: list[HouseholdAnswer]
    leases: list[Lease]
    days_of_allocation: dict[int, set[date]]
    situations: dict[int, str]

    def number_of(self, row: HousingRequest | PoolLabel | None) -> str:
        """Give a number in clear when it was asked for; else only whether there is one."""
        if row is None:
            return ""
        if self.has_numbers:
            return str(row.number)
        return HELD if row.number_index else ""

    def lists_of(self, lease: Lease, pools: Iterable[str]) -> list[PoolLabel]:
        """List where the household stood when a home was allocated to it: the newest row of each list that counted."""
        days = self.days_of_allocation[lease.pk]
        rows = [row for row in self.listed[lease.household_id] if any(row.counts_on(day) for day in days)]
        newest = {row.pool: row for row in rows if row.pool in pools}
        return [newest[pool] for pool in sorted(newest)]

    def grounds_of(self, household: int, days: Iterable[date]) -> list[str]:
        """List the grounds that counted on one of some days."""
        return sorted({row.label for row in self.grounds[household] if any(row.counts_on(day) for day in days)})


def read(period: Period, *, actor: Actor, with_numbers: bool = False) -> Records:
    """
    Read a period once; numbers stay sealed unless they are asked for.

    Raises
    ------
    NotAllowed
        If the role does not compare registers, or asks for numbers it does not send, or works elsewhere.
    """
    needed = Can.REPORT_TO_REGISTERS if with_numbers else Can.COMPARE_REGISTERS
    if not actor.may(needed) or period.territory.pk not in actor.territory_ids:
        raise NotAllowed(f"{actor.role} may not {needed} here")
    seen = households_seen_by(actor)
    leases = _leases(period, seen)
    decisions = _decisions(period, seen)
    return Records(
        period=period,
        has_numbers=with_numbers,
        requests={row.household_id: row for row in _requests(seen, with_numbers)},
        listed=_by_household(_sealed(PoolLabel.objects.filter(request__household__in=seen), with_numbers)),
        grounds=_by_household(
            PriorityLabel.objects.filter(
                request__household__in=seen, label__in=allocation.readable_labels(actor=actor)
            ).select_related("request")
        ),
        acts=_acts(period, seen),
        decisions=decisions,
        last_decisions={row.candidacy.household_id: row for row in decisions},
        answers=_answers(period, seen),
        leases=leases,
        days_of_allocation=observatory.days_of_allocation(leases, actor=actor),
        situations=observatory.situations_before(leases, actor=actor),
    )


def _requests(seen: QuerySet[Household], with_numbers: bool) -> QuerySet[HousingRequest]:
    rows = HousingRequest.objects.filter(household__in=seen).select_related("household")
    return rows if with_numbers else rows.defer("number")


def _sealed(rows: QuerySet[PoolLabel], with_numbers: bool) -> QuerySet[PoolLabel]:
    rows = rows.select_related("request").order_by("labelled_on", "pk")
    return rows.defer("request__number") if with_numbers else rows.defer("number", "request__number")


def _by_household(rows: Iterable[Priority]) -> dict[int, list[Priority]]:
    found: dict[int, list[Priority]] = defaultdict(list)
    for row in rows:
        found[row.request.household_id].append(row)
    return found


def _acts(period: Period, seen: QuerySet[Household]) -> list[RequestEvent]:
    rows = RequestEvent.objects.filter(
        request__household__in=seen,
        request__household__territory=period.territory,
        happened_on__range=(period.first, period.last),
        cancelled_on=None,
    )
    return list(rows.select_related("request").defer("request__number").order_by("happened_on", "pk"))


def _decisions(period: Period, seen: QuerySet[Household]) -> list[Decision]:
    """List what commissions of social landlords decided up to the last day, the oldest first."""
    rows = Decision.objects.filter(
        candidacy__household__in=seen,
        candidacy__household__territory=period.territory,
        item__sitting__commission__kind=CommissionKind.CALEOL,
        decided_on__lte=period.last,
    )
    return list(rows.select_related("candidacy").order_by("decided_on", "pk"))


def _answers(period: Period, seen: QuerySet[Household]) -> list[HouseholdAnswer]:
    """List the homes offered that were not taken; it costs the household nothing here."""
    rows = HouseholdAnswer.objects.filter(
        letter__decision__candidacy__household__in=seen,
        letter__decision__candidacy__household__territory=period.territory,
        answered_on__range=(period.first, period.last),
        is_accepted=False,
    )
    return list(rows.select_related("letter__decision__candidacy").order_by("answered_on", "pk"))


def _leases(period: Period, seen: QuerySet[Household]) -> list[Lease]:
    rows = Lease.objects.filter(
        territory=period.territory,
        household__in=seen,
        is_social=True,
        voided_at=None,
        signed_on__range=(period.first, period.last),
    )
    return list(rows.select_related("household", "dwelling__commune", "offer").order_by("signed_on", "pk"))
