"""Agreements, turns and homes asked for, through the app's own actions."""

from datetime import date
from decimal import Decimal

from chezsoi.allocation import actions
from chezsoi.allocation.actions import AgreementTerms
from chezsoi.allocation.models import HomeAsk, ReservationAgreement, Turn
from chezsoi.homes.models import Offer
from chezsoi.people.models import Household
from chezsoi.territories.choices import OrganisationKind
from chezsoi.territories.models import Organisation, Territory
from tests.factories import allocation, territories

NAMES = {"prefect": "DDETS", "municipality": "Ville de Metz", "action_logement": "Action Logement"}


def landlord(*places: Territory, name: str = "Logis") -> Organisation:
    return territories.organisation(*places, kind=OrganisationKind.SOCIAL_LANDLORD, name=name)


def holder(kind: str = "prefect", *places: Territory) -> Organisation:
    """Make a body that may hold reservations."""
    of = {"prefect": OrganisationKind.STATE, "municipality": OrganisationKind.AUTHORITY}
    return territories.organisation(*places, kind=of.get(kind, OrganisationKind.OTHER), name=NAMES.get(kind, kind))


def terms(holder: Organisation, percent: object = 30, *, kind: str = "prefect", **traits: object) -> AgreementTerms:
    year = traits.pop("year", allocation.today().year)
    return AgreementTerms(holder=holder, kind=kind, share=Decimal(str(percent)) / 100, year=year, **traits)


def agreement(
    landlord: Organisation, holder: Organisation, percent: object = 30, *, kind: str = "prefect", **traits: object
) -> ReservationAgreement:
    place = landlord.territories.order_by("key")[0]
    return actions.record_agreement(
        actor=territories.program(place),
        territory=place,
        landlord=landlord,
        terms=terms(holder, percent, kind=kind, **traits),
        on=allocation.today(),
    )


def turn(offer: Offer, *, on: date | None = None) -> Turn:
    place = offer.dwelling.territory
    return actions.turn_over(actor=territories.program(place), offer=offer, on=on or allocation.today())


def ask(household: Household, holder: Organisation) -> HomeAsk:
    """Ask a body for a home: somebody there answers for reservations."""
    place = household.territory
    if not holder.roles.filter(role="reservation_agent", territory=place).exists():
        territories.assignment("reservation_agent", organisation=holder, territory=place)
    return actions.ask_holder(
        actor=territories.program(place), household=household, holder=holder, on=allocation.today()
    )
