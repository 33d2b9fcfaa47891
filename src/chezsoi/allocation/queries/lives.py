"""What can be read of the life of requests: what was done, what lapses, what is contested."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from chezsoi.allocation.choices import AppealOutcome, RequestState
from chezsoi.allocation.models import Appeal, HousingRequest, RequestEvent
from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by

TOLD_BEFORE = timedelta(days=60)
"""A request is told this long before it lapses, and a year after: later, it is a question to the household."""
TOLD_AFTER = timedelta(days=365)


def request_events(request: HousingRequest, *, actor: Actor) -> QuerySet[RequestEvent]:
    """List what was done with a request, the newest first."""
    rows = RequestEvent.objects.filter(request=request, request__household__in=households_seen_by(actor))
    return rows.select_related("request__household").order_by("-happened_on", "-pk")


def request_event(pk: int, *, household: Household, actor: Actor) -> RequestEvent:
    """Give one act on the request of a household the actor may see."""
    rows = RequestEvent.objects.filter(request__household__in=households_seen_by(actor).filter(pk=household.pk))
    return rows.select_related("request__household").get(pk=pk)


def appeals(request: HousingRequest, *, actor: Actor) -> QuerySet[Appeal]:
    """List what a household contests, the newest first."""
    rows = Appeal.objects.filter(request=request, request__household__in=households_seen_by(actor))
    return rows.order_by("-lodged_on", "-pk")


def appeal(pk: int, *, household: Household, actor: Actor) -> Appeal:
    """Give one appeal of a household the actor may see."""
    rows = Appeal.objects.filter(request__household__in=households_seen_by(actor).filter(pk=household.pk))
    return rows.select_related("request__household").get(pk=pk)


def requests_to_renew(*, actor: Actor, on: date) -> QuerySet[HousingRequest]:
    """List the requests under way that lapse soon, or did this year, the first to lapse first."""
    rows = HousingRequest.objects.filter(
        household__in=households_seen_by(actor, on=on),
        state=RequestState.ACTIVE,
        valid_until__lte=on + TOLD_BEFORE,
        valid_until__gt=on - TOLD_AFTER,
    )
    return rows.select_related("household").order_by("valid_until", "pk")


def appeals_awaited(*, actor: Actor, on: date) -> QuerySet[Appeal]:
    """List the appeals whose answer is awaited by a day, the first due first."""
    rows = Appeal.objects.filter(
        request__household__in=households_seen_by(actor, on=on), outcome=AppealOutcome.AWAITED, due_on__isnull=False
    )
    return rows.select_related("request__household").order_by("due_on", "pk")
