"""Say how many households the teams of an organisation can follow; it is nobody's condition for a home."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chezsoi import trail
from chezsoi.kernel.actor import Actor
from chezsoi.support.choices import FOLLOWED
from chezsoi.support.models import TeamPlaces
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Organisation, Territory


class NobodyFollowedSo(Exception):
    """Without support, or when it is not known, no team follows: there are no places to count."""


@transaction.atomic
def state_places(
    *, actor: Actor, organisation: Organisation, territory: Territory, intensity: str, places: int, on: date
) -> TeamPlaces:
    """
    Write how many households the teams of an organisation can follow at an intensity; what was said before stays.

    :raises NobodyFollowedSo: for no support, or an intensity not known.
    """
    stated = TeamPlaces(
        organisation=organisation, territory=territory, intensity=intensity, places=places, stated_on=on
    )
    authorize(actor, Can.RECORD_SUPPORT, stated)
    if intensity not in FOLLOWED:
        raise NobodyFollowedSo(intensity)
    stated.save()
    trail.record(actor, "support.places.stated", stated, detail={"intensity": intensity, "places": places})
    return stated
