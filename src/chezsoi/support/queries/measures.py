"""The wishes, the measures and the changes of intensity that exist for the actor."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet
from django.utils import timezone

from chezsoi.fields.ordering import Orders, by_rank
from chezsoi.kernel.actor import Actor
from chezsoi.kernel.orders import Order
from chezsoi.people.models import Household, households_seen_by
from chezsoi.support.choices import Intensity, MeasureState
from chezsoi.support.models import IntensityChange, NamedReferent, SupportMeasure, SupportWish
from chezsoi.support.models.intensities import intensity_on

ORDERS = Orders(
    "-opened",
    {
        "opened": [F("opened_on")],
        "file": [F("household__reference")],
        "intensity": [by_rank("intensity_now", [each.value for each in Intensity if each is not Intensity.UNKNOWN])],
        "state": [by_rank("state", MeasureState.values), F("opened_on")],
    },
)


def measures(*, actor: Actor, order: Order | None = None) -> QuerySet[SupportMeasure]:
    """List the support measures of the households the actor follows, the newest first."""
    if not actor.may("see_support"):
        return SupportMeasure.objects.none()
    rows = SupportMeasure.objects.filter(household__in=households_seen_by(actor))
    rows = rows.annotate(intensity_now=intensity_on(timezone.localdate()))
    return ORDERS.put(rows.select_related("household", "organisation"), order)


def measure(pk: int, *, actor: Actor) -> SupportMeasure:
    """Give one support measure."""
    return measures(actor=actor).get(pk=pk)


def measures_of(household: Household, *, actor: Actor) -> QuerySet[SupportMeasure]:
    """List the support measures of one household."""
    return measures(actor=actor).filter(household=household)


def changes_of(household: Household, *, actor: Actor) -> QuerySet[IntensityChange]:
    """List how the intensity of one household's measures changed, the newest first; those taken back too."""
    rows = IntensityChange.objects.filter(measure__in=measures_of(household, actor=actor).order_by().values("pk"))
    return rows.select_related("measure__household").order_by("-starts_on", "-pk")


def change(pk: int, *, household: Household, actor: Actor) -> IntensityChange:
    """Give one change of intensity of a household's measures."""
    return changes_of(household, actor=actor).get(pk=pk)


def wishes_of(household: Household, *, actor: Actor) -> QuerySet[SupportWish]:
    """List every support wish a household stated, the newest first."""
    if not actor.may("see_household"):
        return SupportWish.objects.none()
    rows = SupportWish.objects.filter(household__in=households_seen_by(actor).filter(pk=household.pk))
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
    rows = NamedReferent.objects.filter(household__in=households_seen_by(actor).filter(pk=household.pk))
    return rows.select_related("source").order_by("-stated_on", "-pk")
