"""What can be read of leases."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from chezsoi.fields.ordering import Orders
from chezsoi.homes.models import Dwelling
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.orders import Order
from chezsoi.people.models import CircleMembership, Household, households_seen_by
from chezsoi.tenancies.models import AWAITING, LandlordCall, Lease
from chezsoi.territories.access import GRANTS, Can
from chezsoi.territories.models import RoleAssignment

ENDED, VOIDED = When(ended_on__isnull=False, then=Value(1)), When(voided_at__isnull=False, then=Value(2))
ORDERS = Orders(
    "-signed",
    {
        "signed": [F("signed_on")],
        "commune": [F("dwelling__commune__search_name"), F("dwelling__address")],
        "file": [F("household__reference")],
        "state": [Case(VOIDED, ENDED, default=Value(0)), F("signed_on")],
    },
)


def leases(*, actor: Actor, order: Order | None = None) -> QuerySet[Lease]:
    """
    List the leases an actor may see, the newest first.

    Landlords and rental managers see those of the homes they own or recorded; support workers those of their
    households.
    """
    if not actor.may("see_leases"):
        return Lease.objects.none()
    followed = Q(household__in=households_seen_by(actor))
    own = Q(dwelling__in=Dwelling.objects.held_by(actor)) if actor.may("sign_lease") else Q(pk__in=())
    rows = Lease.objects.filter(own | followed)
    rows = rows.select_related("dwelling__commune", "dwelling__owner__organisation", "household", "territory")
    return ORDERS.put(rows, order)


def lease(pk: int, *, actor: Actor) -> Lease:
    """Give one lease."""
    return leases(actor=actor).get(pk=pk)


def leases_of(household: Household, *, actor: Actor) -> QuerySet[Lease]:
    """List the leases of one household, voided ones included."""
    return leases(actor=actor).filter(household=household)


def calls_of(lease: Lease, *, actor: Actor) -> QuerySet[LandlordCall]:
    """List the calls about one lease, the last first."""
    return _calls(actor).filter(lease=lease).order_by("-called_on", "-pk")


def call(pk: int, *, actor: Actor) -> LandlordCall:
    """Give one call."""
    return _calls(actor).get(pk=pk)


def calls_to_take_up(*, actor: Actor) -> QuerySet[LandlordCall]:
    """List the calls that await somebody of the actor's who follow the households, the oldest first."""
    if not actor.may("take_call"):
        return LandlordCall.objects.none()
    return _calls(actor).filter(AWAITING).order_by("called_on", "pk")


def calls_that_reach_nobody(*, on: date, actor: Actor) -> QuerySet[LandlordCall]:
    """List the calls about households that nobody who brings support follows: their circle is to be opened."""
    if not actor.may("manage_circle"):
        return LandlordCall.objects.none()
    brings = {role for role, rights in GRANTS.items() if Can.TAKE_CALL in rights}
    working = RoleAssignment.objects.in_force_on(on).filter(
        role__in=brings, territory=OuterRef("household__territory"), organisation=OuterRef("organisation")
    )
    open_on = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    followed = CircleMembership.objects.filter(open_on, Exists(working), household=OuterRef("lease__household"))
    rows = LandlordCall.objects.filter(AWAITING, lease__household__in=households_seen_by(actor))
    return rows.exclude(Exists(followed)).select_related("lease__household").order_by("called_on", "pk")


def calls_about(household: Household, *, actor: Actor) -> QuerySet[LandlordCall]:
    """List the calls about the leases of one household, for who brings it support."""
    rows = _calls(actor).filter(lease__household=household, withdrawn_on=None)
    return rows.order_by("-called_on", "-pk") if actor.may("see_support") else rows.none()


def _calls(actor: Actor) -> QuerySet[LandlordCall]:
    if not (actor.may("call_support") or actor.may("take_call")):
        return LandlordCall.objects.none()
    rows = LandlordCall.objects.filter(lease__in=leases(actor=actor))
    return rows.select_related("lease__household", "lease__dwelling__commune", "organisation")
