"""Which files have reached their term, what keeps the others, and what was erased: counts and digests, never a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from chezsoi.allocation.choices import HOLDING, RequestState
from chezsoi.allocation.models import Candidacy, HousingRequest
from chezsoi.fields import blind_index
from chezsoi.journeys.retention import owners
from chezsoi.journeys.retention.choices import Hold
from chezsoi.journeys.retention.contacts import last_contacts
from chezsoi.journeys.retention.models import ArchiveJustification, PurgeRun, Tombstone
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.dates import add_months
from chezsoi.law.retention import LEASE, OPEN_REQUEST, SOCIAL_FILE
from chezsoi.people.models import Household
from chezsoi.support.choices import MeasureState
from chezsoi.support.models import SupportMeasure
from chezsoi.tenancies.models import IN_FORCE, Lease
from chezsoi.territories import access
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import RoleAssignment, Territory

PURPOSE = "erased_file"
WATCH = "chezsoi.journeys.retention.tasks.watch"
_AT_ONCE = 500
_LIVE_CANDIDACY = tuple(state for state in HOLDING if state != "housed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """When the file of a household ends: the last contact, the day it is due, and what keeps it beyond."""

    household: int
    last_contact_on: date
    due_on: date
    holds: tuple[Hold, ...]

    def is_due_on(self, day: date) -> bool:
        return self.due_on <= day and not self.holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a purge would do on a day, and by the end of its month: counts alone."""

    territory: Territory
    on: date
    due: int
    due_this_month: int
    held: dict[str, int]
    last_day_kept: date
    homes: int


def terms(territory: Territory, *, on: date, actor: Actor) -> Iterator[Term]:
    """Give the term of each file whose time is over on a day, kept or not."""
    authorize(actor, Can.PURGE_FILES, Tombstone(territory=territory))
    last_day = SOCIAL_FILE.last_day_kept(on=on)
    silent = Q(last_contact_on=None) | Q(last_contact_on__lte=last_day)
    rows = Household.objects.filter(silent, territory=territory, created_on__lte=last_day).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        yield from _terms(Household.objects.filter(pk__in=keys[start : start + _AT_ONCE]).order_by("pk"), on)


def term_of(household: Household, *, on: date, actor: Actor) -> Term:
    """Give the term of one file; whoever may see the file may know it."""
    authorize(actor, Can.SEE_HOUSEHOLD, household)
    return next(iter(_terms([household], on, past_alone=False)))


def is_due(household: Household, *, on: date, actor: Actor) -> bool:
    """Tell whether the file of a household may no longer be kept on a day."""
    authorize(actor, Can.PURGE_FILES, Tombstone(territory=household.territory))
    return all(term.is_due_on(on) for term in _terms([household], on, past_alone=False))


def forecast(territory: Territory, *, on: date, actor: Actor) -> Forecast:
    """Count what a purge would erase on a day, what it would keep and why, and what falls due before the month ends."""
    month_ends_on = add_months(on.replace(day=1), 1)
    held: Counter[str] = Counter()
    due = later = 0
    for term in terms(territory, on=on, actor=actor):
        due += term.is_due_on(on)
        held.update(hold.value for hold in term.holds)
    for term in terms(territory, on=month_ends_on, actor=actor):
        later += term.is_due_on(month_ends_on)
    return Forecast(
        territory=territory,
        on=on,
        due=due,
        due_this_month=later,
        held=dict(sorted(held.items())),
        last_day_kept=SOCIAL_FILE.last_day_kept(on=on),
        homes=sum(len(each.dwellings) for each in owners.past_their_time(territory, on=on)),
    )


def runs(*, actor: Actor) -> QuerySet[PurgeRun]:
    """List the purges of the actor's territories, the last first."""
    authorize(actor, Can.PURGE_FILES)
    rows = PurgeRun.objects.filter(territory_id__in=actor.territory_ids).select_related("territory")
    return rows.order_by("-started_at", "-pk")


def territories_of(*, actor: Actor) -> list[Territory]:
    """List the territories where an actor may purge."""
    authorize(actor, Can.PURGE_FILES)
    return list(Territory.objects.filter(pk__in=actor.territory_ids).order_by("key"))


def every_territory(*, actor: Actor | None) -> frozenset[int]:
    """Give the keys of all territories, for the daily watch."""
    return frozenset(Territory.objects.order_by().values_list("pk", flat=True))


def is_watching(*, actor: Actor | None) -> bool:
    """Tell whether the daily watch waits for its hour."""
    return DBTaskResult.objects.filter(task_path=WATCH, status=TaskResultStatus.READY).exists()


def account_at_work(
    user_id: int | None, role: str, organisation_id: int | None, *, on: date, actor: Actor | None
) -> access.Actor | None:
    """Give an account in the role it ordered a purge in; None when it no longer holds it."""
    held = RoleAssignment.objects.in_force_on(on).filter(
        user_id=user_id or 0, role=role, organisation_id=organisation_id or 0
    )
    assignment = held.select_related("user").order_by("pk").first()
    return None if assignment is None else access.actor_for(assignment, on=on)


def justifications(household: Household, *, actor: Actor) -> list[ArchiveJustification]:
    """List why the file of a household is kept beyond its term, the last first."""
    authorize(actor, Can.SEE_HOUSEHOLD, household)
    return list(household.archive_justifications.order_by("-written_on", "-pk"))


def erased(territory: Territory, numbers: Iterable[tuple[int | None, str]], *, actor: Actor) -> dict[str, date]:
    """Tell which numbers, each of a source (None: of the territory itself), an erased file bore, and since when."""
    by_digest = {number_digest(source, number, actor=actor): number for source, number in numbers}
    found: dict[str, date] = {}
    digests = sorted(by_digest)
    for start in range(0, len(digests), _AT_ONCE):
        rows = Tombstone.objects.filter(territory=territory, digest__in=digests[start : start + _AT_ONCE])
        found |= {by_digest[digest]: day for digest, day in rows.order_by("pk").values_list("digest", "erased_on")}
    return found


def number_digest(source: int | None, number: str, *, actor: Actor) -> str:
    """Digest the number a source, or the territory itself, gives a file; the key never leaves the house."""
    return blind_index(f"{source or 0}:{number}", purpose=PURPOSE)


def _terms(rows: Iterable[Household], on: date, *, past_alone: bool = True) -> Iterator[Term]:
    households = list(rows)
    contacts = last_contacts(households, on=on)
    due = {pk: SOCIAL_FILE.ends_on(day, on=on) or date.max for pk, day in contacts.items()}
    over = {pk for pk, day in due.items() if day <= on or not past_alone}
    holds = _holds(over, on)
    for pk in sorted(over):
        yield Term(household=pk, last_contact_on=contacts[pk], due_on=due[pk], holds=tuple(holds.get(pk, ())))


def _holds(households: set[int], on: date) -> dict[int, list[Hold]]:
    found: dict[int, list[Hold]] = {}
    for hold, keys in (
        (Hold.LEASE_IN_FORCE, _of(Lease.objects.filter(IN_FORCE, household__in=households))),
        (Hold.LEASE_ENDED, _recent_tenants(households, on)),
        (Hold.OPEN_REQUEST, _asking(households, on)),
        (Hold.SUPPORT_RUNNING, _supported(households)),
        (Hold.HOME_OFFERED, _of(Candidacy.objects.filter(household__in=households, state__in=_LIVE_CANDIDACY))),
        (Hold.JUSTIFIED, _justified(households, on)),
    ):
        for key in sorted(keys):
            found.setdefault(key, []).append(hold)
    return found


def _of(rows: QuerySet[Lease] | QuerySet[Candidacy] | QuerySet[SupportMeasure]) -> set[int]:
    return set(rows.order_by().values_list("household_id", flat=True))


def _recent_tenants(households: set[int], on: date) -> set[int]:
    rows = Lease.objects.filter(household__in=households, voided_at=None, ended_on__gt=LEASE.last_day_kept(on=on))
    return _of(rows)


def _asking(households: set[int], on: date) -> set[int]:
    rows = HousingRequest.objects.filter(household__in=households, state=RequestState.ACTIVE)
    heard = rows.filter(heard_on__gt=OPEN_REQUEST.last_day_kept(on=on))
    return set(heard.order_by().values_list("household_id", flat=True))


def _supported(households: set[int]) -> set[int]:
    return _of(SupportMeasure.objects.filter(household__in=households, state=MeasureState.RUNNING, ended_on=None))


def _justified(households: set[int], on: date) -> set[int]:
    rows = ArchiveJustification.objects.filter(household__in=households, withdrawn_on=None, until_on__gt=on)
    return set(rows.order_by().values_list("household_id", flat=True))
