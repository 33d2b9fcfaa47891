"""What homes would cost those they are proposed to, for whoever reads resources: never a figure of other facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chezsoi.allocation.choices import CandidacyState, OutlayNeed, OutlaySupposed
from chezsoi.allocation.models import Candidacy, OutlayEstimate
from chezsoi.allocation.queries.outlay_facts import Facts, facts_of
from chezsoi.kernel.actor import Actor
from chezsoi.people import queries as people
from chezsoi.people.models import HouseholdMember, households_seen_by

PRICED = (
    CandidacyState.PROPOSED.value,
    CandidacyState.DECIDED.value,
    CandidacyState.OFFERED.value,
    CandidacyState.ACCEPTED.value,
)
AMOUNTS = ("rent_and_charges", "housing_benefit", "rent_reduction", "net_outlay", "left_a_month", "left_a_day")
EFFORT_BOUNDS, LEFT_BOUNDS = (20, 30, 40), (10, 20)
"""Percents of resources, and euros a day and a consumption unit, between which the room reads an estimate."""
WITH = ("outlay_estimate", "household", "offer__dwelling__commune")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Euros a month but `left_a_day`, a day and a consumption unit; `effort` is a share, None when infinite."""

    rent_and_charges: Decimal
    housing_benefit: Decimal
    rent_reduction: Decimal
    net_outlay: Decimal
    effort: float | None
    left_a_month: Decimal
    left_a_day: Decimal
    law_date: date
    engine_version: str
    cautions: tuple[tuple[str, Decimal | None], ...]
    computed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlay:
    """
    A home, and either its figures, what is to ask, that no law is known of the month, that the computation failed for
    this household, or nothing: being computed, anew where what was computed `is_stale`.
    """

    candidacy: Candidacy
    figures: Figures | None = None
    needs: tuple[OutlayNeed, ...] = ()
    supposed: tuple[OutlaySupposed, ...] = ()
    is_law_unknown: bool = False
    has_failed: bool = False
    is_stale: bool = False

    @property
    def is_waiting(self) -> bool:
        """Tell whether the worker has still to compute it."""
        return self.figures is None and not self.needs and not self.is_law_unknown and not self.has_failed


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlayBand:
    """What the room may know of an estimate: between which bounds, and no amount; `effort` None without resources."""

    effort: tuple[int, int | None] | None
    left_a_day: tuple[int, int | None]
    law_date: date
    engine_version: str
    computed_at: datetime


def outlays(candidacies: Iterable[Candidacy], *, on: date, actor: Actor) -> tuple[Outlay, ...]:
    """
    Give the outlay of each home hoped for, of households that exist for an actor who reads resources; else nothing.

    The facts are read again: figures of facts that changed since are left out, and said to be computed anew.
    """
    wanted = [row.pk for row in candidacies if row.state in PRICED]
    if not wanted or not people.sight(actor=actor).resources:
        return ()
    seen = Candidacy.objects.visible_to(actor).filter(pk__in=wanted, household__in=households_seen_by(actor, on=on))
    rows = list(seen.select_related(*WITH))
    facts = facts_of(rows, on=on, actor=actor)
    found = {row.pk: _outlay(row, facts[row.pk]) for row in rows}
    return tuple(found[pk] for pk in wanted if pk in found)


def outlay_bands(candidacies: Iterable[Candidacy], *, on: date, actor: Actor) -> dict[int, OutlayBand]:
    """
    Give, by candidacy, what the room may know of its estimate, for a role that reads resources or their band.

    Of a protected household, and of an estimate that is not there, it knows nothing.
    """
    sight = people.sight(actor=actor)
    if not (sight.resources or sight.resources_band):
        return {}
    wanted = [row.pk for row in candidacies if row.state in PRICED]
    seen = Candidacy.objects.visible_to(actor).filter(pk__in=wanted, household__is_protected=False)
    rows = list(seen.select_related(*WITH))
    facts = facts_of(rows, on=on, actor=actor)
    found = {row.pk: _outlay(row, facts[row.pk]).figures for row in rows}
    return {pk: _band(figures) for pk, figures in found.items() if figures is not None}


def _band(figures: Figures) -> OutlayBand:
    share = None if figures.effort is None else _between(figures.effort * 100, EFFORT_BOUNDS)
    return OutlayBand(
        effort=share,
        left_a_day=_between(float(figures.left_a_day), LEFT_BOUNDS),
        law_date=figures.law_date,
        engine_version=figures.engine_version,
        computed_at=figures.computed_at,
    )


def _between(value: float, bounds: tuple[int, ...]) -> tuple[int, int | None]:
    """Give the bounds a value lies between, the upper one excluded; the first is 0, or what is under it."""
    low = max((bound for bound in bounds if bound <= value), default=0)
    return low, min((bound for bound in bounds if bound > value), default=None)


def candidacies_to_price(*, actor: Actor, household_ids: frozenset[int] | None = None) -> list[Candidacy]:
    """List the homes hoped for in the territories a program works on, with what was computed of them."""
    held = Candidacy.objects.filter(state__in=PRICED, household__territory_id__in=actor.territory_ids)
    if household_ids is not None:
        held = held.filter(household__in=household_ids)
    return list(held.select_related(*WITH).order_by("pk"))


def who_hopes(*, households: Iterable[int], people: Iterable[int], actor: Actor | None) -> list[tuple[int, int]]:
    """List who hopes for a home among some households and those of some people, with their territory."""
    theirs = HouseholdMember.objects.filter(person__in=people).values_list("household", flat=True)
    held = Candidacy.objects.filter(household__in={*households, *theirs}, state__in=PRICED)
    return list(held.order_by("household").values_list("household", "household__territory").distinct())


def _outlay(candidacy: Candidacy, facts: Facts) -> Outlay:
    row: OutlayEstimate | None = getattr(candidacy, "outlay_estimate", None)
    if facts.needs or row is None or not facts.are_those_of(row):
        return Outlay(candidacy=candidacy, needs=facts.needs, is_stale=row is not None)
    if row.has_failed:
        return Outlay(candidacy=candidacy, has_failed=True)
    if not row.figures:
        return Outlay(candidacy=candidacy, is_law_unknown=True)
    return Outlay(candidacy=candidacy, figures=_figures(row.figures, row.computed_at), supposed=facts.supposed)


def _figures(kept: Mapping[str, Any], computed_at: datetime) -> Figures:
    amounts = {name: Decimal(kept[name]) for name in AMOUNTS}
    cautions = tuple((code, None if amount is None else Decimal(amount)) for code, amount in kept["cautions"])
    return Figures(
        **amounts,
        effort=kept["effort"],
        law_date=date.fromisoformat(kept["law_date"]),
        engine_version=kept["engine_version"],
        cautions=cautions,
        computed_at=computed_at,
    )
