"""Write that a tenant household would exchange its home, for which homes, or no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from chezsoi import trail
from chezsoi.allocation.actions import RoomsOutOfOrder
from chezsoi.allocation.actions.pausing import NotTheirWish
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.tenancies.models import IN_FORCE, ExchangeCommune, ExchangeWish, Lease
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Commune


class NoHomeToExchange(Exception):
    """The household has no lease in force: an exchange starts from a home."""


class NothingWished(Exception):
    """The household wishes no exchange: there is nothing to withdraw."""


class NothingWithdrawn(Exception):
    """No withdrawal can be taken back: none was made, another wish was stated since, or the home was left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeWished:
    """The home a tenant household would exchange its own for; None is unknown and bars nothing."""

    rooms_min: int | None = None
    rooms_max: int | None = None
    max_outlay_per_month: Decimal | None = None
    needs_wheelchair_access: bool | None = None
    needs_lift_or_ground: bool | None = None


@transaction.atomic
def state_exchange(
    *,
    actor: Actor,
    household: Household,
    wished: HomeWished,
    communes: Sequence[Commune],
    on: date,
    is_their_wish: bool,
) -> ExchangeWish:
    """
    Write which homes a tenant household would exchange its own for; what it wished before ends, and stays readable.

    Neither its lease, nor a request, nor its place anywhere moves.

    :raises NotTheirWish: if the household itself does not say so.
    :raises RoomsOutOfOrder: if the fewest rooms are more than the most.
    :raises NoHomeToExchange: if it has no lease in force.
    """
    authorize(actor, Can.RECORD_REQUEST, household)
    if not is_their_wish:
        raise NotTheirWish
    if wished.rooms_min is not None and wished.rooms_max is not None and wished.rooms_min > wished.rooms_max:
        raise RoomsOutOfOrder(wished.rooms_min, wished.rooms_max)
    Household.objects.select_for_update().get(pk=household.pk)
    lease = Lease.objects.filter(IN_FORCE, household=household).first()
    if lease is None:
        raise NoHomeToExchange
    ExchangeWish.objects.filter(household=household, ended_on=None).update(ended_on=on)
    stated = ExchangeWish.objects.create(household=household, lease=lease, stated_on=on, **asdict(wished))
    ExchangeCommune.objects.bulk_create(
        ExchangeCommune(wish=stated, commune_id=code, rank=rank)
        for rank, code in enumerate(dict.fromkeys(commune.pk for commune in communes), start=1)
    )
    trail.record(actor, "tenancies.exchange.stated", stated)
    return stated


@transaction.atomic
def withdraw_exchange(*, actor: Actor, household: Household, on: date) -> ExchangeWish:
    """
    End what a household wished to exchange: it counts no more, and nothing else changes.

    :raises NothingWished: if it wishes no exchange.
    """
    authorize(actor, Can.RECORD_REQUEST, household)
    wish = ExchangeWish.objects.select_for_update().filter(household=household, ended_on=None).first()
    if wish is None:
        raise NothingWished
    wish.ended_on = on
    wish.save(update_fields=["ended_on"])
    trail.record(actor, "tenancies.exchange.withdrawn", wish)
    return wish


@transaction.atomic
def take_withdrawal_back(*, actor: Actor, household: Household) -> ExchangeWish:
    """
    Undo the last withdrawal: the household wishes again what it wished.

    :raises NothingWithdrawn: if its last wish is not withdrawn, or is of a home it left.
    """
    authorize(actor, Can.RECORD_REQUEST, household)
    Household.objects.select_for_update().get(pk=household.pk)
    wish = ExchangeWish.objects.filter(household=household).select_related("lease").order_by("-pk").first()
    if wish is None or wish.ended_on is None or not wish.is_of_their_home:
        raise NothingWithdrawn
    wish.ended_on = None
    wish.save(update_fields=["ended_on"])
    trail.record(actor, "tenancies.exchange.taken_back", wish)
    return wish


def note_exchange_reading(*, actor: Actor, household: Household) -> None:
    """Leave in the trail that somebody read what a household would exchange its home for."""
    trail.record(actor, "tenancies.exchange.read", household)
