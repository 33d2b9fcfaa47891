"""The teams of a SIAO, and the households on their lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household, households_seen_by
from chezsoi.siao.models import SiaoTeam, TeamHousehold, TeamHouseholds
from chezsoi.siao.queries.orientations import orientations


def teams(*, actor: Actor) -> QuerySet[SiaoTeam]:
    """
    List the teams at work where the actor works, with how many households of their lists exist for the actor.

    A team of a SIAO shared by two territories is seen from both; the households it counts are the reader's own.
    """
    mine = Q(listed__ends_on=None, listed__household__in=households_seen_by(actor))
    return _teams(actor).filter(closed_on=None).annotate(households=Count("listed", filter=mine, distinct=True))


def teams_of(*, actor: Actor, also: int | None = None) -> QuerySet[SiaoTeam]:
    """List the teams of the actor's own SIAO: those it may act for; `also` keeps one that may have closed since."""
    rows = _teams(actor).filter(organisation_id=actor.organisation_id or 0)
    return rows.filter(Q(closed_on=None) | Q(pk=also))


def team(pk: int, *, actor: Actor) -> SiaoTeam:
    """Give one team at work where the actor works."""
    return teams(actor=actor).get(pk=pk)


def on_list(team: SiaoTeam, *, actor: Actor) -> QuerySet[TeamHousehold]:
    """List the households on a team's list that exist for the actor, the longest there first."""
    rows = _rows(actor).filter(team=team, ends_on=None)
    return rows.select_related("household").order_by("starts_on", "pk")


def listed(household: Household, *, actor: Actor, on: date) -> QuerySet[TeamHousehold]:
    """List the teams on whose lists a household stands on a day."""
    return _rows(actor).on_lists_on(on).filter(household=household).select_related("team").order_by("starts_on", "pk")


def latest_of(households: Sequence[Household], *, actor: Actor) -> dict[int, Any]:
    """Give the last orientation of each of some households, those withdrawn left out."""
    rows = orientations(actor=actor, on=date.max).filter(household__in=households, withdrawn_at=None)
    return {row.household_id: row for row in rows.order_by("decided_on", "pk")}


def any_listing(pk: int, *, actor: Actor) -> TeamHousehold:
    """Give one line of a team's list."""
    return _rows(actor).select_related("team", "household").get(pk=pk)


def _teams(actor: Actor) -> QuerySet[SiaoTeam]:
    if not actor.may("see_orientations"):
        return SiaoTeam.objects.none()
    rows = SiaoTeam.objects.filter(organisation__territories__in=actor.territory_ids).distinct()
    return rows.select_related("organisation").order_by("name", "pk")


def _rows(actor: Actor) -> TeamHouseholds:
    if not actor.may("see_orientations"):
        return TeamHousehold.objects.none()
    return TeamHousehold.objects.filter(household__in=households_seen_by(actor))
