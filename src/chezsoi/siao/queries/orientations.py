"""Orientations, with where each stands: worked out from its steps and from the leases signed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from chezsoi.fields.ordering import Orders, by_rank
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.orders import Order
from chezsoi.law.stalls import orientation_stalls_after
from chezsoi.people.models import Household, households_seen_by
from chezsoi.siao.choices import (
    ANSWERS,
    CLOSING,
    HOME_ASKED,
    HOUSING,
    OUTCOMES,
    Destination,
    OrientationState,
    of_kind,
)
from chezsoi.siao.models import Assessment, Orientation, OrientationStep
from chezsoi.tenancies.models import Lease

ORDERS = Orders(
    "-decided",
    {
        "decided": [F("decided_on")],
        "file": [F("household__reference")],
        "destination": [by_rank("destination", Destination.values), F("decided_on")],
        "state": [by_rank("state", OrientationState.values), F("decided_on")],
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list of orientations is narrowed to."""

    state: str = ""
    kind: str = ""
    team: int | None = None
    is_elsewhere: bool = False
    is_late: bool = False


def orientations(
    *, actor: Actor, on: date, wanted: Wanted | None = None, order: Order | None = None
) -> QuerySet[Orientation]:
    """List the orientations of the households that exist for the actor, the newest first."""
    rows = _with_state(_seen(actor))
    return ORDERS.put(_narrowed(rows, wanted or Wanted(), on), order)


def orientation(pk: int, *, actor: Actor) -> Orientation:
    """Give one orientation, with where it stands."""
    return _with_state(_seen(actor)).get(pk=pk)


def orientations_of(household: Household, *, actor: Actor) -> QuerySet[Orientation]:
    """List the orientations of one household, withdrawn ones included, the newest first."""
    rows = _with_state(_seen(actor)).filter(household=household)
    return rows.prefetch_related("steps").order_by("-decided_on", "-pk")


def orientations_stalled(*, actor: Actor, on: date) -> QuerySet[Orientation]:
    """List the orientations decided long ago of which nobody noted what came, the oldest first."""
    rows = _narrowed(_with_state(_seen(actor)), Wanted(is_late=True), on)
    return rows.order_by("decided_on", "pk")


def any_step(pk: int, *, actor: Actor) -> OrientationStep:
    """Give one step of an orientation that exists for the actor."""
    rows = OrientationStep.objects.filter(orientation__in=_seen(actor))
    return rows.select_related("orientation__household").get(pk=pk)


def assessments_of(household: Household, *, actor: Actor) -> QuerySet[Assessment]:
    """List the assessments of one household, withdrawn ones included, the newest first."""
    rows = _assessments(actor).filter(household=household)
    return rows.select_related("person", "team").order_by("-assessed_on", "-pk")


def assessment(pk: int, *, actor: Actor) -> Assessment:
    """Give one assessment of a household that exists for the actor."""
    return _assessments(actor).select_related("household").get(pk=pk)


def _assessments(actor: Actor) -> QuerySet[Assessment]:
    if not actor.may("see_orientations"):
        return Assessment.objects.none()
    return Assessment.objects.filter(household__in=households_seen_by(actor))


def _seen(actor: Actor) -> QuerySet[Orientation]:
    if not actor.may("see_orientations"):
        return Orientation.objects.none()
    rows = Orientation.objects.filter(household__in=households_seen_by(actor))
    return rows.select_related("household", "team", "organisation")


def _with_state(rows: QuerySet[Orientation]) -> QuerySet[Orientation]:
    ended = _steps().filter(kind__in=CLOSING)
    return rows.annotate(
        answer=Subquery(_steps().filter(kind__in=ANSWERS).values("kind")[:1]),
        outcome=Subquery(_steps().filter(kind__in=OUTCOMES).values("kind")[:1]),
        leased_on=Subquery(_leases_since().values("signed_on")[:1]),
        state=Case(
            When(withdrawn_at__isnull=False, then=Value(OrientationState.WITHDRAWN.value)),
            When(Exists(ended) | Exists(_leases_since()), then=Value(OrientationState.CLOSED.value)),
            default=Value(OrientationState.OPEN.value),
            output_field=CharField(),
        ),
    )


def _leases_since() -> QuerySet[Lease]:
    """Give the leases of the household since an orientation was decided, the first one first."""
    return Lease.objects.filter(
        household=OuterRef("household"), signed_on__gte=OuterRef("decided_on"), voided_at=None
    ).order_by("signed_on", "pk")


def _steps() -> QuerySet[OrientationStep]:
    """Give the steps that hold, the last first."""
    rows = OrientationStep.objects.filter(orientation=OuterRef("pk"), withdrawn_at=None)
    return rows.order_by("-happened_on", "-pk")


def _narrowed(rows: QuerySet[Orientation], wanted: Wanted, on: date) -> QuerySet[Orientation]:
    kept = Q()
    if wanted.state:
        kept &= Q(state=wanted.state)
    if wanted.kind:
        kept &= Q(destination__in=of_kind(wanted.kind))
    if wanted.team is not None:
        kept &= Q(team_id=wanted.team)
    if wanted.is_elsewhere:
        kept &= Q(asked__in=HOME_ASKED, withdrawn_at=None, leased_on=None) & ~Q(destination__in=HOUSING)
    if wanted.is_late:
        since = on - timedelta(days=orientation_stalls_after(on))
        kept &= Q(state=OrientationState.OPEN, decided_on__lte=since, household__closed_on=None)
    return rows.filter(kept)
