"""One act on several households: each is done as it would be alone, or left as it was with the reason why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries
from chezsoi.people.actions.circles import (
    AlreadyInTheCircle,
    Circle,
    NotInThisTerritory,
    ObjectsToSharing,
    close_circle,
    open_circle,
)
from chezsoi.people.actions.drafts import NewSituation
from chezsoi.people.actions.parting import FileClosed
from chezsoi.people.actions.pen import Pen
from chezsoi.people.actions.registering import NeedsALead
from chezsoi.people.actions.situations import record_household_situation, record_situation, withdraw_situation
from chezsoi.people.choices import CircleBasis, WhyLeft
from chezsoi.people.models import CircleMembership, Household, ResidentialSituation
from chezsoi.territories import queries as territories
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Organisation, User

WHY_LEFT: dict[type[Exception], WhyLeft] = {
    FileClosed: WhyLeft.CLOSED,
    AlreadyInTheCircle: WhyLeft.NAMED,
    NotInThisTerritory: WhyLeft.ELSEWHERE,
    ObjectsToSharing: WhyLeft.OBJECTS,
    NeedsALead: WhyLeft.EMPTY,
}
REFUSALS = tuple(WHY_LEFT)


@dataclass(slots=True, kw_only=True)
class Outcome:
    """
    What one act did: the households done, the rows written, those left as they were and why, and those not found.

    `closed` keeps, of each membership that ended, the end it had.
    """

    done: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    closed: list[tuple[int, str]] = field(default_factory=list)
    left: dict[int, WhyLeft] = field(default_factory=dict)
    lost: int = 0


@transaction.atomic
def hand_over(*, actor: Actor, households: Sequence[int], to: User, on: date, instead_of: int | None = None) -> Outcome:
    """
    Name a colleague in the circle of several households, perhaps instead of another, who leaves it that day.

    Left as they were: closed files, those the colleague follows already or where they have no role on that day, those
    whose people object.

    :raises TooManyChosen: past two hundred households.
    """
    authorize(actor, Can.MANAGE_CIRCLE)
    found = queries.chosen(households, actor=actor, on=on, locks=True)
    organisation = territories.own_organisation(actor=actor)
    places = set(territories.colleagues(on=on, actor=actor).filter(user=to).values_list("territory_id", flat=True))
    outcome = Outcome(lost=found.lost)
    for household in found.households:
        try:
            if household.territory_id not in places:
                raise NotInThisTerritory(to.pk)
            opened = _name(actor, household, organisation, to, on)
        except REFUSALS as refused:
            outcome.left[household.pk] = WHY_LEFT[type(refused)]
        else:
            outcome.done.append(household.pk)
            outcome.rows.append(opened.pk)
            outcome.closed += _release(actor, opened, instead_of, on)
    return outcome


@transaction.atomic
def take_hand_over_back(
    *, actor: Actor, memberships: Sequence[int], on: date, closed: Sequence[tuple[int, str]] = ()
) -> None:
    """
    Take out of circles, as a whole, the colleague who was named there; whoever left them for it is there again.

    :raises CircleAlreadyClosed: if one of the memberships ended since; nothing is taken back then.
    :raises AlreadyInTheCircle: if whoever left was named again since; nothing either.
    """
    ends = dict(closed)
    # First: who undoes may be who left, and would find nothing to undo.
    for row in CircleMembership.objects.filter(pk__in=ends).select_related("household").order_by("pk"):
        _give_back(actor, row, date.fromisoformat(ends[row.pk]) if ends[row.pk] else None, on)
    for row in CircleMembership.objects.filter(pk__in=memberships).select_related("household").order_by("pk"):
        close_circle(actor=actor, membership=row, on=row.starts_on, reason=_("Handed over by mistake."))


@transaction.atomic
def meet(*, actor: Actor, households: Sequence[int], situation: NewSituation, everybody: bool, on: date) -> Outcome:
    """
    Add one observation to each of several households: of whom it is named after or, with `everybody`, of each member.

    Left as they were: closed files, and those where nobody lives.

    :raises TooManyChosen: past two hundred households.
    :raises InTheFuture: if it was observed after `on`.
    :raises SeenBeforeItBegan: if it began after it was observed.
    """
    authorize(actor, Can.RECORD_SITUATION)
    found = queries.chosen(households, actor=actor, on=on, locks=True)
    outcome = Outcome(lost=found.lost)
    for household in found.households:
        try:
            rows = _see(actor, household, situation, everybody, on)
        except REFUSALS as refused:
            outcome.left[household.pk] = WHY_LEFT[type(refused)]
        else:
            outcome.done.append(household.pk)
            outcome.rows += [row.pk for row in rows]
    return outcome


@transaction.atomic
def take_meeting_back(*, actor: Actor, situations: Sequence[int], on: date) -> None:
    """
    Withdraw, as a whole, the observations of one meeting; they stay readable with the reason.

    :raises AlreadyWithdrawn: if one of them was withdrawn since; nothing is taken back then.
    """
    rows = ResidentialSituation.objects.filter(pk__in=situations).select_related("person").order_by("pk")
    for row in rows:
        withdraw_situation(actor=actor, situation=row, reason=_("Noted by mistake."), on=on)


def _name(actor: Actor, household: Household, organisation: Organisation, to: User, on: date) -> CircleMembership:
    """Name a colleague on the ground on which the service is in the circle; else on that of who sends them."""
    _refuse_closed(household, on)
    held = Circle(household=household, on=on).memberships().filter(organisation=organisation)
    ground = held.order_by("starts_on", "pk").first()
    return open_circle(
        actor=actor,
        household=household,
        organisation=organisation,
        basis=ground.basis if ground is not None else CircleBasis.REFERRAL,
        purpose="hand-over",
        on=on,
        user=to,
        # Outside its circle a protected file is nowhere: a colleague named for a time would lose it in silence.
        lasts=household.is_protected,
    )


def _release(actor: Actor, opened: CircleMembership, user_id: int | None, on: date) -> list[tuple[int, str]]:
    """Take whoever stops out of a circle that a colleague has just entered."""
    circle = Circle(household=opened.household, on=on)
    held = circle.memberships().filter(organisation=opened.organisation_id, user=user_id, user__isnull=False)
    row = held.exclude(pk=opened.pk).order_by("pk").first()
    if row is None:
        return []
    ended = (row.pk, row.ends_on.isoformat() if row.ends_on else "")
    close_circle(actor=actor, membership=row, on=on, reason=_("Handed over to a colleague."))
    return [ended]


def _give_back(actor: Actor, row: CircleMembership, ends_on: date | None, on: date) -> None:
    household = row.household
    again = Circle(household=household, on=on).memberships().filter(organisation=row.organisation_id, user=row.user_id)
    if again.exists():
        raise AlreadyInTheCircle(row.pk)
    Pen(actor=actor).change(row, ends_on=ends_on)
    # Allowed once it is written: who undoes may be who left, and is refused, with all of the undoing, if it is not so.
    authorize(actor, Can.MANAGE_CIRCLE, household)
    detail = {"organisation": row.organisation_id, "household": household.pk}
    trail.record(actor, "people.circle.given_back", row, detail=detail, territory_id=household.territory_id)


def _see(
    actor: Actor, household: Household, situation: NewSituation, everybody: bool, on: date
) -> list[ResidentialSituation]:
    _refuse_closed(household, on)
    first = household.members_on(on).first()
    if first is None:
        raise NeedsALead(household.pk)
    if everybody:
        return record_household_situation(actor=actor, household=household, situation=situation, on=on)
    return [record_situation(actor=actor, person=first.person, situation=situation, on=on)]


def _refuse_closed(household: Household, on: date) -> None:
    if not household.is_open_on(on):
        raise FileClosed(household.pk)
