"""What happens to a household, with all it changes elsewhere, remembered as one change that can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from chezsoi.allocation import actions as allocation
from chezsoi.allocation.choices import CandidacyState
from chezsoi.allocation.models import Candidacy
from chezsoi.kernel.actor import Actor
from chezsoi.people import actions as people
from chezsoi.people.choices import LifeEvent
from chezsoi.people.models import Household, Person
from chezsoi.support import actions as support
from chezsoi.support.models import SupportMeasure, Task
from chezsoi.tenancies import actions as tenancies
from chezsoi.tenancies.models import Lease
from chezsoi.territories.access import Can, consequences_of

JOURNEY = "lives_change"
FILE_CLOSED = "file closed"


class AnswersAnOffer(Exception):
    """A home is offered to, or accepted by, those who would join: they answer it, or sign, first."""


class BothHoused(Exception):
    """Both households have a home of their own: one lease is ended first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """Who leaves a household, when and why; what goes with them; whether their new file is protected."""

    leaving: tuple[Person, ...]
    on: date
    reason: str = ""
    new_lead: Person | None = None
    protects: bool = False
    takes_home: bool = False
    takes_support: bool = False


@transaction.atomic
def part(*, actor: Actor, household: Household, parting: Parting) -> Household:
    """
    Let a household part: those who leave have a file of their own, and a request as old as the one they leave.

    The home and the support stay with the former file unless they are said to go with those who leave. Candidacies
    stay: nobody loses a home under way because somebody left.

    Raises what `people.actions.split_household` refuses.
    """
    steps = people.Steps()
    opened = people.split_household(
        actor=actor,
        household=household,
        leaving=parting.leaving,
        on=parting.on,
        reason=parting.reason,
        new_lead=parting.new_lead,
        protects=parting.protects,
        recorder=steps,
    )
    journey = _journey(actor)
    allocation.share_seniority(actor=journey, household=household, opened=opened, on=parting.on, notes=steps)
    if parting.takes_home:
        _hand_over_home(journey, household, opened, steps)
    if parting.takes_support:
        _hand_over_support(journey, household, opened, steps)
    event = people.Event(
        kind=LifeEvent.SPLIT, on=parting.on, persons=parting.leaving, reason=parting.reason, other=opened
    )
    people.remember_change(actor=actor, household=household, event=event, steps=steps)
    return opened


@transaction.atomic
def join(
    *,
    actor: Actor,
    household: Household,
    leaving: tuple[Person, ...],
    into: Household,
    on: date,
    reason: str = "",
    new_lead: Person | None = None,
) -> Household:
    """
    Let members of a household, or all of them, live in another; both numbers and both histories stay.

    When everybody goes, their home, their support and the older of the two requests go with them, and the candidacies
    that were only proposed end with the file.

    :raises AnswersAnOffer: if everybody goes while a home is offered to them, or accepted.
    :raises BothHoused: if everybody goes while each of the two households has a lease.
    Also raises what `people.actions.move_into` refuses.
    """
    steps = people.Steps()
    people.move_into(
        actor=actor, household=household, leaving=leaving, into=into, on=on, reason=reason, new_lead=new_lead,
        recorder=steps,
    )  # fmt: skip
    if household.closed_on is not None:
        _bring_all(_journey(actor), household, into, steps)
    event = people.Event(kind=LifeEvent.JOINED, on=on, persons=leaving, reason=reason, other=into)
    people.remember_change(actor=actor, household=household, event=event, steps=steps)
    return into


@transaction.atomic
def die(
    *, actor: Actor, household: Household, person: Person, on: date, reason: str = "", new_lead: Person | None = None
) -> Household:
    """
    Record a death. Those who live on keep everything; when nobody is left, what was under way ends without a word why.

    Raises what `people.actions.record_death` refuses.
    """
    steps = people.Steps()
    people.record_death(
        actor=actor, household=household, person=person, on=on, new_lead=new_lead, reason=reason, recorder=steps
    )
    if household.closed_on is not None:
        journey = _journey(actor)
        allocation.withdraw_candidacies(actor=journey, household=household, notes=steps)
        allocation.close_request(actor=journey, household=household, notes=steps)
        end_support(journey, household, on, steps)
    event = people.Event(kind=LifeEvent.DIED, on=on, persons=(person,), reason=reason)
    people.remember_change(actor=actor, household=household, event=event, steps=steps)
    return household


@transaction.atomic
def come_back(
    *, actor: Actor, household: Household, person: Person, role: str, on: date, reason: str = ""
) -> Household:
    """
    Let somebody come back; a file that had closed opens again, with its request and its seniority.

    Raises what `people.actions.rejoin` refuses.
    """
    steps = people.Steps()
    was_closed = household.closed_on is not None
    people.rejoin(actor=actor, household=household, person=person, role=role, on=on, reason=reason, recorder=steps)
    if was_closed:
        allocation.reopen_request(actor=_journey(actor), household=household, notes=steps)
    event = people.Event(kind=LifeEvent.RETURNED, on=on, persons=(person,), reason=reason)
    people.remember_change(actor=actor, household=household, event=event, steps=steps)
    return household


def lease_in_force(household: Household) -> Lease | None:
    """Give the lease under which a household lives."""
    rows = Lease.objects.filter(household=household, ended_on=None, voided_at=None)
    return rows.select_related("dwelling").first()


def support_running(household: Household) -> list[SupportMeasure]:
    """List the measures of support of a household that have not ended."""
    return list(SupportMeasure.objects.filter(household=household, ended_on=None).order_by("pk"))


def end_support(journey: Actor, household: Household, on: date, steps: people.Steps) -> None:
    """End what support a file that closes still has, in words that say nothing."""
    for task in Task.objects.filter(household=household, done_on=None, cancelled_on=None).order_by("pk"):
        support.cancel_task(actor=journey, task=task, on=on)
        steps.updated(task, {"cancelled_on": None})
    for measure in support_running(household):
        before = {"state": measure.state, "ended_on": None, "end_reason": measure.end_reason}
        support.end_measure(actor=journey, measure=measure, ended_on=max(on, measure.opened_on), reason=FILE_CLOSED)
        steps.updated(measure, before)


def _journey(actor: Actor) -> Actor:
    rights = (Can.RECORD_REQUEST, Can.RECORD_ANSWER, Can.SIGN_LEASE, Can.RECORD_SUPPORT)
    return consequences_of(actor, JOURNEY, *rights)


def _bring_all(journey: Actor, household: Household, into: Household, steps: people.Steps) -> None:
    waiting = (CandidacyState.OFFERED, CandidacyState.ACCEPTED)
    if Candidacy.objects.filter(household=household, state__in=waiting).exists():
        raise AnswersAnOffer(household.pk)
    if lease_in_force(household) and lease_in_force(into):
        raise BothHoused(household.pk)
    allocation.withdraw_candidacies(actor=journey, household=household, notes=steps)
    allocation.join_requests(actor=journey, household=household, into=into, notes=steps)
    _hand_over_home(journey, household, into, steps)
    _hand_over_support(journey, household, into, steps)


def _hand_over_home(journey: Actor, household: Household, to: Household, steps: people.Steps) -> None:
    lease = lease_in_force(household)
    if lease is not None:
        tenancies.hand_over_lease(actor=journey, lease=lease, household=to)
        steps.updated(lease, {"household": household})


def _hand_over_support(journey: Actor, household: Household, to: Household, steps: people.Steps) -> None:
    for measure in support_running(household):
        tasks = support.hand_over_measure(actor=journey, measure=measure, household=to)
        for row in (measure, *tasks):
            steps.updated(row, {"household": household})
