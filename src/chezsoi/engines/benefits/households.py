"""Who would live in a home, on what, and what the home costs: what the engine is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Role(StrEnum):
    """Place of a person in the household."""

    LEAD = "lead"
    PARTNER = "partner"
    CHILD = "child"


class ResourceKind(StrEnum):
    """
    What a person lives on.

    `RSA` asks for it to be computed, whatever the amount written beside it. `SALARY_NET` is before income tax.
    `ALLOWANCE` is any other regular money: it is lived on, and enters neither the housing benefit nor RSA.
    """

    SALARY_GROSS = "salary_gross"
    SALARY_NET = "salary_net"
    RSA = "rsa"
    AAH = "aah"
    UNEMPLOYMENT = "unemployment"
    PENSION = "pension"
    ALLOWANCE = "allowance"


class Tenure(StrEnum):
    """Under what right the home is lived in; the page docs/methods/benefits.md says what OpenFisca is told for each."""

    SOCIAL = "social"
    AGREED_PRIVATE = "agreed_private"
    PRIVATE = "private"
    SUBLEASE = "sublease"
    RESIDENCE = "residence"
    FURNISHED = "furnished"


class NoLead(ValueError):
    """A household has exactly one lead."""


class TooManyPartners(ValueError):
    """A household has at most one partner of its lead."""


class NegativeAmount(ValueError):
    """An amount of money below zero."""


class NotBornYet(ValueError):
    """A person is born after the day of the computation."""


class UnknownZone(ValueError):
    """The zones of housing benefit are 1, 2 and 3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Money a person gets each month, in euros; `since` and `until` are the first days of months, both counted."""

    kind: ResourceKind
    per_month: Decimal
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.per_month < 0:
            raise NegativeAmount(self.per_month)

    def is_paid_in(self, month: date) -> bool:
        """Tell whether it is paid in the month that begins that day."""
        return (self.since is None or self.since <= month) and (self.until is None or month <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of the household."""

    role: Role
    birth_date: date
    resources: tuple[Resource, ...] = ()

    def age_on(self, day: date) -> int:
        """Give the age in whole years."""
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (not had_birthday)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    Where a home is: Insee code, zone of housing benefit, and the share of RSA paid there.

    `zone` is given by the caller, from the law, never looked up by OpenFisca, which silently says 2 for a commune
    it does not know. None says unknown: zone 2 is then supposed, and the result says so. `zone_is_mixed` says that the
    commune was made of communes of several zones. `rsa_share` is 1 but in Mayotte.
    """

    commune: str
    zone: int | None
    zone_is_mixed: bool = False
    rsa_share: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if self.zone not in {None, 1, 2, 3}:
            raise UnknownZone(self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """
    A home as it would be paid for, in euros a month; of a residence, rent and charges make up the fee.

    `is_shared` says that it is a room of a home where others live under a lease of their own: ceilings are lower.
    """

    place: Place
    rent_per_month: Decimal
    tenure: Tenure
    charges_per_month: Decimal = Decimal(0)
    is_shared: bool = False

    def __post_init__(self) -> None:
        for amount in (self.rent_per_month, self.charges_per_month):
            if amount < 0:
                raise NegativeAmount(amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Who would move in; `place` is where they would live, for what the law says of that part of the country."""

    persons: tuple[Person, ...]
    place: Place
    other_charges_per_month: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        roles = [person.role for person in self.persons]
        if roles.count(Role.LEAD) != 1:
            raise NoLead(roles.count(Role.LEAD))
        if roles.count(Role.PARTNER) > 1:
            raise TooManyPartners(roles.count(Role.PARTNER))
        if self.other_charges_per_month < 0:
            raise NegativeAmount(self.other_charges_per_month)

    def check_born_by(self, day: date) -> None:
        """Refuse somebody who is not born yet."""
        for person in self.persons:
            if person.birth_date > day:
                raise NotBornYet(person.birth_date)

    @property
    def asks_for_rsa(self) -> bool:
        """Tell whether RSA is among what it lives on."""
        return any(each.kind is ResourceKind.RSA for person in self.persons for each in person.resources)

    def stated(self, kind: ResourceKind, month: date) -> Decimal:
        """Add up what is stated of a kind in a month, all members together."""
        each = (resource for person in self.persons for resource in person.resources)
        return sum((one.per_month for one in each if one.kind is kind and one.is_paid_in(month)), Decimal(0))
