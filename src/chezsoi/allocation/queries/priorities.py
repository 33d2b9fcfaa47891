"""What can be read of the grounds of priority of a household and of the lists it is on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chezsoi.allocation.choices import OF_VIOLENCE, Label
from chezsoi.allocation.models import HousingRequest, PoolLabel, PriorityLabel
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by
from chezsoi.territories.access import Can


@dataclass(frozen=True, slots=True, kw_only=True)
class Priorities:
    """Every ground and every label of a request that a reader may know, those that count first, then the newest."""

    request: HousingRequest | None
    grounds: tuple[PriorityLabel, ...]
    labels: tuple[PoolLabel, ...]


def readable_labels(*, actor: Actor) -> frozenset[str]:
    """Tell which grounds of priority a role reads: those of violence are not everybody's."""
    every = frozenset(Label.values)
    return every if actor.may(Can.SEE_VIOLENCE) else every - OF_VIOLENCE


def priorities(household: Household, *, actor: Actor, on: date) -> Priorities:
    """Read the grounds and the labels of a household the actor may see."""
    seen = households_seen_by(actor, on=on).filter(pk=household.pk)
    request = HousingRequest.objects.filter(household__in=seen).first()
    if request is None:
        return Priorities(request=None, grounds=(), labels=())
    grounds = PriorityLabel.objects.filter(request=request, label__in=readable_labels(actor=actor))
    labels = PoolLabel.objects.filter(request=request)
    return Priorities(
        request=request,
        grounds=tuple(sorted(grounds.select_related("source"), key=lambda row: _order(row, on))),
        labels=tuple(sorted(labels, key=lambda row: _order(row, on))),
    )


def priority(kind: str, pk: int, *, household: Household, actor: Actor) -> PriorityLabel | PoolLabel:
    """
    Give one ground, or one label, of a household the actor may see.

    :raises ObjectDoesNotExist: also when it does not exist for the actor.
    """
    seen = households_seen_by(actor).filter(pk=household.pk)
    if kind == "label":
        return PoolLabel.objects.select_related("request__household").get(pk=pk, request__household__in=seen)
    read = PriorityLabel.objects.filter(label__in=readable_labels(actor=actor))
    return read.select_related("request__household").get(pk=pk, request__household__in=seen)


def _order(row: PriorityLabel | PoolLabel, on: date) -> tuple[bool, int, int]:
    return not row.counts_on(on), -row.starts_on.toordinal(), -row.pk
