"""
Which homes have reached the end of their time: nobody heard of their owner for years, and nothing keeps them.

The last contact with an owner is derived, as a household's is: every past day of every record about its homes and what
they were offered at. A home whose owner is a body of the territory, or is not known, is silent by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db import models
from django.db.models import Max, Q

from chezsoi.homes.choices import OfferState, OwnerKind
from chezsoi.homes.models import Dwelling, Offer, Owner
from chezsoi.journeys.retention import records
from chezsoi.journeys.retention.contacts import NOT_A_CONTACT
from chezsoi.law.retention import OWNER
from chezsoi.tenancies.models import IN_FORCE, Lease
from chezsoi.territories.models import Territory

WHO_LEAVES = Q(organisation=None) & ~Q(kind=OwnerKind.SOCIAL_LANDLORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """Homes whose time is over together, and their owner; `owner` is None where there is no name to erase."""

    owner: int | None
    dwellings: tuple[int, ...]
    last_contact_on: date


def past_their_time(territory: Territory, *, on: date) -> Iterator[Silent]:
    """
    Give the owners, and the homes without one, whose time is over on a day and that nothing keeps.

    Somebody living there keeps them, a home still on offer, and whatever else names the owner; a home the law forbids
    to let does not.
    """
    last_day = OWNER.last_day_kept(on=on)
    heard = _last_contacts(territory, on)
    lived_in, named = kept_homes(territory), _named_elsewhere()
    for owner, recorded_on, homes in _together(territory):
        last = max(heard[home] for home in homes) if homes else recorded_on
        if last <= last_day and owner not in named and not lived_in.intersection(homes):
            yield Silent(owner=owner, dwellings=homes, last_contact_on=last)


def _together(territory: Territory) -> Iterator[tuple[int | None, date, tuple[int, ...]]]:
    """Give each owner who leaves with the homes not erased yet, then each home that stands alone."""
    leaving = dict(
        Owner.objects.filter(WHO_LEAVES, territory=territory).order_by("pk").values_list("pk", "recorded_on")
    )
    rows = Dwelling.objects.filter(territory=territory, erased_on=None).order_by("pk")
    owned: dict[int, list[int]] = {}
    alone: list[tuple[int, date]] = []
    for home, owner, recorded_on in rows.values_list("pk", "owner_id", "recorded_on"):
        if owner in leaving:
            owned.setdefault(owner, []).append(home)
        else:
            alone.append((home, recorded_on))
    for owner, recorded_on in leaving.items():
        yield owner, recorded_on, tuple(owned.get(owner, ()))
    for home, recorded_on in alone:
        yield None, recorded_on, (home,)


def _last_contacts(territory: Territory, on: date) -> dict[int, date]:
    found = dict(Dwelling.objects.filter(territory=territory).order_by().values_list("pk", "recorded_on"))
    for model, to, name in _dated():
        rows = model._base_manager.filter(**{f"{to}__territory": territory, f"{name}__lte": on})
        for home, day in rows.order_by().values_list(to).annotate(latest=Max(name)).values_list(to, "latest"):
            found[home] = max(found[home], day)
    return found


def kept_homes(territory: Territory) -> set[int]:
    """Give the homes somebody lives in, or may be proposed."""
    lived_in = Lease.objects.filter(IN_FORCE, dwelling__territory=territory)
    offered = Offer.objects.filter(dwelling__territory=territory, state=OfferState.OPEN)
    return {row for rows in (lived_in, offered) for row in rows.order_by().values_list("dwelling_id", flat=True)}


def _named_elsewhere() -> set[int]:
    """Give the owners that another record than a home names."""
    named: set[int] = set()
    for key in records.keys_to(Owner):
        if key.model is not Dwelling:
            named.update(key.model._base_manager.order_by().values_list(key.attname, flat=True))
    return named


@cache
def _dated() -> tuple[tuple[type[models.Model], str, str], ...]:
    """List the days that tell of a home: of what refers to it, or to what it was offered at."""
    ways = [(key.model, key.name) for key in records.keys_to(Dwelling)]
    ways += [(key.model, f"{key.name}__dwelling") for key in records.keys_to(Offer)]
    return tuple(
        (model, to, field.name)
        for model, to in ways
        for field in model._meta.concrete_fields
        if type(field) is models.DateField and field.name not in NOT_A_CONTACT
    )
