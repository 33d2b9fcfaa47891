"""What changes leases; what a lease changes elsewhere (people, home, support) is `journeys.street_to_home`."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from chezsoi import trail
from chezsoi.allocation.choices import CandidacyState
from chezsoi.allocation.models import Candidacy
from chezsoi.allocation.motives import ForbiddenMotive
from chezsoi.allocation.wording import forbidden_motive
from chezsoi.homes.choices import OfferState, Stock
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.support.models import SupportMeasure
from chezsoi.tenancies.choices import CallReason, LeaseKind
from chezsoi.tenancies.models import AWAITING, LandlordCall, Lease
from chezsoi.territories.access import Can, authorize


class HomeAlreadyLet(Exception):
    """Another lease is in force for this home."""


class HouseholdAlreadyHoused(Exception):
    """Another lease is in force for this household."""


class HomeNotOfferable(Exception):
    """The law bans letting this home as it is."""


class OfferNotAccepted(Exception):
    """The household has not accepted this offer: nothing to sign yet."""


class LeaseStartsBeforeSignature(Exception):
    """A lease cannot start before the day it is signed."""


class LeaseSignedBeforeDecision(Exception):
    """A lease cannot be signed before the commission decided."""


class NobodyToAnswerFor(Exception):
    """Joint liability is only for those who share a home."""


class LeaseNotInForce(Exception):
    """The lease has ended or was voided before."""


class VoidingNeedsAReason(Exception):
    """A lease is voided with the reason of the mistake."""


class CalledAlready(Exception):
    """A call about this lease awaits."""


class CallOver(Exception):
    """The call was taken up or withdrawn before."""


class CallNotTakenUp(Exception):
    """Nobody took the call up: there is nothing to take back."""


@transaction.atomic
def sign_lease(
    *,
    actor: Actor,
    candidacy: Candidacy,
    kind: LeaseKind,
    signed_on: date,
    starts_on: date,
    has_joint_liability: bool = False,
) -> Lease:
    """
    Write down the lease that an accepted candidacy led to; who shares a home answers for its own rent, unless agreed.

    :raises NobodyToAnswerFor: if joint liability is asked for a home that nobody shares.

    :raises OfferNotAccepted: if the household did not accept.
    :raises HomeNotOfferable: if the law bans letting the home.
    :raises LeaseSignedBeforeDecision: if the commission decided later.
    :raises LeaseStartsBeforeSignature: if the lease starts before it is signed.
    :raises HomeAlreadyLet: if a lease is in force for the home.
    :raises HouseholdAlreadyHoused: if a lease is in force for the household.
    """
    offer = Offer.objects.select_for_update(of=("self",)).select_related("dwelling__owner").get(pk=candidacy.offer_id)
    authorize(actor, Can.SIGN_LEASE, offer.dwelling)
    _check(candidacy, offer, signed_on, starts_on)
    if has_joint_liability and offer.dwelling.shared_home_id is None:
        raise NobodyToAnswerFor
    try:
        with transaction.atomic():
            lease = _write(candidacy, offer, kind, signed_on, starts_on, has_joint_liability)
    except IntegrityError as taken:
        if Lease.objects.filter(dwelling=offer.dwelling, ended_on=None, voided_at=None).exists():
            raise HomeAlreadyLet from taken
        raise HouseholdAlreadyHoused from taken
    trail.record(actor, "tenancies.lease.signed", lease, detail={"candidacy": candidacy.pk})
    return lease


@transaction.atomic
def void_lease(*, actor: Actor, lease: Lease, reason: str) -> Lease:
    """
    Void a lease written by mistake; it stays readable, with who, when and why.

    :raises LeaseNotInForce: if it ended or was voided before.
    :raises VoidingNeedsAReason: without a reason.
    """
    authorize(actor, Can.UNDO_LEASE, lease.dwelling)
    if not lease.is_in_force:
        raise LeaseNotInForce
    if not reason.strip():
        raise VoidingNeedsAReason
    lease.voided_at = timezone.now()
    lease.void_reason = reason.strip()
    lease.save(update_fields=["voided_at", "void_reason"])
    trail.record(actor, "tenancies.lease.voided", lease, reason=lease.void_reason)
    return lease


def name_support(*, actor: Actor, lease: Lease, measure: SupportMeasure) -> Lease:
    """Name the support opened with a lease, so that undoing one finds the other; neither depends on the other."""
    authorize(actor, Can.SIGN_LEASE, lease)
    lease.support_measure = measure
    lease.save(update_fields=["support_measure"])
    return lease


@transaction.atomic
def hand_over_lease(*, actor: Actor, lease: Lease, household: Household) -> Lease:
    """
    Let a lease go with those who keep the home when a household parts.

    :raises LeaseNotInForce: if it ended or was voided before.
    """
    authorize(actor, Can.SIGN_LEASE, lease.dwelling)
    if not lease.is_in_force:
        raise LeaseNotInForce
    lease.household = household
    lease.save(update_fields=["household"])
    trail.record(actor, "tenancies.lease.handed_over", lease)
    return lease


@transaction.atomic
def call_support(
    *, actor: Actor, lease: Lease, reason: CallReason, on: date, household_knows: bool, words: str = ""
) -> LandlordCall:
    """
    Call the support of a tenant during the lease. Neither the lease nor any support depends on what comes of it.

    Whether anybody brings support is not the landlord's to know: a call that no team reads waits for who opens circles.

    :raises LeaseNotInForce: if the lease ended or was voided.
    :raises ForbiddenMotive: if the words speak of health or origin.
    :raises CalledAlready: if a call awaits.
    """
    authorize(actor, Can.CALL_SUPPORT, lease.dwelling)
    if not lease.is_in_force:
        raise LeaseNotInForce
    if found := forbidden_motive(words):
        raise ForbiddenMotive(found)
    call = LandlordCall(
        lease=lease,
        organisation_id=actor.organisation_id,
        reason=reason,
        words=words.strip(),
        household_knows=household_knows,
        called_on=on,
    )
    try:
        with transaction.atomic():
            call.save()
    except IntegrityError as awaiting:
        raise CalledAlready from awaiting
    trail.record(actor, "tenancies.call.made", call)
    return call


@transaction.atomic
def take_call_up(*, actor: Actor, call: LandlordCall, on: date, answer: str = "") -> LandlordCall:
    """
    Take a call up: the team goes to the household, and the landlord reads the day and the words meant for it.

    :raises CallOver: if it was taken up or withdrawn.
    :raises ForbiddenMotive: if the words speak of health or origin.
    """
    authorize(actor, Can.TAKE_CALL, call.lease.household)
    if found := forbidden_motive(answer):
        raise ForbiddenMotive(found)
    held = LandlordCall.objects.select_for_update().filter(AWAITING, pk=call.pk).first()
    if held is None:
        raise CallOver
    held.taken_up_on, held.taken_up_by, held.answer = on, actor.user_id, answer.strip()
    held.save(update_fields=["taken_up_on", "taken_up_by", "answer"])
    trail.record(actor, "tenancies.call.taken_up", held)
    return held


@transaction.atomic
def take_call_back(*, actor: Actor, call: LandlordCall) -> LandlordCall:
    """
    Undo that a call was taken up: it awaits again.

    :raises CallNotTakenUp: if nobody took it up.
    :raises CalledAlready: if the landlord called again since.
    """
    authorize(actor, Can.TAKE_CALL, call.lease.household)
    held = LandlordCall.objects.select_for_update().get(pk=call.pk)
    if held.taken_up_on is None:
        raise CallNotTakenUp
    held.taken_up_on, held.taken_up_by, held.answer = None, None, ""
    try:
        with transaction.atomic():
            held.save(update_fields=["taken_up_on", "taken_up_by", "answer"])
    except IntegrityError as awaiting:
        raise CalledAlready from awaiting
    trail.record(actor, "tenancies.call.taken_back", held)
    return held


@transaction.atomic
def withdraw_call(*, actor: Actor, call: LandlordCall, on: date) -> None:
    """
    Call no more: it is settled, or it was a mistake.

    :raises CallOver: if it was taken up or withdrawn.
    """
    authorize(actor, Can.CALL_SUPPORT, call.lease.dwelling)
    if not LandlordCall.objects.filter(AWAITING, pk=call.pk).update(withdrawn_on=on):
        raise CallOver
    trail.record(actor, "tenancies.call.withdrawn", call)


def _check(candidacy: Candidacy, offer: Offer, signed_on: date, starts_on: date) -> None:
    if candidacy.state != CandidacyState.ACCEPTED:
        raise HomeAlreadyLet if candidacy.state == CandidacyState.HOUSED else OfferNotAccepted
    if offer.state == OfferState.NOT_OFFERABLE:
        raise HomeNotOfferable
    if signed_on < candidacy.decision.decided_on:
        raise LeaseSignedBeforeDecision
    if starts_on < signed_on:
        raise LeaseStartsBeforeSignature


def _write(  # noqa: PLR0917  what is signed
    candidacy: Candidacy, offer: Offer, kind: LeaseKind, signed_on: date, starts_on: date, has_joint_liability: bool
) -> Lease:
    return Lease.objects.create(
        territory_id=offer.dwelling.territory_id,
        household=candidacy.household,
        dwelling=offer.dwelling,
        offer=offer,
        candidacy=candidacy,
        kind=kind,
        is_social=offer.dwelling.stock == Stock.SOCIAL,
        signed_on=signed_on,
        starts_on=starts_on,
        rent_per_month=offer.rent_per_month,
        charges_per_month=offer.charges_per_month,
        has_joint_liability=has_joint_liability,
    )
