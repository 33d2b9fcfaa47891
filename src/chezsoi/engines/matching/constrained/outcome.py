"""Match an instance under side constraints, and say what they cost."""

from __future__ import annotations

from dataclasses import dataclass

from chezsoi.engines.matching.assignment.instance import Instance
from chezsoi.engines.matching.constrained.alternative import MostHoused, most_housed
from chezsoi.engines.matching.constrained.market import Caseload, Floor, Market
from chezsoi.engines.matching.constrained.price import Price, price_of_floors
from chezsoi.engines.matching.constrained.reading import market_of_instance
from chezsoi.engines.matching.constrained.solving import Solution
from chezsoi.engines.matching.constrained.where import place
from chezsoi.engines.matching.constrained.who import Selection, select
from chezsoi.engines.matching.constrained.why import Explanations, explain, left_unexplained

# Beyond these, a run takes minutes: what is not computed is said, and nothing is guessed.
LARGEST_EXPLAINED, LARGEST_EXPLAINED_WITH_FLOORS = 250_000, 30_000
LARGEST_COMPARED = 50_000


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """
    Who is proposed which home under constraints, the proof or its limits, the price of the floors, the explanations.

    `alternative` is None when the instance is too large for it. The outcome is a proposal to people who decide.
    """

    instance: Instance
    market: Market
    selection: Selection
    placed: Solution
    price: Price
    alternative: MostHoused | None
    explanations: Explanations


def match_under_constraints(
    instance: Instance, *, caseloads: tuple[Caseload, ...] = (), floors: tuple[Floor, ...] = (), seconds: float = 60.0
) -> Outcome:
    """
    Choose who is proposed which home when support teams have limits and groups have floors.

    Parameters
    ----------
    instance : Instance
        As `read_instance` gives.
    caseloads : tuple of Caseload
        What support teams can take; a sector and intensity that is not listed is not limited.
    floors : tuple of Floor
    seconds : float
        Time given to each search in whole numbers.

    Raises
    ------
    FloorOutOfReach
        A floor cannot be reached, whoever is left out.
    """
    market = market_of_instance(instance, caseloads, floors)
    selection = select(market, seconds=seconds)
    size, largest = len(market.home), LARGEST_EXPLAINED_WITH_FLOORS if market.floors else LARGEST_EXPLAINED
    return Outcome(
        instance=instance,
        market=market,
        selection=selection,
        placed=place(market, selection, seconds=seconds),
        price=price_of_floors(market, selection, seconds=seconds),
        alternative=most_housed(market, selection, instance.households.points, seconds=seconds)
        if size <= LARGEST_COMPARED
        else None,
        explanations=explain(instance, market, selection, seconds=seconds)
        if size <= largest
        else left_unexplained(market, selection),
    )
