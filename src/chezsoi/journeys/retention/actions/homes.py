"""Erase who owned homes nobody heard of for years, and where they stand; what was decided about them stays."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from chezsoi import trail
from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Dwelling, Offer, Owner
from chezsoi.journeys.retention import owners
from chezsoi.journeys.retention.models import PurgeRun, Tombstone
from chezsoi.journeys.retention.owners import Silent
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize


def erase_homes(*, actor: Actor, run: PurgeRun) -> None:
    """Erase the owners and addresses whose time is over in a territory, each owner in its own transaction."""
    authorize(actor, Can.PURGE_FILES, Tombstone(territory=run.territory))
    for silent in list(owners.past_their_time(run.territory, on=run.on)):
        _erase(actor, run, silent)


@transaction.atomic
def _erase(actor: Actor, run: PurgeRun, silent: Silent) -> None:
    """
    Take the address, the owner and the blocked offer of homes, unless one was offered or let since they were listed.

    A home keeps its row: rounds, decisions and figures count it.
    """
    homes = Dwelling.objects.filter(pk__in=silent.dwellings)
    list(homes.select_for_update().order_by("pk").values_list("pk"))
    if owners.kept_homes(run.territory).intersection(silent.dwellings):
        return
    Offer.objects.filter(dwelling__in=homes, state=OfferState.NOT_OFFERABLE).update(
        state=OfferState.WITHDRAWN, blocked_on=None, blocked_by=None
    )
    homes.update(address="", erased_on=run.on)
    if silent.owner is not None:
        homes.update(owner=None)
        Owner.objects.filter(pk=silent.owner).delete()
    PurgeRun.objects.filter(pk=run.pk).update(homes=F("homes") + len(silent.dwellings))
    trail.record(
        actor, "retention.homes.erased", detail={"homes": list(silent.dwellings), "owner": silent.owner is not None},
        territory_id=run.territory_id,
    )  # fmt: skip
