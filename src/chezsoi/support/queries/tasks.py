"""What there is to do, as the actor may read it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by
from chezsoi.support.models import Task


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
    rows = Task.objects.filter(household__in=households_seen_by(actor).filter(pk=household.pk))
    return rows.select_related("organisation").order_by("due_on", "pk")


def _our_tasks(actor: Actor) -> QuerySet[Task]:
    if not actor.may("see_support"):
        return Task.objects.none()
    ours = Q(organisation_id=actor.organisation_id) | Q(organisation=None)
    return Task.objects.filter(ours, household__in=households_seen_by(actor)).select_related("household", "measure")
