"""What a household asks for, written down in one go: request, places, grounds of priority, support wished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from chezsoi.allocation import actions as allocation
from chezsoi.allocation.models import HousingRequest
from chezsoi.allocation.queries import readable_labels
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.support import actions as support
from chezsoi.support.models import SupportWish
from chezsoi.territories.models import Commune


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a household said; what it did not say stays unknown and costs it nothing."""

    facts: allocation.RequestFacts
    communes: Sequence[Commune] = ()
    labels: Sequence[str] = ()
    intensity: str = ""


@transaction.atomic
def record_needs(*, actor: Actor, household: Household, needs: Needs, on: date) -> HousingRequest:
    """
    Write down what a household asks for; grounds of priority no longer ticked are withdrawn, never erased.

    A ground the actor may not read is left as it stands.

    Raises what `allocation.actions.record_request` and `record_labels` refuse.
    """
    request = allocation.record_request(actor=actor, household=household, facts=needs.facts, heard_on=on)
    allocation.wish_communes(actor=actor, request=request, communes=needs.communes, on=on)
    held = set(request.labels.filter(withdrawn_on=None).values_list("label", flat=True))
    for gone in sorted((held & readable_labels(actor=actor)) - set(needs.labels)):
        allocation.withdraw_label(actor=actor, request=request, label=gone, on=on)
    if added := sorted(set(needs.labels) - held):
        allocation.record_labels(actor=actor, request=request, labels=added, noted_on=on)
    if needs.intensity and needs.intensity != _last_wish(household):
        support.state_wish(actor=actor, household=household, intensity=needs.intensity, stated_on=on)
    return request


def _last_wish(household: Household) -> str:
    last = SupportWish.objects.filter(household=household).order_by("-stated_on", "-pk").first()
    return last.intensity if last else ""
