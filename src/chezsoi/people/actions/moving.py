"""A household goes to another territory, as it wishes: a service there is asked, answers, and its file goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries
from chezsoi.people.actions.circles import Circle, ObjectsToSharing
from chezsoi.people.actions.facts import Facts, InTheFuture
from chezsoi.people.actions.identity import Filing
from chezsoi.people.actions.members import NotAMember
from chezsoi.people.actions.pen import Pen, Recorder
from chezsoi.people.actions.situations import NeedsAReason
from chezsoi.people.choices import CircleBasis, Closing, InformationMeans, MoveState
from chezsoi.people.models import Household, HouseholdMember, HouseholdMove, Person, PossibleDuplicate
from chezsoi.people.models.households import draw_reference
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import RoleAssignment

CARRIED = ("wishes", "wishes_quality", "reach", "reach_quality", "stated_size", "size_quality", "is_protected")


class NotAReceiver(Exception):
    """Nobody of that service may register people there, or it is the territory they live in."""


class MoveUnderWay(Exception):
    """A service was asked already, and has not answered."""


class AlreadyAnswered(Exception):
    """The move was answered, or taken back, before."""


class AgreementOutOfDate(Exception):
    """The household is not the one that agreed any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """That the household agrees: when, how, who said so; whether services that work in both territories stay."""

    on: date
    how: InformationMeans | str
    by: Person
    keeps_circle: bool = False


@transaction.atomic
def ask_to_move(
    *, actor: Actor, household: Household, receiver: RoleAssignment, agreement: Agreement, on: date
) -> HouseholdMove:
    """
    Ask a service of another territory to receive a household that agrees; nothing else of it is known there yet.

    :raises NotAReceiver: if that service cannot receive it.
    :raises NotAMember: if who agreed does not live there.
    :raises InTheFuture: if the agreement is later than today.
    :raises ObjectsToSharing: if a member objects to opening the file to that service.
    :raises MoveUnderWay: if one waits for its answer.
    """
    authorize(actor, Can.REGISTER_PEOPLE, household)
    known = {(each.territory_id, each.organisation_id) for each in queries.receivers(household, on=on, actor=actor)}
    held = [row.person_id for row in household.members_on(on) if row.ends_on is None]
    if (receiver.territory_id, receiver.organisation_id) not in known:
        raise NotAReceiver(receiver.pk)
    if agreement.by.pk not in held:
        raise NotAMember(agreement.by.pk)
    if agreement.on > on:
        raise InTheFuture("agreed_on")
    if Circle(household=household, on=on).is_refused_to(receiver.organisation_id):
        raise ObjectsToSharing(receiver.organisation_id)
    move = HouseholdMove(
        household=household,
        to_territory_id=receiver.territory_id or 0,
        to_organisation_id=receiver.organisation_id,
        size=len(held),
        agreed_on=agreement.on,
        agreed_how=agreement.how,
        agreed_by=agreement.by,
        keeps_circle=agreement.keeps_circle,
        asked_by=actor.user_id,
    )
    try:
        with transaction.atomic():
            move.save()
    except IntegrityError as waiting:
        raise MoveUnderWay(household.pk) from waiting
    trail.record(actor, "people.move.asked", household, detail={"move": move.pk})
    return move


@transaction.atomic
def take_move_back(*, actor: Actor, move: HouseholdMove) -> HouseholdMove:
    """
    Stop asking: the household stays where it is, and loses nothing.

    :raises AlreadyAnswered: if it was answered, or taken back, before.
    """
    authorize(actor, Can.REGISTER_PEOPLE, move.household)
    held = _lock(move)
    if held.state != MoveState.ASKED:
        raise AlreadyAnswered(move.pk)
    _answer(Pen(actor=actor), held, MoveState.TAKEN_BACK)
    trail.record(actor, "people.move.taken_back", held.household, detail={"move": held.pk})
    return held


@transaction.atomic
def decline_move(*, actor: Actor, move: HouseholdMove, reason: str) -> HouseholdMove:
    """
    Decline to receive a household, with the reason its service will read; it keeps its place where it lives.

    :raises NeedsAReason: if no reason is given.
    """
    held = _lock(move)
    authorize(actor, Can.REGISTER_PEOPLE, held)
    if not reason.strip():
        raise NeedsAReason(move.pk)
    _answer(Pen(actor=actor), held, MoveState.DECLINED, reason=reason.strip())
    trail.record(actor, "people.move.declined", held, detail={"move": held.pk}, reason=reason.strip())
    return held


@transaction.atomic
def accept_move(*, actor: Actor, move: HouseholdMove, on: date, recorder: Recorder) -> Household:
    """
    Receive a household: a file and a number here for its people, with what they said; the former file is closed.

    Its circle there ends; here it is the actor's service or, for a protected one, the actor alone.

    :raises AgreementOutOfDate: if it is not the household that agreed any more.
    :raises ObjectsToSharing: if a member objects, since, to opening the file to this service.
    """
    held = _lock(move)
    authorize(actor, Can.REGISTER_PEOPLE, held)
    pen = Pen(actor=actor, recorder=recorder)
    former = held.household
    members = [row for row in former.members_on(on) if row.ends_on is None]
    if len(members) != held.size or held.agreed_by_id not in {row.person_id for row in members}:
        raise AgreementOutOfDate(held.pk)
    if Circle(household=former, on=on).is_refused_to(held.to_organisation_id):
        raise ObjectsToSharing(held.to_organisation_id)
    opened = pen.create(_file_there(held, on))
    _settle(pen, held, members, opened, on)
    _change_circles(pen, held, opened, on)
    for document in former.attachments.order_by("pk"):
        pen.change(document, household=opened)
    pen.edit(former, version=None, closed_on=on, closed_because=Closing.MOVED)
    _compare_anew(pen, held, {row.person_id for row in members}, on)
    _answer(pen, held, MoveState.ACCEPTED, opened=opened)
    trail.record(actor, "people.move.accepted", former, detail={"move": held.pk})
    trail.record(actor, "people.household.registered", opened, detail={"move": held.pk})
    return opened


def _lock(move: HouseholdMove) -> HouseholdMove:
    rows = HouseholdMove.objects.select_for_update(of=("self",)).select_related("household__territory", "to_territory")
    return rows.get(pk=move.pk)


def _answer(pen: Pen, move: HouseholdMove, state: MoveState, **values: object) -> None:
    pen.change(move, state=state, answered_at=timezone.now(), answered_by=pen.actor.user_id, **values)


def _file_there(move: HouseholdMove, on: date) -> Household:
    """Make the file that goes on, known since the same day: nothing that counts from it is lost."""
    carried = {name: getattr(move.household, name) for name in CARRIED}
    return Household(
        territory=move.to_territory,
        reference=draw_reference(),
        created_on=move.household.created_on,
        last_contact_on=on,
        **carried,
    )


def _settle(pen: Pen, move: HouseholdMove, members: list[HouseholdMember], opened: Household, on: date) -> None:
    facts = Facts(pen=pen, on=on)
    for row in members:
        pen.change(row, ends_on=on)
        facts.membership(opened, row.person, row.role)
        pen.change(row.person, territory=move.to_territory)


def _change_circles(pen: Pen, move: HouseholdMove, opened: Household, on: date) -> None:
    """End the circle there, open one here; those the household wishes to keep stay if they work in both."""
    held = list(move.household.circle.filter(Q(ends_on=None) | Q(ends_on__gt=on)).order_by("pk"))
    Circle(household=opened, on=on).open_to_own(pen)
    here = set(move.to_territory.organisations.values_list("pk", flat=True))
    circle = Circle(household=opened, on=on)
    for row in held:
        pen.change(row, ends_on=max(on, row.starts_on))
        inside = circle.memberships().filter(organisation=row.organisation_id, user=row.user_id).exists()
        if move.keeps_circle and row.organisation_id in here and not inside:
            circle.write(
                pen,
                row.organisation_id,
                basis=CircleBasis.AGREEMENT,
                purpose=str(CircleBasis.AGREEMENT),
                user=row.user,
                lasts=row.ends_on is None,
            )


def _compare_anew(pen: Pen, move: HouseholdMove, people: set[int], on: date) -> None:
    """Take pairs from readers who may not know any more, and look for people on file here who look alike."""
    pairs = PossibleDuplicate.objects.filter(Q(first__in=people) | Q(second__in=people)).order_by("pk")
    for pair in pairs:
        both = {pair.first_id, pair.second_id} <= people
        pen.change(pair, reviewer=None, territory=move.to_territory if both else pair.territory)
    filing = Filing(pen=pen, on=on)
    filing.lookalikes(filing.under_keys(people), move.to_territory)
