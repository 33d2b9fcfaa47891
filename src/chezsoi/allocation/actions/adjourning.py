"""What happens when members leave before the end: who is still there, and what a later sitting decides."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from chezsoi import trail
from chezsoi.allocation.actions.commissions import Absent, call_sitting
from chezsoi.allocation.actions.decisions import SittingNotOpen
from chezsoi.allocation.choices import SittingState
from chezsoi.allocation.models import Adjournment, Candidacy, CommissionMember, Sitting, SittingItem
from chezsoi.allocation.motives import check_words
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize


class NotALaterSitting(Exception):
    """A home is carried to a later sitting of the same commission, not closed."""


class NothingToAdjourn(Exception):
    """Every candidate of the home is decided."""


class AdjournmentReasonMissing(Exception):
    """What is carried to a later sitting is carried for a reason."""


@transaction.atomic
def note_departure(*, actor: Actor, sitting: Sitting, member: CommissionMember, at: datetime) -> None:
    """
    Write down that a member left the room: no longer counted in the quorum; what was decided before stays.

    :raises SittingNotOpen: if the sitting is not under way.
    :raises Absent: if the member is not in the room.
    """
    _mark(actor, sitting, member, was_gone=False, left_at=at)
    trail.record(actor, "allocation.member.left", sitting, detail={"member": member.pk})


@transaction.atomic
def note_return(*, actor: Actor, sitting: Sitting, member: CommissionMember) -> None:
    """
    Write down that a member who had left is in the room again, or never left.

    :raises SittingNotOpen: if the sitting is not under way.
    :raises Absent: if the member had not left.
    """
    _mark(actor, sitting, member, was_gone=True, left_at=None)
    trail.record(actor, "allocation.member.returned", sitting, detail={"member": member.pk})


def _mark(
    actor: Actor, sitting: Sitting, member: CommissionMember, *, was_gone: bool, left_at: datetime | None
) -> None:
    authorize(actor, Can.RECORD_DECISION, sitting)
    if sitting.state != SittingState.OPEN:
        raise SittingNotOpen
    here = sitting.attendances.filter(member=member, left_at__isnull=not was_gone)
    if not here.update(left_at=left_at):
        raise Absent


@transaction.atomic
def adjourn(*, actor: Actor, item: SittingItem, to: Sitting | date, reason: str, on: date) -> Adjournment:
    """
    Carry a home to a later sitting, called if a day is given; decisions taken stay those of this sitting.

    The round, the order, the letters and every candidacy stay as they are.

    :raises SittingNotOpen: if the sitting is not under way.
    :raises AdjournmentReasonMissing, ForbiddenMotive, SetsACondition: if the reason is missing, or never is one.
    :raises NothingToAdjourn: if every candidate is decided.
    :raises NotALaterSitting: if it is not a later sitting of the commission, still to be held.
    :raises SittingAlreadyCalled: if the commission sits on the day given already.
    """
    authorize(actor, Can.RECORD_DECISION, item)
    left = item.sitting
    if left.state != SittingState.OPEN:
        raise SittingNotOpen
    if not reason.strip():
        raise AdjournmentReasonMissing
    check_words(reason)
    if not Candidacy.objects.filter(round=item.round_id, decision=None).exists():
        raise NothingToAdjourn
    held_on = to if isinstance(to, date) else to.held_on
    if held_on <= left.held_on:
        raise NotALaterSitting
    later = call_sitting(actor=actor, commission=left.commission, held_on=to) if isinstance(to, date) else to
    if later.commission_id != left.commission_id or later.state == SittingState.CLOSED:
        raise NotALaterSitting
    item.decisions.filter(taken_at=None).update(taken_at=left)
    carried = Adjournment.objects.create(item=item, sitting=left, reason=reason.strip(), adjourned_on=on)
    item.sitting = later
    item.save(update_fields=["sitting"])
    Sitting.objects.filter(pk=left.pk, current_item=item).update(current_item=None)
    trail.record(actor, "allocation.item.adjourned", item, detail={"from": left.pk, "to": later.pk})
    return carried
