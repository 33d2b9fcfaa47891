"""The places of the teams, and how many are taken: by organisation, for those who work there; in all, for a round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from chezsoi.kernel.actor import Actor
from chezsoi.support.choices import FOLLOWED, Intensity, MeasureState
from chezsoi.support.models import SupportMeasure, TeamPlaces
from chezsoi.support.models.intensities import intensity_on
from chezsoi.territories.access import Can, NotAllowed
from chezsoi.territories.models import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What teams can follow at an intensity, what they follow now, and the places left."""

    intensity: Intensity
    places: int
    running: int
    free: int
    stated_on: date


def places_of_our_teams(territory: Territory, *, on: date, actor: Actor) -> tuple[Places, ...]:
    """List what the teams of the actor's own organisation can follow in a territory."""
    rows = TeamPlaces.objects.filter(organisation=actor.organisation_id) if actor.may("see_support") else None
    return () if rows is None else _in_all(_by_team(rows, territory, on))


def places_here(territory: Territory, *, on: date, actor: Actor) -> tuple[Places, ...]:
    """
    Add up what the teams of a territory can follow, for those who share homes out.

    :raises NotAllowed: if the role draws no round, or works elsewhere.
    """
    if not actor.may(Can.RUN_ROUND) or territory.pk not in actor.territory_ids:
        raise NotAllowed(f"{actor.role} may not draw a round here")
    return _in_all(_by_team(TeamPlaces.objects.all(), territory, on))


def _by_team(rows: QuerySet[TeamPlaces], territory: Territory, on: date) -> list[Places]:
    """Give the last word of each organisation on each intensity, with the measures it runs so."""
    said = rows.filter(territory=territory, stated_on__lte=on).order_by("stated_on", "pk")
    last = {(row.organisation_id, row.intensity): row for row in said}
    measures = SupportMeasure.objects.filter(
        household__territory=territory, state=MeasureState.RUNNING, organisation__in={team for team, _how in last}
    )
    running = Counter(measures.annotate(intensity_now=intensity_on(on)).values_list("organisation_id", "intensity_now"))
    return [
        Places(
            intensity=Intensity(row.intensity),
            places=row.places,
            running=(taken := running[row.organisation_id, row.intensity]),
            free=max(row.places - taken, 0),
            stated_on=row.stated_on,
        )
        for row in last.values()
    ]


def _in_all(teams: Iterable[Places]) -> tuple[Places, ...]:
    """Add the teams up by intensity: a team that follows more than it said has none free, and takes none elsewhere."""
    found = list(teams)
    return tuple(
        Places(
            intensity=intensity,
            places=sum(each.places for each in alike),
            running=sum(each.running for each in alike),
            free=sum(each.free for each in alike),
            stated_on=max(each.stated_on for each in alike),
        )
        for intensity in FOLLOWED
        if (alike := [each for each in found if each.intensity == intensity])
    )
