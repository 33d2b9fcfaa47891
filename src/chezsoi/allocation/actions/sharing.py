"""Write whether a household wishes to live with others, with whom, and with whom not."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.allocation.actions.pausing import NotTheirWish
from chezsoi.allocation.models import CompanyWish, SharingWish
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.territories.access import Can, authorize


class NobodyOfThatNumber(Exception):
    """No household of the territory bears this file number."""


class WithThemselves(Exception):
    """A household lives with itself already: the number is its own."""


class CompanyWithdrawn(Exception):
    """The wish of company was withdrawn before."""


@transaction.atomic
def state_sharing(*, actor: Actor, household: Household, wish: str, on: date, is_their_wish: bool) -> SharingWish:
    """
    Write what a household says of living with others; neither its request, its seniority nor its rank moves.

    :raises NotTheirWish: if the household itself does not say so.
    """
    authorize(actor, Can.RECORD_REQUEST, household)
    if not is_their_wish:
        raise NotTheirWish
    stated = SharingWish.objects.create(household=household, wish=wish, stated_on=on)
    trail.record(actor, "allocation.sharing.stated", stated)
    return stated


@transaction.atomic
def state_company(*, actor: Actor, household: Household, file_number: str, kind: str, on: date) -> CompanyWish:
    """
    Write with whom a household wishes to live, or would not; what it said of the same one before is withdrawn.

    The other is not told, and no reason is kept.

    :raises NobodyOfThatNumber: if no household of the territory bears the number.
    :raises WithThemselves: if it is its own.
    """
    authorize(actor, Can.RECORD_REQUEST, household)
    rows = Household.objects.filter(territory_id=household.territory_id, reference__iexact=file_number.strip())
    other = rows.first()
    if other is None:
        raise NobodyOfThatNumber(file_number)
    if other == household:
        raise WithThemselves(file_number)
    CompanyWish.objects.filter(household=household, other=other, withdrawn_on=None).update(withdrawn_on=on)
    stated = CompanyWish.objects.create(household=household, other=other, kind=kind, stated_on=on)
    trail.record(actor, "allocation.company.stated", stated)
    return stated


@transaction.atomic
def withdraw_company(*, actor: Actor, company: CompanyWish, on: date) -> CompanyWish:
    """
    Withdraw a wish of company: it counts no more from the next round.

    :raises CompanyWithdrawn: if it was withdrawn before.
    """
    authorize(actor, Can.RECORD_REQUEST, company.household)
    if not CompanyWish.objects.filter(pk=company.pk, withdrawn_on=None).update(withdrawn_on=on):
        raise CompanyWithdrawn
    trail.record(actor, "allocation.company.withdrawn", company)
    company.refresh_from_db()
    return company


def note_company_reading(*, actor: Actor, household: Household) -> None:
    """Leave in the trail that somebody read with whom a household would live, and with whom not."""
    trail.record(actor, "allocation.company.read", household)
