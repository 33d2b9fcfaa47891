"""What sets up commissions, and what happens at their sittings beside deciding."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction

from chezsoi import trail
from chezsoi.allocation.actions.tables import SittingClosed
from chezsoi.allocation.choices import SittingState
from chezsoi.allocation.models import (
    Attendance,
    Candidacy,
    Commission,
    CommissionMember,
    Decision,
    Recusal,
    Sitting,
    SittingItem,
)
from chezsoi.kernel.actor import Actor
from chezsoi.law.commission import AnswerDelayTooShort, commission_rules_on
from chezsoi.law.commission import CommissionKind as LawKind
from chezsoi.territories.access import Can, NotAllowed, authorize
from chezsoi.territories.models import Organisation, Territory, User


class QuorumTooSmall(Exception):
    """A commission decides with at least one member present."""


class SeatTooShort(Exception):
    """A seat ends after the day it starts."""


class SatSince(Exception):
    """The member was present at a sitting on that day or later: its minutes keep the seat."""


class SittingAlreadyCalled(Exception):
    """The commission sits that day already."""


class MemberElsewhere(Exception):
    """The member does not sit in this commission on that day."""


class AttendanceFixed(Exception):
    """A decision was taken: whoever was present stays in the minutes."""


class Absent(Exception):
    """Only a member present can leave an item."""


class AlreadyDecided(Exception):
    """A decision was taken on this home: it is too late to leave the item."""


class RecusalReasonMissing(Exception):
    """A conflict of interest is written with its reason."""


class UndecidedCandidates(Exception):
    """A candidate of the agenda has no decision yet."""


@transaction.atomic
def register_commission(
    *,
    actor: Actor,
    territory: Territory,
    organisation: Organisation,
    kind: str,
    name: str,
    quorum: int,
    answer_days: int,
    on: date,
) -> Commission:
    """
    Register a commission, with its own quorum and its own delay to answer.

    :raises QuorumTooSmall: under one member: the commission's own rules set the rest.
    :raises AnswerDelayTooShort: under the delay the law grants households.
    """
    commission = Commission(
        territory=territory, organisation=organisation, kind=kind, name=name, quorum=quorum, answer_days=answer_days
    )
    authorize(actor, Can.PREPARE_COMMISSION, commission)
    rules = commission_rules_on(on, kind=LawKind(kind))
    if quorum < 1:
        raise QuorumTooSmall(quorum)
    if answer_days < max(1, rules.answer_days_min):
        raise AnswerDelayTooShort(answer_days)
    commission.save()
    trail.record(actor, "allocation.commission.registered", commission)
    return commission


@transaction.atomic
def name_member(
    *,
    actor: Actor,
    commission: Commission,
    name: str,
    capacity: str,
    starts_on: date,
    has_vote: bool = True,
    user: User | None = None,
) -> CommissionMember:
    """Note who sits in a commission, in whose name, and whether with a vote."""
    authorize(actor, Can.PREPARE_COMMISSION, commission)
    member = CommissionMember.objects.create(
        commission=commission, name=name, capacity=capacity, starts_on=starts_on, has_vote=has_vote, user=user
    )
    trail.record(actor, "allocation.member.named", commission, detail={"member": member.pk})
    return member


@transaction.atomic
def end_member(*, actor: Actor, member: CommissionMember, ends_on: date) -> CommissionMember:
    """
    End a seat on a day (excluded); the minutes of the sittings before keep it.

    :raises SeatTooShort: if the day does not come after the one the seat starts.
    :raises SatSince: if the member was present at a sitting on that day or later.
    """
    authorize(actor, Can.PREPARE_COMMISSION, member.commission)
    if ends_on <= member.starts_on:
        raise SeatTooShort(ends_on)
    if Attendance.objects.filter(member=member, sitting__held_on__gte=ends_on).exists():
        raise SatSince(ends_on)
    member.ends_on = ends_on
    member.save(update_fields=["ends_on"])
    trail.record(actor, "allocation.member.ended", member.commission, detail={"member": member.pk})
    return member


@transaction.atomic
def call_sitting(*, actor: Actor, commission: Commission, held_on: date) -> Sitting:
    """
    Call a sitting of a commission.

    :raises SittingAlreadyCalled: if it sits that day already.
    """
    authorize(actor, Can.PREPARE_COMMISSION, commission)
    try:
        with transaction.atomic():
            sitting = Sitting.objects.create(commission=commission, held_on=held_on)
    except IntegrityError as same_day:
        raise SittingAlreadyCalled(held_on) from same_day
    trail.record(actor, "allocation.sitting.called", sitting)
    return sitting


@transaction.atomic
def record_attendance(*, actor: Actor, sitting: Sitting, members: Iterable[CommissionMember]) -> Sitting:
    """
    Write down who is present; the sitting is open from then on.

    :raises SittingClosed: if it is over.
    :raises MemberElsewhere: if somebody does not sit in the commission that day.
    :raises AttendanceFixed: if somebody is taken off after a decision was taken.
    """
    authorize(actor, Can.RECORD_DECISION, sitting)
    if sitting.state == SittingState.CLOSED:
        raise SittingClosed
    wanted = {member.pk for member in members}
    seated = sitting.commission.members.in_force_on(sitting.held_on).values_list("pk", flat=True)
    if wanted - set(seated):
        raise MemberElsewhere
    held = set(sitting.attendances.values_list("member_id", flat=True))
    gone = held - wanted
    if gone and Decision.objects.filter(item__sitting=sitting).exists():
        raise AttendanceFixed
    sitting.attendances.filter(member_id__in=gone).delete()
    Attendance.objects.bulk_create(Attendance(sitting=sitting, member_id=pk) for pk in sorted(wanted - held))
    sitting.state = SittingState.OPEN
    sitting.save(update_fields=["state"])
    trail.record(actor, "allocation.attendance.recorded", sitting, detail={"present": len(wanted)})
    return sitting


@transaction.atomic
def recuse(*, actor: Actor, item: SittingItem, member: CommissionMember, reason: str) -> Recusal:
    """
    Let a member leave one home because of a conflict of interest: neither counted in its quorum, nor voting.

    A secretary writes it down for anybody, a member for itself.

    :raises RecusalReasonMissing: without a reason.
    :raises SittingClosed: if the sitting is over.
    :raises Absent: if the member is not present.
    :raises AlreadyDecided: if a decision was taken on this home.
    """
    authorize(actor, Can.SEE_COMMISSION, item)
    is_own = actor.may(Can.VOTE) and member.user_id is not None and member.user_id == actor.user_id
    if not (actor.may(Can.RECORD_DECISION) or is_own):
        raise NotAllowed("a member leaves an item for itself alone")
    if not reason.strip():
        raise RecusalReasonMissing
    if item.sitting.state == SittingState.CLOSED:
        raise SittingClosed
    if not item.sitting.attendances.filter(member=member, left_at=None).exists():
        raise Absent
    if item.decisions.exists():
        raise AlreadyDecided
    recusal, _ = Recusal.objects.update_or_create(item=item, member=member, defaults={"reason": reason.strip()})
    trail.record(actor, "allocation.member.recused", item, detail={"member": member.pk})
    return recusal


@transaction.atomic
def close_sitting(*, actor: Actor, sitting: Sitting) -> Sitting:
    """
    Close a sitting: its minutes are final.

    :raises SittingClosed: if it was closed before.
    :raises UndecidedCandidates: if a candidate of the agenda has no decision.
    """
    authorize(actor, Can.RECORD_DECISION, sitting)
    if sitting.state == SittingState.CLOSED:
        raise SittingClosed
    if Candidacy.objects.filter(round__item__sitting=sitting, decision=None).exists():
        raise UndecidedCandidates
    sitting.state = SittingState.CLOSED
    sitting.save(update_fields=["state"])
    trail.record(actor, "allocation.sitting.closed", sitting)
    return sitting
