"""Who is housed: the lexicographically best set in the published order, under caseloads and floors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from chezsoi.engines.matching.constrained.market import Flags, Floor, Market, Mask, Numbers
from chezsoi.engines.matching.constrained.occupancy import Occupancy
from chezsoi.engines.matching.constrained.program import SCALE, Prices, Program
from chezsoi.engines.matching.constrained.proofs import Proofs, part
from chezsoi.engines.matching.constrained.solving import integral, is_allowed, relax, solve

HALF = 0.5


class FloorOutOfReach(ValueError):
    """A floor cannot be reached, whoever is left out; its group can have `at_most`, the floors before it kept."""

    def __init__(self, floor: Floor, at_most: int) -> None:
        asked = f"The floor of group {floor.group} asks for {floor.minimum} households"
        super().__init__(f"{asked}; at most {at_most} can be housed.")
        self.floor = floor
        self.at_most = at_most


class NotDecidedInTime(RuntimeError):
    """A search in whole numbers ran out of time where only an answer would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """
    How many households each means decided.

    At sight, by moves, by prices, by a corner of the relaxation that is in whole numbers, by a search in whole numbers.
    """

    at_sight: int = 0
    by_moves: int = 0
    by_prices: int = 0
    by_relaxation: int = 0
    by_search: int = 0


@dataclass(frozen=True, kw_only=True)
class Selection:
    """
    The set of households, in published order, one way of housing them, and why nobody else can be added.

    `proof_of` says which of `prices` rules out a household; for those `by_search` there is only the word of the solver.
    `undecided` are households left out because the time given ran out; the set is exact when there is none.
    """

    kept: tuple[int, ...]
    pairs: Numbers
    prices: tuple[Prices, ...]
    proof_of: Mapping[int, int]
    by_search: tuple[int, ...]
    undecided: tuple[int, ...]
    effort: Effort


def select(market: Market, *, seconds: float = 60.0) -> Selection:
    """
    Take households in the published order, each one if all kept so far and it can be housed together.

    Together means: one home each, no caseload above its capacity, and every floor still within reach.

    Parameters
    ----------
    market : Market
    seconds : float
        Time given to each search in whole numbers; a search that runs out leaves its household `undecided`.

    Raises
    ------
    FloorOutOfReach
        A floor cannot be reached, whoever is left out.

    Notes
    -----
    Without side constraints this is the greedy algorithm on a transversal matroid. With caseloads it is not a matroid:
    more households could sometimes be housed by leaving out one of a better rank. That set is an alternative
    (`alternative.most_housed`), never the rule.

    Examples
    --------
    >>> from chezsoi.engines.matching.constrained.market import Caseload, market_of
    >>> pairs = [(0, 0, 0), (0, 1, 0), (1, 0, 0), (2, 1, 0)]
    >>> one = (Caseload(sector=0, intensity=2, capacity=1),)
    >>> market = market_of(pairs, households=3, sector=[0, 0], intensity=[2, 2, 0], caseloads=one)
    >>> select(market).kept
    (0, 2)
    """
    taking = Taking(market, seconds=seconds, pairs=reach_floors(market, seconds=seconds))
    for household in range(market.households):
        taking.decide(household)
    return taking.selection()


class Taking:
    """The households decided so far, and whether one more can be housed with them."""

    def __init__(self, market: Market, *, seconds: float, pairs: Numbers, kept: Iterable[int] = ()) -> None:
        """Start with a feasible choice of pairs that houses those already kept."""
        self.market, self.seconds = market, seconds
        self.occupancy, self.proofs = Occupancy(market), Proofs(market)
        self.occupancy.become(pairs)
        for household in kept:
            self.keep(household)
        self.closed: Mask = 0
        self.proof_of: dict[int, int] = {}
        self.count = {"at_sight": 0, "by_moves": 0, "by_prices": 0, "by_relaxation": 0, "by_search": 0}
        self.by_search: list[int] = []
        self.undecided: list[int] = []

    def decide(self, household: int) -> None:
        """Take a household in for good, or leave it out for good."""
        if self.can_house(household):
            self.keep(household)
            return
        self.proofs.leave_out(household)
        if (proof := self.proofs.ruling_out(household)) >= 0:
            self.proof_of[household] = proof

    def could_house(self, household: int) -> bool:
        """
        Tell the same where nobody else is to be taken: whoever is not needed makes room first.

        Raises
        ------
        NotDecidedInTime
            This search ran out, or one before it did.
        """
        self.occupancy.dismiss()
        answer = self.can_house(household)
        if self.undecided:
            raise NotDecidedInTime
        return answer

    def keep(self, household: int) -> None:
        """Take in a household that is housed."""
        self.occupancy.kept.add(household)
        self.proofs.keep(household)

    def can_house(self, household: int) -> bool:
        """Tell whether one more household can be housed with those kept; if so, it is."""
        if household in self.occupancy.home_of:
            return self._by("at_sight", True)
        if not self.occupancy.rows[household] or self.proofs.ruling_out(household) >= 0:
            return self._by("at_sight", False)
        if self.occupancy.make_room(household, self.closed):
            return self._by("by_moves", True)
        return self._by_prices_or_search(household)

    def _by(self, means: str, answer: bool) -> bool:
        self.count[means] += 1
        return answer

    def _by_prices_or_search(self, household: int) -> bool:
        if self._is_blocked(household):
            return self._by("by_prices", False)
        floors = self._floors(household)
        program = self._program(household, floors)
        relaxed = relax(program, self._known(program, household), enough=-SCALE)
        if relaxed.bound > -SCALE and self.proofs.add(self._everywhere(relaxed.prices, floors), household):
            return self._by("by_prices", False)
        must = program.must.copy()
        must[household] = True
        asked = replace(program, must=must, cost=np.zeros_like(program.cost))
        # A corner of the relaxation is often in whole numbers.
        corner = relaxed.columns[relaxed.values > HALF]
        if is_allowed(asked, corner):
            self._become(corner, household)
            return self._by("by_relaxation", True)
        self.count["by_search"] += 1
        return self._search(asked, relaxed.columns, household)

    def _is_blocked(self, household: int) -> bool:
        block = self.occupancy.closure(household, self.closed)
        homes = np.array([block.homes >> home & 1 for home in range(self.market.homes)], dtype=np.int64)
        caseloads = np.zeros(len(self.market.caseloads), dtype=np.int64)
        caseloads[sorted(block.caseloads)] = 1
        nothing = np.zeros(len(self.market.floors), dtype=np.int64)
        is_proved = self.proofs.add(Prices(homes * SCALE, caseloads * SCALE, nothing), household)
        if is_proved and not block.caseloads and not self.market.floors:
            self.closed |= block.homes
        return is_proved

    def _floors(self, household: int) -> Numbers:
        """List the floors that have anything to do with a household, however far."""
        concerned = self.market.group[part(self.market, household) & (self.market.group >= 0)]
        return np.unique(concerned)

    def _everywhere(self, prices: Prices, floors: Numbers) -> Prices:
        counts = np.zeros(len(self.market.floors), dtype=np.int64)
        counts[floors] = prices.counts
        return Prices(prices.homes, prices.caseloads, counts)

    def _program(self, household: int, floors: Numbers) -> Program:
        cost = np.zeros(len(self.market.home), dtype=np.int64)
        cost[self.market.pairs_of(household)] = -1
        whole = self.proofs.program(cost=cost, also=household)
        here = part(self.market, household)
        return replace(
            whole, must=whole.must & here, may=whole.may & here, counts=whole.counts[floors], least=whole.least[floors]
        )

    def _known(self, program: Program, household: int) -> Flags:
        columns = np.zeros(len(self.market.home), dtype=bool)
        columns[self.occupancy.pairs()] = True
        columns[self.market.pairs_of(household)] = True
        return columns & program.open

    def _search(self, asked: Program, columns: Numbers, household: int) -> bool:
        for among in (columns, np.flatnonzero(asked.open)):
            pairs, bound = integral(asked, among, seconds=self.seconds)
            if pairs is not None:
                self._become(pairs, household)
                return True
        if bound <= 0:
            self.undecided.append(household)
        else:
            self.by_search.append(household)
        return False

    def _become(self, pairs: Numbers, household: int) -> None:
        """Take other pairs in the independent part of a household; nothing moves elsewhere."""
        elsewhere, before = ~part(self.market, household)[self.market.household], self.occupancy.pairs()
        self.occupancy.become(np.concatenate([pairs, before[elsewhere[before]]]))

    def selection(self) -> Selection:
        """Gather what was decided."""
        kept = tuple(sorted(self.occupancy.kept))
        pairs = self.occupancy.pairs()
        return Selection(
            kept=kept,
            pairs=pairs[np.isin(self.market.household[pairs], kept)],
            prices=self.proofs.prices,
            proof_of=self.proof_of,
            by_search=tuple(self.by_search),
            undecided=tuple(self.undecided),
            effort=Effort(**self.count),
        )


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


def reach_floors(market: Market, *, seconds: float) -> Numbers:
    """
    Find pairs that reach every floor, floor after floor.

    Raises
    ------
    FloorOutOfReach
        Naming the first floor that the floors before it leave out of reach.
    """
    pairs = np.zeros(0, dtype=np.int64)
    for index, floor in enumerate(market.floors):
        counts = market.counted
        program = Program(
            market=market,
            cost=-counts[index][market.household],
            must=np.zeros(market.households, dtype=bool),
            may=(market.group >= 0) & (market.group <= index),
            counts=counts[:index],
            least=market.minimum[:index],
        )
        found = solve(program, pairs, seconds=seconds)
        if -found.cost < floor.minimum:
            raise FloorOutOfReach(floor, -found.bound)
        pairs = found.pairs
    return pairs
