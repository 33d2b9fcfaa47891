"""Where people live: observations are added, withdrawn with a reason, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from chezsoi import trail
from chezsoi.files.models import Source
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries
from chezsoi.people.actions.circles import Circle
from chezsoi.people.actions.drafts import NewSituation
from chezsoi.people.actions.facts import Facts
from chezsoi.people.actions.identity import Filing
from chezsoi.people.actions.pen import Pen, Recorder
from chezsoi.people.actions.persons import HasNoHousehold
from chezsoi.people.choices import MemberRole
from chezsoi.people.models import Household, HouseholdMember, Person, ResidentialSituation
from chezsoi.territories.access import Can


class AlreadyWithdrawn(Exception):
    """The observation was withdrawn before."""


class NeedsAReason(Exception):
    """A withdrawal says why."""


@transaction.atomic
def record_situation(
    *,
    actor: Actor,
    person: Person,
    situation: NewSituation,
    on: date,
    source: Source | None = None,
    recorder: Recorder | None = None,
) -> ResidentialSituation:
    """
    Add an observation of where somebody lives; members nobody ever asked inherit the lead's, marked derived.

    :raises InTheFuture: if it was observed after `on`.
    :raises SeenBeforeItBegan: if it began after it was observed.
    """
    pen = Pen(actor=actor, source=source, recorder=recorder)
    household = _household(person, actor)
    pen.authorize(Can.RECORD_SITUATION, household)
    facts = Facts(pen=pen, on=on)
    row = facts.situation(person, situation)
    held = list(household.members_on(on))
    if _is_lead(person, held):
        facts.derive(row, held)
    _note(pen, household, [row], on)
    Filing(pen=pen, on=on).seen_again([row])
    return row


@transaction.atomic
def record_household_situation(
    *,
    actor: Actor,
    household: Household,
    situation: NewSituation,
    on: date,
    source: Source | None = None,
    recorder: Recorder | None = None,
) -> list[ResidentialSituation]:
    """
    Add one observation for every present member, each their own: all were seen, or all move in together.

    :raises InTheFuture: if it was observed after `on`.
    :raises SeenBeforeItBegan: if it began after it was observed.
    """
    pen = Pen(actor=actor, source=source, recorder=recorder)
    pen.authorize(Can.RECORD_SITUATION, household)
    facts = Facts(pen=pen, on=on)
    rows = facts.situations([member.person for member in household.members_on(on)], situation)
    if rows:
        _note(pen, household, rows, on)
        Filing(pen=pen, on=on).seen_again(rows)
    return rows


@transaction.atomic
def withdraw_situation(
    *, actor: Actor, situation: ResidentialSituation, reason: str, on: date, recorder: Recorder | None = None
) -> ResidentialSituation:
    """
    Withdraw a mistaken observation, and what was derived from it; both stay readable with the reason.

    :raises NeedsAReason: if no reason is given.
    :raises AlreadyWithdrawn: if it was withdrawn before.
    """
    household = _household(situation.person, actor)
    pen = Pen(actor=actor, recorder=recorder)
    pen.authorize(Can.RECORD_SITUATION, household)
    if not reason.strip():
        raise NeedsAReason(situation.pk)
    if situation.withdrawn_at is not None:
        raise AlreadyWithdrawn(situation.pk)
    now = timezone.now()
    for row in (situation, *situation.derived.filter(withdrawn_at=None).order_by("pk")):
        pen.change(row, withdrawn_at=now, withdrawn_by=actor.user_id, withdrawal_reason=reason)
    Circle(household=household, on=on).touch(actor)
    trail.record(actor, "people.situation.withdrawn", situation, reason=reason, territory_id=household.territory_id)
    return situation


def _household(person: Person, actor: Actor) -> Household:
    household = queries.household_of(person, actor=actor)
    if household is None:
        raise HasNoHousehold(person.pk)
    return household


def _is_lead(person: Person, held: list[HouseholdMember]) -> bool:
    return any(row.person_id == person.pk and row.role == MemberRole.LEAD for row in held)


def _note(pen: Pen, household: Household, rows: Sequence[ResidentialSituation], on: date) -> None:
    """Note what was observed of a household, all of it on one day."""
    if household.last_contact_on is None or household.last_contact_on < rows[0].observed_on:
        pen.change(household, last_contact_on=rows[0].observed_on)
    Circle(household=household, on=on).touch(pen.actor)
    for row in rows:
        detail = {"person": row.person_id, "origin": str(row.origin)}
        trail.record(pen.actor, "people.situation.recorded", row, detail=detail, territory_id=household.territory_id)
