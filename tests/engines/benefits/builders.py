"""Households and homes in few words."""

from datetime import date
from decimal import Decimal

from chezsoi.engines.benefits import Home, Household, Person, Place, Resource, ResourceKind, Role, Tenure

CLERMONT = Place(commune="63113", zone=2)
OCTOBER = date(2026, 10, 1)
GROWN = date(1992, 3, 1)


def person(role="lead", born=GROWN, **per_month):
    resources = tuple(
        Resource(kind=ResourceKind(kind), per_month=Decimal(str(amount))) for kind, amount in per_month.items()
    )
    return Person(role=Role(role), birth_date=born, resources=resources)


def household(*persons, place=CLERMONT, **more):
    return Household(persons=persons or (person(rsa=0),), place=place, **more)


def home(rent=300, charges=50, tenure="social", place=CLERMONT):
    return Home(place=place, rent_per_month=Decimal(rent), charges_per_month=Decimal(charges), tenure=Tenure(tenure))
