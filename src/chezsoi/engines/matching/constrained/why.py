"""
Why a household is not proposed under side constraints, and the single wish that would have it proposed.

Every answer is that of a new run under the same constraints, never a guess: whom a household would have to outrank, by
asking at which rank it would no longer have been taken; a wider wish, by asking whether the home it opens would do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from chezsoi.engines.matching.assignment.feasibility import tables_of
from chezsoi.engines.matching.assignment.instance import Instance
from chezsoi.engines.matching.assignment.pairs import Bitmap, unpacked
from chezsoi.engines.matching.constrained.market import Flags, Market, Numbers
from chezsoi.engines.matching.constrained.who import Selection, Taking

# A field, and lists of `(new value, home)` in the order to try; each list needs one answer.
Opened = tuple[str, list[list[tuple[int, int]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One wish widened so that `home` is open to the household, which is then in the set of a new run."""

    field: str
    to: int
    home: int


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
        Time given to each search in whole numbers.
    """
    if selection.undecided:
        return left_unexplained(market, selection)
    left = sorted(set(range(market.households)) - set(selection.kept))
    held_back = _first_held_back(market, selection, left, seconds)
    changes_of: dict[int, tuple[Change, ...]] = {}
    for each in left:
        opened = list(_opened(instance, each))
        homes = sorted({home for _, tries in opened for some in tries for _, home in some})
        test = _Test(market, selection, each, homes, held_back=held_back, seconds=seconds)
        changes_of[each] = tuple(_changes(opened, test))
    return Explanations(
        threshold_of=thresholds(market, selection, left, seconds=seconds),
        changes_of=changes_of,
    )


def _first_held_back(market: Market, selection: Selection, left: list[int], seconds: float) -> int:
    """Find the best-ranked household that nothing but the floors keeps out."""
    without = market.without_floors()
    if not market.floors:
        return market.households
    for each in left:
        if after(without, selection, each, seconds=seconds).can_house(each):
            return each
    return market.households


def thresholds(market: Market, selection: Selection, left: Iterable[int], *, seconds: float = 60.0) -> dict[int, int]:
    """
    Find the household that each one left out would have to outrank to be in the set.

    Just before it, the household left out would still be taken; just after it, it is not any more. Those whom no rank
    would bring in are absent.
    """
    kept = selection.kept
    # Household: how many kept before it leave it room, and how many do not.
    between = {
        each: [-1, int(np.searchsorted(kept, each))] for each in left if market.start[each + 1] > market.start[each]
    }
    while True:
        asked: dict[int, list[int]] = {}
        for each, (room, none) in between.items():
            if none - room > 1:
                asked.setdefault((room + none) // 2, []).append(each)
        if not asked:
            return {each: kept[room] for each, (room, _) in between.items() if room >= 0}
        for place, households in asked.items():
            taking = after(market, selection, kept[place], seconds=seconds)
            for each in households:
                between[each][not taking.can_house(each)] = place


def after(market: Market, selection: Selection, rank: int, *, seconds: float) -> Taking:
    """Take up a run where the household of that rank is the next to be decided."""
    kept = [each for each in selection.kept if each < rank]
    taking = Taking(market, seconds=seconds, pairs=_pairs_again(market, selection, kept), kept=kept)
    for each in range(rank):
        if taking.proofs.undecided[each]:
            taking.proofs.leave_out(each)
    return taking


def _pairs_again(market: Market, selection: Selection, kept: list[int]) -> Numbers:
    """House those kept as the whole set was; if there are floors, the rest of the set too, since it reaches them."""
    again = kept if not market.floors else list(selection.kept)
    pairs = selection.pairs
    return pairs[np.isin(market.household[pairs], again)]


def _changes(opened: list[Opened], test: _Test) -> Iterator[Change]:
    for field, tries in opened:
        for some in tries:
            first = next((Change(field=field, to=to, home=home) for to, home in some if test.suffices(home)), None)
            if first is not None:
                yield first


def _opened(instance: Instance, rank: int) -> Iterator[Opened]:
    """List what each wish would open."""
    tables, homes, only = tables_of(instance), instance.dwellings, np.array([rank])

    def flags(bitmap: Bitmap) -> Flags:
        found: Flags = unpacked(bitmap, len(homes))[0]
        return found

    able, rooms, rent = flags(tables.open_to(only)), flags(tables.rooms[only]), flags(tables.rent[only])
    wished = flags(tables.wished(only))
    # Only a household whose max_rent is 0 is opened a home of no rent: it has to accept something.
    rises = [(max(int(homes.rent[home]), 1), int(home)) for home in np.flatnonzero(able & rooms & wished & ~rent)]
    yield "max_rent", [sorted(rises)]
    for field, more in (("typ_max", tables.rooms_above), ("typ_min", tables.rooms_below)):
        found = np.flatnonzero(able & wished & rent & flags(more[only])).tolist()
        yield field, [[(int(homes.typ[home]), home) for home in found]]
    elsewhere = np.flatnonzero(able & rooms & rent & ~wished).tolist()
    zones = sorted({int(homes.zone[home]) for home in elsewhere})
    yield "zones", [[(zone, home) for home in elsewhere if homes.zone[home] == zone] for zone in zones]


class _Test:
    """Whether one home more would have one household proposed, all else being equal."""

    def __init__(
        self,
        market: Market,
        selection: Selection,
        household: int,
        homes: list[int],
        *,
        held_back: int,
        seconds: float,
    ) -> None:
        self.market, self.selection, self.household, self.seconds = market, selection, household, seconds
        self.place = {home: market.households + number for number, home in enumerate(homes)}
        # Where it counts for a floor, a home more may bring in somebody that the floors held back: the run is made
        # again from there. In any other case all those before stay as they were.
        self.again_from = market.households
        if homes and market.group[household] >= 0 and held_back < household:
            self.again_from = self._first_let_in(homes, held_back)
        if homes and self.again_from > household:
            self.taking = after(_with_copies(market, household, homes), selection, household, seconds=seconds)
            self.taking.proofs.leave_out(household)

    def suffices(self, home: int) -> bool:
        if self.again_from > self.household:
            return self.taking.can_house(self.place[home])
        taking = self._again([home], self.again_from)
        for each in range(self.again_from, self.household):
            taking.decide(each)
        return taking.can_house(self.household)

    def _first_let_in(self, homes: list[int], held_back: int) -> int:
        """Find who comes in first when all the homes are opened at once: no single one lets in anybody before."""
        taking = self._again(homes, held_back)
        kept = set(self.selection.kept)
        for each in range(held_back, self.household):
            taking.decide(each)
            if each in taking.occupancy.kept and each not in kept:
                return each
        return self.market.households

    def _again(self, homes: list[int], rank: int) -> Taking:
        """Take up a run from a rank, with some homes more opened to the household."""
        pairs = self.selection.pairs
        later = pairs >= self.market.start[self.household + 1]
        moved = replace(self.selection, pairs=pairs + len(homes) * later)
        return after(_with_pairs(self.market, self.household, homes), moved, rank, seconds=self.seconds)


def _with_copies(market: Market, household: int, homes: list[int]) -> Market:
    """Add, after everybody, one copy of a household for each home, which may live there alone."""
    many = len(homes)
    return replace(
        market,
        start=np.append(market.start, market.start[-1] + 1 + np.arange(many)),
        home=np.append(market.home, homes),
        mismatch=np.append(market.mismatch, np.zeros(many, dtype=np.int64)),
        intensity=np.append(market.intensity, np.full(many, market.intensity[household])),
        group=np.append(market.group, np.full(many, market.group[household])),
    )


def _with_pairs(market: Market, household: int, homes: list[int]) -> Market:
    """Add one pair a home."""
    end = int(market.start[household + 1])
    start = market.start.copy()
    start[household + 1 :] += len(homes)
    none = np.zeros(len(homes), dtype=np.int64)
    return replace(
        market, start=start, home=np.insert(market.home, end, homes), mismatch=np.insert(market.mismatch, end, none)
    )
