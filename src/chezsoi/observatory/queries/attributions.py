"""The social homes allocated in a year, each written once and reported both ways: by priority list, by request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chezsoi.allocation import queries as allocation
from chezsoi.allocation.models import Decision, PoolLabel, PriorityLabel
from chezsoi.fields import blind_index
from chezsoi.kernel.actor import Actor
from chezsoi.observatory.choices import Indicator
from chezsoi.observatory.queries.figures import counted_leases, social_leases
from chezsoi.observatory.queries.rows import PSEUDONYM_LENGTH
from chezsoi.tenancies.models import Lease
from chezsoi.territories.access import Can, NotAllowed
from chezsoi.territories.models import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAList:
    """A priority list the household stood on when the home was allocated."""

    pool: str
    since: date
    issuer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One social lease, told in both reports; that of a protected household has no place."""

    pseudonym: str
    signed_on: date
    commune: str
    reservation_holder: str
    is_homeless: bool
    grounds: tuple[str, ...]
    lists: tuple[OnAList, ...]


def attributions(territory: Territory, *, year: int, actor: Actor) -> tuple[Attribution, ...]:
    """
    List the social leases signed in a year, with the lists and grounds that counted when they were allocated.

    What counted on the day of the decision, on the day of the signature or on its eve is told: a label that another
    office lifts because the household is housed is not lost. Homeless is as the card `attribution.homeless` says.

    Raises
    ------
    NotAllowed
        If the role does not read rows, or works elsewhere.
    """
    if not actor.may(Can.SEE_INDICATOR_ROWS) or territory.pk not in actor.territory_ids:
        raise NotAllowed(f"{actor.role} may not read rows here")
    homeless = {row.pk for row in counted_leases(Indicator.ATTRIBUTION_HOMELESS, territory, year=year, actor=actor)}
    leases = social_leases(territory, year=year, actor=actor)
    read = _Read.of(leases, actor=actor)
    return tuple(read.attribution(row, year, is_homeless=row.pk in homeless) for row in leases)


def days_of_allocation(leases: Iterable[Lease], *, actor: Actor) -> dict[int, set[date]]:
    """Give, by lease, the days on which a list, or a ground, counts: of its decision, of its signature, and the eve."""
    rows = list(leases)
    decisions = Decision.objects.filter(candidacy__in=[row.candidacy_id for row in rows if row.candidacy_id])
    decided = dict(decisions.values_list("candidacy_id", "decided_on"))
    days = {row.pk: {row.signed_on, row.signed_on - timedelta(days=1)} for row in rows}
    for row in rows:
        days[row.pk] |= {decided[row.candidacy_id]} if row.candidacy_id in decided else set()
    return days


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    lists: dict[int, list[PoolLabel]]
    grounds: dict[int, list[PriorityLabel]]
    days: dict[int, set[date]]

    @classmethod
    def of(cls, leases: list[Lease], *, actor: Actor) -> _Read:
        households = {lease.household_id for lease in leases}
        lists: dict[int, list[PoolLabel]] = defaultdict(list)
        for listed in PoolLabel.objects.filter(request__household__in=households).select_related("request"):
            lists[listed.request.household_id].append(listed)
        grounds: dict[int, list[PriorityLabel]] = defaultdict(list)
        readable = allocation.readable_labels(actor=actor)
        held = PriorityLabel.objects.filter(request__household__in=households, label__in=readable)
        for ground in held.select_related("request"):
            grounds[ground.request.household_id].append(ground)
        return cls(lists=lists, grounds=grounds, days=days_of_allocation(leases, actor=actor))

    def attribution(self, lease: Lease, year: int, *, is_homeless: bool) -> Attribution:
        days = self.days[lease.pk]
        lists = {
            (row.pool, row.labelled_on): OnAList(pool=row.pool, since=row.labelled_on, issuer=row.issuer)
            for row in self.lists[lease.household_id]
            if any(row.counts_on(day) for day in days)
        }
        newest = {pool: lists[pool, since] for pool, since in sorted(lists)}
        grounds = {row.label for row in self.grounds[lease.household_id] if any(row.counts_on(day) for day in days)}
        is_protected = lease.household.is_protected
        commune = lease.dwelling.commune
        return Attribution(
            pseudonym=blind_index(str(lease.household_id), purpose=f"observatory:{year}")[:PSEUDONYM_LENGTH],
            signed_on=lease.signed_on,
            commune="" if is_protected or commune is None else commune.name,
            reservation_holder=lease.offer.reservation_holder,
            is_homeless=is_homeless,
            grounds=tuple(sorted(grounds)),
            lists=tuple(newest.values()),
        )
