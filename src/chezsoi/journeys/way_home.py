"""From the street to a home: how many an association met, handed over and saw housed; the support it brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.observatory.choices import Indicator
from chezsoi.observatory.queries.figures import counted_leases
from chezsoi.support.choices import MEETING_TEAMS, ContactPlace, Intensity, MeasureState, TeamKind
from chezsoi.support.models import Contact, Handover, SupportMeasure
from chezsoi.support.models.intensities import intensity_on
from chezsoi.tenancies.models import Lease
from chezsoi.territories.access import Can, NotAllowed
from chezsoi.territories.models import Territory

STEPS_BACK = (timedelta(days=365), timedelta(days=182), timedelta(days=91), timedelta(0))
WHERE_THEY_ARE = (ContactPlace.STREET, ContactPlace.SQUAT, ContactPlace.MAKESHIFT, ContactPlace.DAY_CENTRE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnADay:
    """How many measures of the association ran at each intensity on a day."""

    on: date
    counts: dict[str, int]

    @property
    def all(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class WayHome:
    """
    What became, up to a day, of the households met for the first time in a year; and the support of all it follows.

    `days` is the median from the first meeting to the lease, None while nobody is housed. These are counts of one
    association's own acts: not what the meeting caused, and not everybody without a home.
    """

    year: int
    met: int
    handed: int
    taken_up: int
    housed: int
    straight: int
    days: int | None
    intensities: tuple[OnADay, ...]
    stopped: int
    stopped_at_home: int


def read(*, year: int, on: date, actor: Actor) -> WayHome:
    """
    Count what the actor's own association did, whoever may still open the files.

    :raises NotAllowed: if the actor's role does not read support, or they work for no organisation.
    """
    if not actor.may(Can.SEE_SUPPORT) or actor.organisation_id is None:
        raise NotAllowed(f"{actor.role} reads no support here")
    first = {pk: day for pk, day in _first_meetings(actor) if day.year == year and day <= on}
    handovers = Handover.objects.filter(
        organisation=actor.organisation_id, household__in=first, to_team=TeamKind.HOUSING, cancelled_on=None
    )
    leases = _leases(first, on)
    straight = _straight(leases, actor)
    days = [(lease.starts_on - first[lease.household_id]).days for lease in leases]
    stopped = _measures(actor).filter(Q(state=MeasureState.ENDED) | Q(state=MeasureState.OFFERED))
    return WayHome(
        year=year,
        met=len(first),
        handed=handovers.values("household").distinct().count(),
        taken_up=handovers.exclude(taken_up_on=None).values("household").distinct().count(),
        housed=len(leases),
        straight=straight,
        days=round(median(days)) if days else None,
        intensities=tuple(_on(actor, on - back) for back in STEPS_BACK),
        stopped=stopped.values("household").distinct().count(),
        stopped_at_home=stopped.filter(_lives_in_a_home()).values("household").distinct().count(),
    )


def _first_meetings(actor: Actor) -> Iterator[tuple[int, date]]:
    """Give each household's first meeting where it was, by a team that goes to people."""
    met = Contact.objects.filter(
        organisation=actor.organisation_id,
        household__territory__in=actor.territory_ids,
        team__in=MEETING_TEAMS,
        place__in=WHERE_THEY_ARE,
        cancelled_on=None,
    )
    yield from met.values_list("household").annotate(first=Min("met_on")).order_by("household")


def _leases(first: dict[int, date], on: date) -> list[Lease]:
    """Give the first lease of each household since it was met."""
    rows = Lease.objects.filter(household__in=first, voided_at=None, starts_on__lte=on)
    found: dict[int, Lease] = {}
    for lease in rows.select_related("household").order_by("starts_on", "pk"):
        if lease.starts_on >= first[lease.household_id]:
            found.setdefault(lease.household_id, lease)
    return list(found.values())


def _straight(leases: list[Lease], actor: Actor) -> int:
    """Count those the card `direct_access.households` counts: no stay in accommodation in between."""
    counted: set[int] = set()
    for place, year in sorted({(lease.territory_id, lease.signed_on.year) for lease in leases}):
        territory = Territory.objects.get(pk=place)
        rows = counted_leases(Indicator.DIRECT_ACCESS_HOUSEHOLDS, territory, year=year, actor=actor)
        counted |= {row.pk for row in rows}
    return sum(lease.pk in counted for lease in leases)


def _measures(actor: Actor) -> QuerySet[SupportMeasure]:
    rows = SupportMeasure.objects.filter(
        organisation=actor.organisation_id, household__territory__in=actor.territory_ids
    )
    return rows.exclude(state=MeasureState.CANCELLED)


def _lives_in_a_home() -> Exists:
    return Exists(Lease.objects.filter(household=OuterRef("household"), voided_at=None, ended_on=None))


def _on(actor: Actor, day: date) -> OnADay:
    """Count by intensity the measures that were open on a day."""
    open_then = Q(ended_on=None) | Q(ended_on__gt=day)
    rows = _measures(actor).filter(open_then, opened_on__lte=day).annotate(then=intensity_on(day))
    counted = Counter(rows.values_list("then", flat=True))
    return OnADay(on=day, counts={each.value: counted[each.value] for each in Intensity})
