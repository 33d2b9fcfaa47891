"""Households without the support they wish, or whom nobody follows: what a coordinator makes sure of."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import CircleMembership, Household, households_seen_by
from chezsoi.siao.choices import Gap
from chezsoi.siao.models import TeamHousehold
from chezsoi.support.choices import Intensity, MeasureState
from chezsoi.support.models import NamedReferent, SupportMeasure, SupportWish

STRENGTH = {
    Intensity.NONE: 0,
    Intensity.LIGHT: 1,
    Intensity.MEDIUM: 2,
    Intensity.STRONG: 3,
    Intensity.INTENSIVE: 4,
}
"""How strong each support is; a measure of unknown intensity is taken for what is wished."""


def without_support(*, actor: Actor, on: date, gap: str = "") -> QuerySet[Household]:
    """
    List the households that exist for the actor and lack the support they wish, or anybody to follow them.

    A household that wishes no support lacks none: it is never listed. Each comes with its `gap`, the plainest one, and
    `wished_on`, the longest without it first. The list moves nothing: no home, rank or seniority depends on it.
    """
    if not actor.may("see_orientations"):
        return Household.objects.none()
    wishes = SupportWish.objects.filter(household=OuterRef("pk"), stated_on__lte=on).order_by("-stated_on", "-pk")
    rows = (
        households_seen_by(actor)
        .filter(closed_on=None)
        .annotate(wish=Subquery(wishes.values("intensity")[:1]), wished_on=Subquery(wishes.values("stated_on")[:1]))
    )
    strongest = _running().annotate(strength=_strength("intensity")).order_by(F("strength").desc(nulls_last=True))
    rows = rows.annotate(
        wished=_strength("wish"),
        received=Subquery(strongest.values("strength")[:1]),
        is_running=Exists(_running()),
        is_followed=Exists(_named(on)) | Exists(_running()) | Exists(_referents()) | Exists(_listed(on)),
    )
    found = rows.annotate(gap=_gap()).exclude(gap="")
    return (found.filter(gap=gap) if gap else found).order_by(Coalesce("wished_on", "created_on"), "pk")


def _strength(field: str) -> Case:
    cases = [When(**{field: name.value}, then=Value(rank)) for name, rank in STRENGTH.items()]
    return Case(*cases, default=Value(None), output_field=IntegerField())


def _gap() -> Case:
    return Case(
        When(wish=Intensity.NONE, then=Value("")),
        When(wished__gt=0, is_running=False, then=Value(Gap.NOT_BROUGHT.value)),
        When(wished__gt=F("received"), then=Value(Gap.LESS_THAN_WISHED.value)),
        When(is_followed=False, then=Value(Gap.NOBODY.value)),
        default=Value(""),
        output_field=CharField(),
    )


def _running() -> QuerySet[SupportMeasure]:
    return SupportMeasure.objects.filter(household=OuterRef("pk"), state=MeasureState.RUNNING)


def _named(on: date) -> QuerySet[CircleMembership]:
    return CircleMembership.objects.naming_somebody_on(on).filter(household=OuterRef("pk"))


def _listed(on: date) -> QuerySet[TeamHousehold]:
    return TeamHousehold.objects.on_lists_on(on).filter(household=OuterRef("pk"))


def _referents() -> QuerySet[NamedReferent]:
    return NamedReferent.objects.filter(household=OuterRef("pk"))
