"""What the draft of a grid would change today, for everyone who waits and every home on offer; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chezsoi.allocation import queries as allocation
from chezsoi.allocation.choices import Dimension
from chezsoi.allocation.models import GridDraft, ScoringGrid
from chezsoi.allocation.models.law_of_the_day import home_of, rules_for
from chezsoi.engines import matching
from chezsoi.homes import queries as homes
from chezsoi.homes.choices import OfferState
from chezsoi.homes.models import Offer
from chezsoi.journeys import snapshots
from chezsoi.kernel.actor import Actor

FEWEST_RANKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """
    What a draft would change beside the grid in force.

    `impact` is None while the draft holds what no grid may hold, or nothing: `exclusions` then says whom it would shut
    out. Homes are those on offer where the grid would hold.
    """

    before: ScoringGrid
    waiting: int
    exclusions: tuple[matching.Exclusion, ...]
    impact: matching.Impact | None
    groups: dict[Dimension, tuple[matching.GroupImpact, ...]]
    offers: dict[str, Offer]


def preview(draft: GridDraft, *, on: date, actor: Actor) -> Preview:
    """
    Compute what a draft would change, if it were in force on a day.

    Raises
    ------
    NotAllowed
        If the role opens no round, or works elsewhere.
    """
    territory = draft.territory
    before = allocation.grid_in_force(territory.pk, on=on, actor=actor, epci_siren=draft.epci_siren) or draft.origin
    everyone = snapshots.waiting(territory, on=on, actor=actor)
    offers = {offer.dwelling.reference: offer for offer in _offers(draft, actor)}
    found = allocation.findings(draft, actor=actor)
    impact = None if found else _impact(draft, before, everyone, offers, on)
    grouped = {} if impact is None else allocation.groups(territory, everyone, on=on, actor=actor)
    return Preview(
        before=before,
        waiting=len(everyone),
        exclusions=matching.exclusions(found, everyone),
        impact=impact,
        groups={
            dimension: impact.by_group(of)
            for dimension, of in grouped.items()
            if impact is not None and dimension is not Dimension.COMMUNE
        },
        offers=offers,
    )


def _impact(
    draft: GridDraft,
    before: ScoringGrid,
    everyone: tuple[matching.Household, ...],
    offers: dict[str, Offer],
    on: date,
) -> matching.Impact | None:
    try:
        after = matching.Grid.from_mapping(draft.content | {"version": 1})
    except matching.UnusableGrid:
        return None
    return matching.impact(
        before=matching.Grid.from_mapping(before.content),
        after=after,
        households=everyone,
        homes=[(home_of(offer), rules_for(offer, on=on)) for offer in offers.values()],
        on=on,
        top=max(FEWEST_RANKS, len(offers)),
    )


def _offers(draft: GridDraft, actor: Actor) -> list[Offer]:
    """List the homes on offer where the grid would hold."""
    rows = homes.offers(homes.Filters(state=OfferState.OPEN), actor=actor).filter(dwelling__territory=draft.territory)
    rows = rows.filter(dwelling__commune__epci_siren=draft.epci_siren) if draft.epci_siren else rows
    return list(rows.select_related("dwelling__territory", "dwelling__commune"))
