"""What the places of support teams would change in a joint round, were they a limit: reported, never applied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chezsoi.engines.matching.constrained.rooms import Limit
from chezsoi.engines.matching.joint.market import Market
from chezsoi.engines.matching.joint.proposals import Joint, ranked_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseloads:
    """
    The support households wish, as pairs (household, kind), and the places left, as pairs (kind, how many).

    A kind whose places nobody said is not limited, nor is a household that wishes none.
    """

    wishes: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, int], ...]


def housed_within(joint: Joint, caseloads: Caseloads) -> tuple[str, ...]:
    """
    Name the households that would be proposed a home were the places of teams a limit, in the published order.

    Parameters
    ----------
    joint : Joint
        The round; what people decided and company hold as in its draw.
    caseloads : Caseloads

    Returns
    -------
    tuple of str
        Each household if all before it and it can be housed with a place for whoever wishes support.

    Raises
    ------
    NotPlacedInTime
        If no set could be proved the first in the time given.

    Notes
    -----
    The price of a limit, to be read beside the round it does not change: a home that waits for a place of support makes
    support a condition of the home. By `constrained.rooms`, in whole numbers: with sectors besides, NP-hard.

    Examples
    --------
    The second household, which wishes support too, would step back for the third: see docs/methods/matching.md.
    """
    ranked = ranked_of(joint)
    rows = {each.ref: row for row, each in enumerate(ranked)}
    limits = tuple(
        Limit(pairs=frozenset(_pairs(caseloads, kind, rows, len(joint.offered))), capacity=capacity)
        for kind, capacity in caseloads.places
    )
    market = Market.of(ranked, joint.offered, joint.pins, joint.company, limits)
    return tuple(ranked[row].ref for row in np.sort(market.housing.housed).tolist())


def _pairs(caseloads: Caseloads, kind: str, rows: dict[str, int], homes: int) -> list[tuple[int, int]]:
    wishing = [rows[ref] for ref, wished in caseloads.wishes if wished == kind and ref in rows]
    return [(row, column) for row in wishing for column in range(homes)]
