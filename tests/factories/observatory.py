"""Leases and what was seen before them."""

from datetime import date, timedelta

from django.utils import timezone

from chezsoi.homes.choices import Stock
from chezsoi.people.choices import Situation
from chezsoi.people.models import ResidentialSituation
from chezsoi.tenancies.choices import LeaseKind
from chezsoi.tenancies.models import Lease
from chezsoi.territories.models import Territory
from tests.factories import people, tenancies, territories


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
