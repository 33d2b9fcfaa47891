"""What one wish more would open to a household left out, and whether that alone would have it proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from chezsoi.engines.matching.assignment.feasibility import Tables, tables_of
from chezsoi.engines.matching.assignment.instance import Instance
from chezsoi.engines.matching.assignment.pairs import Bitmap, unpacked
from chezsoi.engines.matching.constrained.known import Known, opened_to
from chezsoi.engines.matching.constrained.market import Flags, Market, Numbers
from chezsoi.engines.matching.constrained.who import Selection, Taking, after

# A field, and lists of `(new value, home)` in the order to try; each list needs one answer.
Field = tuple[str, list[list[tuple[int, int]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One wish widened so that `home` is open to the household, which is then in the set of a new run."""

    field: str
    to: int
    home: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Openings:
    """By household left out, what each wish would open; `who` and `homes` name each such pair once, in order."""

    fields_of: dict[int, list[Field]]
    who: Numbers
    homes: Numbers

    def homes_of(self, household: int) -> list[int]:
        """List all that is opened to one household."""
        first, last = np.searchsorted(self.who, (household, household + 1))
        found: list[int] = self.homes[first:last].tolist()
        return found


def openings(instance: Instance, left: Sequence[int]) -> Openings:
    """List what one change of one wish would open to each household left out."""
    tables = tables_of(instance)
    fields_of = {each: list(_fields(instance, tables, each)) for each in left}
    pairs = {
        (each, home) for each, fields in fields_of.items() for _, lists in fields for some in lists for _, home in some
    }
    table = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return Openings(fields_of=fields_of, who=table[:, 0].copy(), homes=table[:, 1].copy())


def _fields(instance: Instance, tables: Tables, rank: int) -> Iterator[Field]:
    homes, only = instance.dwellings, np.array([rank])

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


def changes(
    market: Market, selection: Selection, opened: Openings, known: Known, *, seconds: float
) -> dict[int, tuple[Change, ...]]:
    """Find, by household left out, the changes each of which alone would have it proposed."""
    let_in = first_let_in(market, selection, opened, known, seconds=seconds)
    asked = _Asked(market, selection, opened, known, seconds=seconds)
    found: dict[int, tuple[Change, ...]] = {}
    for each, fields in opened.fields_of.items():
        again = _Again(market, selection, each, let_in[each], seconds=seconds) if each in let_in else None
        found[each] = tuple(
            Change(field=field, to=first[0], home=first[1])
            for field, lists in fields
            for some in lists
            if (first := next((one for one in some if _suffices(asked, again, each, one[1])), None)) is not None
        )
    return found


def _suffices(asked: _Asked, again: _Again | None, household: int, home: int) -> bool:
    return asked.suffices(household, home) if again is None else again.suffices(home)


class _Asked:
    """The run followed rank by rank; each household left out tries in turn the homes that would be opened to it."""

    def __init__(self, market: Market, selection: Selection, opened: Openings, known: Known, *, seconds: float) -> None:
        self.market, self.selection, self.known = market, selection, known
        among = np.flatnonzero(~known.is_shut)
        copies = opened_to(market, opened.who[among], opened.homes[among])
        pairs = zip(opened.who[among].tolist(), opened.homes[among].tolist(), among.tolist(), strict=True)
        self.place_of = {(who, home): (market.households + copy, at) for copy, (who, home, at) in enumerate(pairs)}
        self.taking = Taking(_joined(market, copies), seconds=seconds, pairs=selection.pairs)
        # A copy is nobody: it may not help to reach a floor.
        self.taking.proofs.undecided[market.households :] = False
        self.is_kept, self.next = frozenset(selection.kept), 0

    def suffices(self, household: int, home: int) -> bool:
        copy, at = self.place_of.get((household, home), (-1, -1))
        if copy < 0 or self.known.is_shut[at]:
            return False
        self._come_to(household)
        is_housed = self.taking.could_house(copy)
        if is_housed and self.market.floors:
            self.taking.occupancy.become(self.selection.pairs)
        self.known.learn(self.taking.proofs)
        return is_housed

    def _come_to(self, household: int) -> None:
        taking = self.taking
        for rank in range(self.next, household + 1):
            if rank not in self.is_kept:
                taking.proofs.leave_out(rank)
            else:
                if rank not in taking.occupancy.home_of:
                    taking.occupancy.become(self.selection.pairs)
                taking.keep(rank)
        self.next = household + 1


def _joined(market: Market, copies: Market) -> Market:
    """Put some households after everybody."""
    return replace(
        market,
        start=np.append(market.start, market.start[-1] + copies.start[1:]),
        home=np.append(market.home, copies.home),
        mismatch=np.append(market.mismatch, copies.mismatch),
        intensity=np.append(market.intensity, copies.intensity),
        group=np.append(market.group, copies.group),
    )


def first_let_in(
    market: Market, selection: Selection, opened: Openings, known: Known, *, seconds: float
) -> dict[int, int]:
    """
    Find whom the homes of a household would let in before it, all opened at once: the first, by household.

    Only where it counts for a floor may a home more let in somebody else, whom nothing but the floors kept out. In any
    other case all those before stay as they were.
    """
    found: dict[int, int] = {}
    if not market.floors:
        return found
    households = np.unique(opened.who)
    counted = market.group[households] >= 0
    for rank in _held_back(market, selection, seconds=seconds):
        may = counted & known.may_let_in(rank)
        for number in np.flatnonzero(may).tolist():
            each = int(households[number])
            if each in found or not may[number]:
                continue
            taking = _widened(market, selection, each, opened.homes_of(each), rank=rank, seconds=seconds)
            if taking.could_house(rank):
                found[each] = rank
            else:
                known.learn(taking.proofs)
                may &= known.may_let_in(rank)
    return found


def _held_back(market: Market, selection: Selection, *, seconds: float) -> Iterator[int]:
    """List those that nothing but the floors keeps out."""
    taking, is_kept = Taking(market.without_floors(), seconds=seconds, pairs=selection.pairs), set(selection.kept)
    for rank in np.flatnonzero(np.diff(market.start)).tolist():
        if rank in is_kept:
            if rank not in taking.occupancy.home_of:
                taking.occupancy.become(selection.pairs)
            taking.keep(rank)
        elif taking.could_house(rank):
            yield rank


def _widened(
    market: Market, selection: Selection, household: int, homes: list[int], *, rank: int, seconds: float
) -> Taking:
    """Take up a run from a rank, with some homes more opened to the household."""
    pairs = selection.pairs
    moved = replace(selection, pairs=pairs + len(homes) * (pairs >= market.start[household + 1]))
    return after(_with_pairs(market, household, homes), moved, rank, seconds=seconds)


class _Again:
    """The run made again from whoever a home more may let in, one home at a time."""

    def __init__(self, market: Market, selection: Selection, household: int, rank: int, *, seconds: float) -> None:
        self.market, self.selection, self.household, self.rank = market, selection, household, rank
        self.seconds = seconds

    def suffices(self, home: int) -> bool:
        taking = _widened(self.market, self.selection, self.household, [home], rank=self.rank, seconds=self.seconds)
        for each in range(self.rank, self.household):
            taking.decide(each)
        return taking.could_house(self.household)


def _with_pairs(market: Market, household: int, homes: list[int]) -> Market:
    """Add one pair a home."""
    end = int(market.start[household + 1])
    start = market.start.copy()
    start[household + 1 :] += len(homes)
    none = np.zeros(len(homes), dtype=np.int64)
    return replace(
        market, start=start, home=np.insert(market.home, end, homes), mismatch=np.insert(market.mismatch, end, none)
    )
