"""Who may gather what a round is drawn from."""

from __future__ import annotations

from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, NotAllowed
from chezsoi.territories.models import Territory


def refuse_unless_drawing_here(actor: Actor, territory: Territory) -> None:
    """
    Let pass who draws rounds in a territory.

    Raises
    ------
    NotAllowed
        If the role draws no round, or works elsewhere.
    """
    if not actor.may(Can.RUN_ROUND) or territory.pk not in actor.territory_ids:
        raise NotAllowed(f"{actor.role} may not draw a round here")
