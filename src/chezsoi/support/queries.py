"""What can be read of support, within the households that exist for the actor."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet

from chezsoi.fields.ordering import Orders, by_rank
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.orders import Order
from chezsoi.people.models import Household, households_seen_by
from chezsoi.support.choices import Intensity, MeasureState
from chezsoi.support.models import NamedReferent, SupportMeasure, SupportWish, Task

ORDERS = Orders(
    "-opened",
    {
        "opened": [F("opened_on")],
        "file": [F("household__reference")],
        "intensity": [by_rank("intensity", [each.value for each in Intensity if each is not Intensity.UNKNOWN])],
        "state": [by_rank("state", MeasureState.values), F("opened_on")],
    },
)


def measures(*, actor: Actor, order: Order | None = None) -> QuerySet[SupportMeasure]:
    """List the support measures of the households the actor follows, the newest first."""
    if not actor.may("see_support"):
        return SupportMeasure.objects.none()
    rows = SupportMeasure.objects.filter(household__in=_households(actor))
    return ORDERS.put(rows.select_related("household", "organisation"), order)


def measure(pk: int, *, actor: Actor) -> SupportMeasure:
    """Give one support measure."""
    return measures(actor=actor).get(pk=pk)


def measures_of(household: Household, *, actor: Actor) -> QuerySet[SupportMeasure]:
    """List the support measures of one household."""
    return measures(actor=actor).filter(household=household)


def tasks_to_do(*, actor: Actor) -> QuerySet[Task]:
    """List what the actor's organisation, or nobody yet, has to do for its households, the most urgent first."""
    return _our_tasks(actor).filter(done_on=None, cancelled_on=None).order_by("due_on", "pk")


def task(pk: int, *, actor: Actor) -> Task:
    """Give one task still to do."""
    return tasks_to_do(actor=actor).get(pk=pk)


def any_task(pk: int, *, actor: Actor) -> Task:
    """Give one task of the actor's organisation, or of nobody yet, settled or not."""
    return _our_tasks(actor).get(pk=pk)


def tasks_of(household: Household, *, actor: Actor) -> QuerySet[Task]:
    """List what was ever planned for one household, whoever has to do it, the nearest day first."""
    if not actor.may("see_support"):
        return Task.objects.none()
    rows = Task.objects.filter(household__in=_households(actor).filter(pk=household.pk))
    return rows.select_related("organisation").order_by("due_on", "pk")


def wishes_of(household: Household, *, actor: Actor) -> QuerySet[SupportWish]:
    """List every support wish a household stated, the newest first."""
    if not actor.may("see_household"):
        return SupportWish.objects.none()
    rows = SupportWish.objects.filter(household__in=_households(actor).filter(pk=household.pk))
    return rows.select_related("source").order_by("-stated_on", "-pk")


def wish_of(household: Household, *, on: date, actor: Actor) -> SupportWish | None:
    """Give the last support wish a household stated, as known on a day."""
    if not actor.may("see_household") or not household.is_open_to(actor):
        return None
    rows = SupportWish.objects.filter(household=household, stated_on__lte=on)
    return rows.order_by(F("stated_on").desc(), "-pk").first()


def referents_of(household: Household, *, actor: Actor) -> QuerySet[NamedReferent]:
    """List the services a source named as following a household, the newest first."""
    if not actor.may("see_household"):
        return NamedReferent.objects.none()
    rows = NamedReferent.objects.filter(household__in=_households(actor).filter(pk=household.pk))
    return rows.select_related("source").order_by("-stated_on", "-pk")


def _our_tasks(actor: Actor) -> QuerySet[Task]:
    if not actor.may("see_support"):
        return Task.objects.none()
    ours = Q(organisation_id=actor.organisation_id) | Q(organisation=None)
    return Task.objects.filter(ours, household__in=_households(actor)).select_related("household", "measure")


def _households(actor: Actor) -> QuerySet[Household]:
    return households_seen_by(actor)
