"""Call a case meeting for a household, as it agrees; let others in, hold it, call it off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.people import actions as people
from chezsoi.people.actions.circles import Circle
from chezsoi.people.choices import CircleBasis
from chezsoi.people.models import CircleMembership, Household
from chezsoi.support.choices import AgreedBy, Agreement, HealthSignal, MeetingKind, Presence, TeamKind, Trade
from chezsoi.support.models import CaseMeeting, MeetingCommitment, MeetingParticipant
from chezsoi.territories.access import Can, NotAllowed, authorize, consequences_of
from chezsoi.territories.models import Organisation

PURPOSE = "case meeting"


class AgreementToCome(Exception):
    """What the household said is dated in the future."""


class NoAgreement(Exception):
    """The household did not agree, or no longer does: nobody outside its circle is let in."""


class MayNotOpenTheCircle(Exception):
    """The role of who invites opens no circle: a service outside it is invited by a colleague."""


class AlreadyInvited(Exception):
    """That trade of that organisation takes part already."""


class CarriesCommitments(Exception):
    """The participant committed to something: that is taken back, or settled, first."""


class MeetingOver(Exception):
    """The meeting was held, or called off, before."""


class MeetingToCome(Exception):
    """The meeting is dated in the future: it is written on the day it takes place."""


class NextBeforeThis(Exception):
    """The next meeting would come before this one."""


class ParticipantAlreadyTakenBack(Exception):
    """The participant was taken back before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    """A meeting as it is called: which kind, by which team and trade, when, and what the household said of it."""

    kind: MeetingKind | str
    team: TeamKind | str
    trade: Trade | str
    planned_on: date
    agreement: Agreement | str
    agreed_by: AgreedBy | str
    agreement_on: date
    health: HealthSignal | str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How a meeting went: the day, who came, how the household took part, health as a signal, the next date."""

    held_on: date
    came: frozenset[int] = frozenset()
    presence: Presence | str = ""
    own_words: str = ""
    health: HealthSignal | str = ""
    next_on: date | None = None


@transaction.atomic
def call_meeting(*, actor: Actor, household: Household, called: NewMeeting, on: date) -> CaseMeeting:
    """
    Call a meeting about one household; the actor's organisation takes part. A no is kept, and costs nothing.

    :raises AgreementToCome: if what the household said is dated after `on`.
    :raises NotAllowed: if the actor works for no organisation.
    """
    authorize(actor, Can.RECORD_SUPPORT, household)
    if actor.organisation_id is None:
        raise NotAllowed("a case meeting is called by an organisation")
    if called.agreement_on > on:
        raise AgreementToCome(called.agreement_on)
    meeting = CaseMeeting.objects.create(
        household=household,
        organisation_id=actor.organisation_id,
        team=called.team,
        kind=called.kind,
        planned_on=called.planned_on,
        agreement=called.agreement,
        agreed_by=called.agreed_by,
        agreement_on=called.agreement_on,
        health=called.health,
        noted_by=actor.user_id,
    )
    meeting.participants.create(organisation_id=actor.organisation_id, trade=called.trade)
    people.touch_circle(actor=actor, household=household, on=on)
    trail.record(actor, "support.meeting.called", meeting, detail={"agreement": str(called.agreement)})
    return meeting


@transaction.atomic
def invite(
    *, actor: Actor, meeting: CaseMeeting, organisation: Organisation, trade: Trade | str, on: date
) -> MeetingParticipant:
    """
    Let a trade of an organisation take part; outside the circle of the household, its agreement opens it, for 90 days.

    :raises MeetingOver: if the meeting was held or called off.
    :raises AlreadyInvited: if that trade of it takes part already.
    :raises NoAgreement: if it is outside the circle and the household does not agree.
    :raises MayNotOpenTheCircle: if the actor's role opens no circle.
    :raises people.ObjectsToSharing: if a member objects to it.
    :raises people.NotInThisTerritory: if it does not work there.
    """
    authorize(actor, Can.RECORD_SUPPORT, meeting.household)
    known = CaseMeeting.objects.select_for_update().get(pk=meeting.pk)
    if not known.is_to_come:
        raise MeetingOver
    if known.participants.filter(organisation=organisation, trade=trade, cancelled_on=None).exists():
        raise AlreadyInvited(organisation.key)
    opened = _let_in(actor, known, organisation, on)
    participant = known.participants.create(organisation=organisation, trade=trade, circle=opened)
    people.touch_circle(actor=actor, household=known.household, on=on)
    detail = {"meeting": known.pk, "organisation": organisation.pk, "trade": str(trade)}
    trail.record(actor, "support.meeting.invited", participant, detail=detail, territory_id=known.territory_id)
    return participant


@transaction.atomic
def take_participant_back(*, actor: Actor, participant: MeetingParticipant, on: date) -> MeetingParticipant:
    """
    Take back an invitation; the circle it opened closes, unless another trade of that organisation stays.

    :raises MeetingOver: if the meeting was held or called off.
    :raises CarriesCommitments: if it committed to something.
    :raises ParticipantAlreadyTakenBack: if it was taken back before.
    """
    authorize(actor, Can.RECORD_SUPPORT, participant.meeting.household)
    known = CaseMeeting.objects.select_for_update().get(pk=participant.meeting_id)
    if not known.is_to_come:
        raise MeetingOver
    if MeetingCommitment.objects.filter(participant=participant, cancelled_on=None).exists():
        raise CarriesCommitments
    if not known.participants.filter(pk=participant.pk, cancelled_on=None).update(cancelled_on=on):
        raise ParticipantAlreadyTakenBack
    staying = known.participants.filter(organisation=participant.organisation_id, cancelled_on=None).first()
    if staying is None:
        _close(actor, known, participant.circle_id, on, at_their_wish=False)
    elif staying.circle_id is None:
        known.participants.filter(pk=staying.pk).update(circle=participant.circle_id)
    trail.record(actor, "support.meeting.uninvited", participant, territory_id=known.territory_id)
    participant.refresh_from_db()
    return participant


@transaction.atomic
def withdraw_agreement(*, actor: Actor, meeting: CaseMeeting, on: date) -> CaseMeeting:
    """
    Write that the household withdraws its agreement: whatever the meeting opened closes that day. It costs nothing.

    :raises NoAgreement: if it had not agreed, or withdrew before.
    """
    authorize(actor, Can.RECORD_SUPPORT, meeting.household)
    known = CaseMeeting.objects.select_for_update().get(pk=meeting.pk)
    if not known.may_be_shared:
        raise NoAgreement
    CaseMeeting.objects.filter(pk=known.pk).update(withdrawn_on=on)
    trail.record(actor, "support.meeting.agreement_withdrawn", known)
    _close_all(actor, known, on, at_their_wish=True)
    known.refresh_from_db()
    return known


@transaction.atomic
def hold_meeting(*, actor: Actor, meeting: CaseMeeting, held: Held, on: date) -> CaseMeeting:
    """
    Write how a meeting went, or correct it; what was agreed there is written as commitments. Who came was met that day.

    :raises MeetingOver: if it was called off.
    :raises MeetingToCome: if its day is after `on`.
    :raises NextBeforeThis: if the next one would not come after it.
    """
    authorize(actor, Can.RECORD_SUPPORT, meeting.household)
    known = CaseMeeting.objects.select_for_update().get(pk=meeting.pk)
    if known.cancelled_on is not None:
        raise MeetingOver
    if held.held_on > on:
        raise MeetingToCome(held.held_on)
    if held.next_on is not None and held.next_on <= held.held_on:
        raise NextBeforeThis(held.next_on)
    known.held_on, known.next_on = held.held_on, held.next_on
    known.presence, known.own_words, known.health = held.presence, held.own_words, held.health
    known.save(update_fields=["held_on", "next_on", "presence", "own_words", "health"])
    taking_part = known.participants.filter(cancelled_on=None)
    taking_part.filter(pk__in=held.came).update(came=True)
    taking_part.exclude(pk__in=held.came).update(came=False)
    people.touch_circle(actor=actor, household=known.household, on=on)
    if held.presence == Presence.COMES:
        people.note_contact(actor=actor, household=known.household, on=held.held_on)
    trail.record(actor, "support.meeting.held", known)
    return known


@transaction.atomic
def call_off(*, actor: Actor, meeting: CaseMeeting, on: date) -> CaseMeeting:
    """
    Call off a meeting that was not held; the circles it opened close.

    :raises MeetingOver: if it was held, or called off before.
    """
    authorize(actor, Can.RECORD_SUPPORT, meeting.household)
    known = CaseMeeting.objects.select_for_update().get(pk=meeting.pk)
    if not known.is_to_come:
        raise MeetingOver
    CaseMeeting.objects.filter(pk=known.pk).update(cancelled_on=on)
    trail.record(actor, "support.meeting.called_off", known)
    _close_all(actor, known, on, at_their_wish=False)
    known.refresh_from_db()
    return known


def _let_in(actor: Actor, meeting: CaseMeeting, organisation: Organisation, on: date) -> CircleMembership | None:
    """Open the circle to an organisation, as the household agreed; one that is in it already needs nothing."""
    household = meeting.household
    inside = Circle(household=household, on=on).memberships().filter(organisation=organisation, user=None)
    if inside.exists():
        return None
    if not meeting.may_be_shared:
        raise NoAgreement
    if not actor.may(Can.MANAGE_CIRCLE):
        raise MayNotOpenTheCircle
    return people.open_circle(
        actor=actor,
        household=household,
        organisation=organisation,
        basis=CircleBasis.AGREEMENT,
        purpose=PURPOSE,
        on=on,
    )


def _close_all(actor: Actor, meeting: CaseMeeting, on: date, *, at_their_wish: bool) -> None:
    opened = meeting.participants.filter(cancelled_on=None, circle__isnull=False)
    for circle_id in sorted(set(opened.order_by().values_list("circle_id", flat=True))):
        _close(actor, meeting, circle_id, on, at_their_wish=at_their_wish)


def _close(actor: Actor, meeting: CaseMeeting, circle_id: int | None, on: date, *, at_their_wish: bool) -> None:
    """
    Close what an invitation opened, whatever the role: nobody may close a circle at another's bidding but here.

    Unless they wish it, it stays open to an organisation that another meeting to come awaits.
    """
    opened = CircleMembership.objects.filter(pk=circle_id).first() if circle_id else None
    if opened is None or (opened.ends_on is not None and opened.ends_on <= on):
        return
    elsewhere = MeetingParticipant.objects.filter(organisation=opened.organisation_id, cancelled_on=None).exclude(
        meeting=meeting
    )
    to_come = {"meeting__household": meeting.household_id, "meeting__held_on": None, "meeting__cancelled_on": None}
    if not at_their_wish and elsewhere.filter(**to_come).exists():
        return
    journey = consequences_of(actor, PURPOSE, Can.MANAGE_CIRCLE)
    people.close_circle(actor=journey, membership=opened, on=on, reason=PURPOSE, asked_by_person=at_their_wish)
