"""Which households no rule refuses for which homes, all pairs at once, by the very rules that explain one pair."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matching.homes import Home
from chezsoi.engines.matching.households import Household
from chezsoi.engines.matching.rules import Rules
from chezsoi.engines.matching.sights import SIGHTS, Sight
from chezsoi.engines.matching.verdicts import RuleCode, Verdict

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedHome:
    """A home on offer, and the law under which it is let."""

    home: Home
    rules: Rules


def failures(
    households: Sequence[Household], offered: Sequence[OfferedHome], *, only: RuleCode | None = None
) -> NDArray[np.uint8]:
    """
    Count, for every pair, how many rules fail: all of them, or one alone.

    Parameters
    ----------
    households : sequence of Household, H of them
        In any order.
    offered : sequence of OfferedHome, D of them
        Homes and the law of each.

    Returns
    -------
    array of uint8, shape (H, D)
        0 where no rule refuses: the pair may be proposed, questions included. It is no award.

    Notes
    -----
    Real files repeat: a rule is applied once to each pair of *kinds* of households and of homes, alike in all it looks
    at, and the answers are spread with one table look-up a rule. The verdicts are those of `reasons` by construction;
    a property test holds the two equal.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from chezsoi.engines.matching import EnergyFloor, HomeKind, SizeTable, Source, Status
    >>> law = Source(reference="law", status=Status.VERIFIED)
    >>> rules = Rules(
    ...     minimum_surfaces_m2=SizeTable(values=(Decimal(9), Decimal(16)), source=law),
    ...     worst_energy_class=EnergyFloor(worst_class="F", source=law),
    ...     worst_energy_class_overseas=EnergyFloor(worst_class=None, source=law),
    ...     request_number=law,
    ...     regular_stay=law,
    ... )
    >>> home = Home(ref="T2", kind=HomeKind.PRIVATE, commune="57463", surface_m2=Decimal(12), energy_rating="D")
    >>> alone, two = Household(ref="a", size=1), Household(ref="b", size=2)
    >>> failures([alone, two], [OfferedHome(home=home, rules=rules)]).tolist()
    [[0], [1]]
    """
    found = np.zeros((len(households), len(offered)), dtype=np.uint8)
    laws = _kinds(offered, lambda each: each.rules)[0]
    for sight in (each for each in SIGHTS if only in {None, each.code}):
        found += _fails(sight, households, offered, laws)
    return found


def _fails(
    sight: Sight, households: Sequence[Household], offered: Sequence[OfferedHome], laws: NDArray[np.intp]
) -> NDArray[np.bool_]:
    rows, some_households = _kinds(households, sight.of_household)
    under = list(zip(offered, laws.tolist(), strict=True))
    columns, some_homes = _kinds(under, lambda pair: (sight.of_home(pair[0].home), pair[1]))
    table = np.zeros((len(some_households), len(some_homes)), dtype=np.bool_)
    ladder = _ladder(sight, some_households)
    for column, (each, _law) in enumerate(some_homes):
        table[_refused(sight, some_households, each, ladder), column] = True
    return table[rows][:, columns]


def _ladder(sight: Sight, households: Sequence[Household]) -> list[int]:
    """Put in order, the least first, those whose number is known of whom more is enough."""
    if sight.more_is_enough is None:
        return []
    held = [
        (amount, place) for place, each in enumerate(households) if (amount := sight.more_is_enough(each)) is not None
    ]
    return [place for _amount, place in sorted(held)]


def _refused(sight: Sight, households: Sequence[Household], offered: OfferedHome, ladder: Sequence[int]) -> list[int]:
    """List whom a rule refuses a home; on the ladder, all those under the first who passes."""

    def fails(place: int) -> bool:
        return sight.judge(households[place], offered.home, offered.rules).verdict is Verdict.FAIL

    first = bisect_left(ladder, True, key=lambda place: not fails(place))
    judged = range(len(households)) if not ladder else set(range(len(households))).difference(ladder)
    return [*ladder[:first], *(place for place in judged if fails(place))]


def _kinds(things: Sequence[T], key: Callable[[T], Hashable]) -> tuple[NDArray[np.intp], list[T]]:
    """Number things by kind, and give one of each kind, in the order met."""
    numbers: dict[Hashable, int] = {}
    firsts: list[T] = []
    places = np.empty(len(things), dtype=np.intp)
    for place, thing in enumerate(things):
        kind = key(thing)
        if kind not in numbers:
            numbers[kind] = len(firsts)
            firsts.append(thing)
        places[place] = numbers[kind]
    return places, firsts
