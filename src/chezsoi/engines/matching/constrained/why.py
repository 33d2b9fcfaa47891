"""
Why a household is not proposed under side constraints, and the single wish that would have it proposed.

Every answer is that of a new run under the same constraints, never a guess: whom a household would have to outrank, by
asking at which rank it would no longer have been taken; a wider wish, by asking whether the home it opens would do.
What prices already prove (`known`) is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chezsoi.engines.matching.assignment.instance import Instance
from chezsoi.engines.matching.constrained.known import Known
from chezsoi.engines.matching.constrained.market import Market
from chezsoi.engines.matching.constrained.opened import Change, changes, openings
from chezsoi.engines.matching.constrained.who import NotDecidedInTime, Selection, after


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanations:
    """
    By household not proposed: whom it would have to outrank, and the changes that alone would have it proposed.

    A household that has a feasible home and is in no `threshold_of` would be left out at any rank: the constraints
    alone keep it out. `not_computed` lists those for whom neither was worked out.
    """

    threshold_of: dict[int, int]
    changes_of: dict[int, tuple[Change, ...]]
    not_computed: tuple[int, ...] = ()


def left_unexplained(market: Market, selection: Selection) -> Explanations:
    """Say of everybody left out that no explanation was computed; those without a feasible home need none."""
    left = np.setdiff1d(np.flatnonzero(np.diff(market.start)), selection.kept)
    return Explanations(threshold_of={}, changes_of={}, not_computed=tuple(left.tolist()))


def explain(instance: Instance, market: Market, selection: Selection, *, seconds: float = 60.0) -> Explanations:
    """
    Explain every household not proposed.

    Parameters
    ----------
    instance : Instance
    market : Market
        The pairs and limits of that instance.
    selection : Selection
        As `select` gives for that market; a set that is not exact (`undecided`) is left unexplained.
    seconds : float
        Time given to each search in whole numbers; if one runs out, nobody is explained rather than somebody wrongly.
    """
    if selection.undecided:
        return left_unexplained(market, selection)
    try:
        return _explained(instance, market, selection, seconds)
    except NotDecidedInTime:
        return left_unexplained(market, selection)


def _explained(instance: Instance, market: Market, selection: Selection, seconds: float) -> Explanations:
    left = sorted(set(range(market.households)) - set(selection.kept))
    opened = openings(instance, left)
    known = Known(market, selection, left, who=opened.who, homes=opened.homes)
    threshold_of = thresholds(market, selection, known, seconds=seconds)
    return Explanations(
        threshold_of=threshold_of,
        changes_of=changes(market, selection, opened, known, seconds=seconds),
    )


def thresholds(market: Market, selection: Selection, known: Known, *, seconds: float) -> dict[int, int]:
    """
    Find the household that each one left out would have to outrank to be in the set.

    Just before it, the household left out would still be taken; just after it, it is not any more. Those whom no rank
    would bring in are absent.

    Notes
    -----
    The last place that is not ruled out is asked first. Whoever is taken there is answered; whoever is not leaves, most
    often, prices that bring the last place of many others forward.
    """
    found: dict[int, int] = {}
    is_open = np.ones(len(known.left), dtype=bool)
    while (place := int(known.last[is_open].max(initial=-1))) >= 0:
        rank = int(known.kept[place])
        taking = after(market, selection, rank, seconds=seconds)
        for number in np.flatnonzero(is_open & (known.last == place)).tolist():
            if known.last[number] < place:
                continue
            if taking.could_house(int(known.left[number])):
                found[int(known.left[number])], is_open[number] = rank, False
                continue
            known.learn(taking.proofs)
            known.last[number] = min(known.last[number], place - 1)
    return found
