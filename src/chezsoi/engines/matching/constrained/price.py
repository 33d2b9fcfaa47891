"""The price of a floor, household by household."""

from __future__ import annotations

from dataclasses import dataclass

from chezsoi.engines.matching.constrained.market import Market
from chezsoi.engines.matching.constrained.who import Selection, select


@dataclass(frozen=True, kw_only=True)
class Price:
    """Who steps back because of the floors and who steps in, in published order, against the same run without them."""

    steps_back: tuple[int, ...]
    steps_in: tuple[int, ...]


def price_of_floors(market: Market, selection: Selection, *, seconds: float = 60.0) -> Price:
    """Compare a selection with the same one, all floors lifted."""
    without = set(select(market.without_floors(), seconds=seconds).kept) if market.floors else set(selection.kept)
    return Price(
        steps_back=tuple(sorted(without - set(selection.kept))),
        steps_in=tuple(sorted(set(selection.kept) - without)),
    )
