"""Leases and what was seen before them."""

from datetime import date, timedelta

from django.utils import timezone

from chezsoi.allocation import actions as allocation
from chezsoi.homes.choices import Stock
from chezsoi.people.choices import Situation
from chezsoi.people.models import ResidentialSituation
from chezsoi.tenancies.choices import LeaseKind
from chezsoi.tenancies.models import Lease
from chezsoi.territories.models import Territory
from tests.factories import people, tenancies, territories

LISTED_BEFORE = timedelta(days=90)


def allocated(
    *pools: str,
    signed_on: date,
    situation: str = "chrs",
    withdrawn_on: date | None = None,
    number: str = "",
    requested_on: date | None = None,
    **facts: object,
) -> Lease:
    """Sign the social lease of somebody who stood on some lists for 90 days, lifted perhaps on a day."""
    lease = lease_of((situation, 30), signed_on=signed_on, **facts)
    program = territories.program(lease.territory)
    before = signed_on - LISTED_BEFORE
    asked = allocation.RequestFacts(number=number, requested_on=requested_on)
    request = allocation.record_request(actor=program, household=lease.household, facts=asked, heard_on=before)
    for pool in pools:
        row = allocation.label_request(actor=program, request=request, pool=pool, labelled_on=before, issuer="DDETS")
        if withdrawn_on is not None:
            allocation.end_priority(actor=program, row=row, reason="housed", on=withdrawn_on)
    return lease


def lease_of(
    *situations: tuple[str, int],
    signed_on: date,
    is_social: bool = True,
    voided: bool = False,
    ended_on: date | None = None,
    territory: Territory | None = None,
) -> Lease:
    """Make the lease of somebody seen in situations, each given in days before the signature."""
    place = territory or territories.territory()
    household = people.household(people.member(), territory=place, on=signed_on - timedelta(days=800))
    lead = people.lead(household)
    for situation, days in situations:
        ResidentialSituation.objects.create(
            person=lead, situation=Situation(situation), observed_on=signed_on - timedelta(days=days), origin="stated"
        )
    made = _lease(household, signed_on, is_social, place)
    made.ended_on = ended_on
    if voided:
        made.voided_at, made.void_reason = timezone.now(), "mistake"
    made.save()
    return made


def lease_again(first: Lease, *, signed_on: date) -> Lease:
    """Make a later lease of the same household."""
    return _lease(first.household, signed_on, first.is_social, first.territory)


def withdraw_all(lease: Lease) -> None:
    """Withdraw everything seen of the household."""
    rows = ResidentialSituation.objects.filter(person__memberships__household=lease.household)
    rows.update(withdrawn_at=timezone.now(), withdrawal_reason="mistake")


def _lease(household, signed_on: date, is_social: bool, place: Territory) -> Lease:
    agent = territories.actor("social_landlord_agent", territory=place)
    offer = tenancies.offer(agent=agent, stock=Stock.SOCIAL if is_social else Stock.PRIVATE)
    return Lease.objects.create(
        territory=place,
        household=household,
        dwelling=offer.dwelling,
        offer=offer,
        kind=LeaseKind.DIRECT,
        is_social=is_social,
        signed_on=signed_on,
        starts_on=signed_on,
    )
