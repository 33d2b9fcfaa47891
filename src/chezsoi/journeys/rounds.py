"""Open a round for a home, or for several: gather everyone who waits, and hand them, frozen, to the allocation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from chezsoi.allocation import actions as allocation
from chezsoi.allocation.models import JointRound, Round, ScoringGrid
from chezsoi.homes.models import Offer
from chezsoi.journeys import company, snapshots
from chezsoi.kernel.actor import Actor
from chezsoi.territories.models import Territory


@transaction.atomic
def open_round(*, actor: Actor, offer: Offer, grid: ScoringGrid, on: date, at: datetime, **chance: Any) -> Round:
    """
    Freeze everyone who waits in the home's territory, and commit the lottery.

    Raises what `allocation.actions.open_round` refuses.
    """
    found = snapshots.dated(offer.dwelling.territory, on=on, actor=actor)
    return allocation.open_round(
        actor=actor, offer=offer, snapshot=found.households, days=found.days, grid=grid, on=on, at=at, **chance
    )


@transaction.atomic
def open_joint_round(
    *,
    actor: Actor,
    territory: Territory,
    offers: Sequence[Offer],
    grid: ScoringGrid,
    on: date,
    at: datetime,
    **chance: Any,
) -> JointRound:
    """
    Freeze everyone who waits in a territory for several of its homes together, and commit one lottery.

    With whom each wishes to live, or would not, is frozen too: it counts for rooms of shared homes.

    Raises what `allocation.actions.open_joint_round` refuses.
    """
    found = snapshots.dated(territory, on=on, actor=actor)
    return allocation.open_joint_round(
        actor=actor,
        territory=territory,
        offers=offers,
        snapshot=found.households,
        days=found.days,
        company=company.company(territory, on=on, actor=actor),
        grid=grid,
        on=on,
        at=at,
        **chance,
    )
