"""From the street to a home: what a signed lease changes everywhere else, and how a mistaken one is undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Case, Q, When

from chezsoi import trail
from chezsoi.allocation import actions as allocation
from chezsoi.allocation.models import Candidacy
from chezsoi.homes import actions as homes
from chezsoi.homes.choices import Funding
from chezsoi.homes.models import Offer
from chezsoi.kernel.actor import Actor
from chezsoi.people import actions as people
from chezsoi.people.choices import CircleBasis, Origin, Situation
from chezsoi.people.models import Household, ResidentialSituation
from chezsoi.support import actions as support
from chezsoi.support.choices import Intensity, Scheme, TaskKind
from chezsoi.support.models import SupportMeasure, SupportWish
from chezsoi.tenancies import actions as tenancies
from chezsoi.tenancies.choices import LeaseKind
from chezsoi.tenancies.models import Lease
from chezsoi.territories.access import Can, consequences_of
from chezsoi.territories.models import Organisation

FIRST_VISIT_DAYS = 7
JOURNEY = "street_to_home"
LIVES_IN = {
    LeaseKind.DIRECT: Situation.OWN,
    LeaseKind.MANAGEMENT_MANDATE: Situation.OWN,
    LeaseKind.SUBLEASE: Situation.SUPPORTED,
    LeaseKind.SLIDING_LEASE: Situation.SUPPORTED,
}


class HouseholdWithoutMembers(Exception):
    """Nobody belongs to the household on the day the lease starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Housed:
    """What signing a lease brought about."""

    lease: Lease
    situations: Sequence[ResidentialSituation]
    measure: SupportMeasure


@transaction.atomic
def house(
    *,
    actor: Actor,
    candidacy: Candidacy,
    kind: LeaseKind,
    signed_on: date,
    starts_on: date,
    has_joint_liability: bool = False,
) -> Housed:
    """
    Sign the lease of an accepted candidacy, and carry its consequences in the same transaction.

    Every member lives in the home from the day the lease starts; the home is let; the other candidates are told it is
    gone; support is opened as the household wished it, with a first visit. Wishing no support changes nothing else.

    :raises HouseholdWithoutMembers: if nobody belongs to the household that day.
    Also raises what `tenancies.actions.sign_lease` refuses.
    """
    lease = tenancies.sign_lease(
        actor=actor,
        candidacy=candidacy,
        kind=kind,
        signed_on=signed_on,
        starts_on=starts_on,
        has_joint_liability=has_joint_liability,
    )
    journey = _journey(actor)
    household = candidacy.household
    situations = people.record_household_situation(
        actor=journey,
        household=household,
        on=starts_on,
        situation=people.NewSituation(
            situation=LIVES_IN[kind],
            observed_on=starts_on,
            since=starts_on,
            commune=lease.dwelling.commune,
            origin=Origin.LEASE,
        ),
    )
    if not situations:
        raise HouseholdWithoutMembers(household.reference)
    homes.mark_let(actor=journey, offer=candidacy.offer, on=starts_on)
    allocation.record_housed(actor=journey, candidacy=candidacy)
    measure = _open_support(journey, lease)
    trail.record(actor, "journeys.household.housed", household, detail={"lease": lease.pk})
    return Housed(lease=lease, situations=situations, measure=measure)


@transaction.atomic
def undo(*, actor: Actor, lease: Lease, on: date, reason: str) -> Lease:
    """
    Undo a lease written by mistake: people live where they lived, the home is on offer, support is cancelled.

    Nothing is erased: the lease is voided and the observations withdrawn, with the reason.
    """
    voided = tenancies.void_lease(actor=actor, lease=lease, reason=reason)
    journey = _journey(actor)
    for situation in _situations_of(voided):
        people.withdraw_situation(actor=journey, situation=situation, reason=reason, on=on)
    homes.reopen_offer(actor=journey, offer=_offer(voided), on=on, reason=reason)
    if voided.candidacy is not None:
        allocation.undo_housed(actor=journey, candidacy=voided.candidacy)
    if voided.support_measure is not None and voided.support_measure.ended_on is None:
        support.cancel_measure(actor=journey, measure=voided.support_measure, on=on, reason=reason)
    trail.record(actor, "journeys.housing.undone", voided.household, detail={"lease": voided.pk}, reason=reason)
    return voided


def _journey(actor: Actor) -> Actor:
    rights = (Can.RECORD_SITUATION, Can.OFFER_HOME, Can.SIGN_LEASE, Can.UNDO_LEASE, Can.RECORD_SUPPORT)
    return consequences_of(actor, JOURNEY, *rights)


def _open_support(actor: Actor, lease: Lease) -> SupportMeasure:
    household = lease.household
    wish = SupportWish.objects.filter(household=household, stated_on__lte=lease.signed_on)
    last = wish.order_by("-stated_on", "-pk").first()
    intensity = Intensity(last.intensity) if last else Intensity.UNKNOWN
    organisation = _follows(household, lease.starts_on)
    measure = support.open_measure(
        actor=actor,
        household=household,
        scheme=_scheme(lease),
        intensity=intensity,
        opened_on=lease.starts_on,
        organisation=organisation,
    )
    tenancies.name_support(actor=actor, lease=lease, measure=measure)
    if intensity is not Intensity.NONE:
        support.plan_task(
            actor=actor,
            household=household,
            kind=TaskKind.FIRST_VISIT,
            due_on=lease.starts_on + timedelta(days=FIRST_VISIT_DAYS),
            organisation=organisation,
            measure=measure,
        )
    return measure


def _follows(household: Household, on: date) -> Organisation | None:
    """
    Give the organisation that follows the household: the one it was referred to, else the one that met it first.

    A service that a case meeting alone let in does not follow it. None when nobody does yet: the visit then waits for
    whoever enters the circle.
    """
    open_on = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    met_it = Case(When(basis__in=(CircleBasis.INTAKE, CircleBasis.IMPORT), then=1), default=0)
    follows = household.circle.filter(open_on).exclude(meetingparticipant__isnull=False)
    rows = follows.select_related("organisation").order_by(met_it, "starts_on", "pk")
    row = rows.first()
    return None if row is None else row.organisation


def _scheme(lease: Lease) -> Scheme:
    if lease.kind in {LeaseKind.SUBLEASE, LeaseKind.MANAGEMENT_MANDATE, LeaseKind.SLIDING_LEASE}:
        return Scheme.IML_GLA
    return Scheme.PLAI_A if lease.offer.funding == Funding.PLAI_ADAPTED else Scheme.AVDL


def _offer(lease: Lease) -> Offer:
    return Offer.objects.select_related("dwelling").get(pk=lease.offer_id)


def _situations_of(lease: Lease) -> list[ResidentialSituation]:
    rows = ResidentialSituation.objects.filter(
        person__memberships__household=lease.household,
        origin=Origin.LEASE,
        since=lease.starts_on,
        withdrawn_at=None,
    )
    return list(rows.select_related("person").distinct().order_by("pk"))
