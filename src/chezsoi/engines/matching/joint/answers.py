"""What a joint round tells each household: its home, or what stands between it and one, and the wish that helps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matching.assignment.pairs import Pairs
from chezsoi.engines.matching.assignment.who import FREE, Housing
from chezsoi.engines.matching.assignment.why_not import Bars, bars_of, blocking_set
from chezsoi.engines.matching.joint.compatible import failures
from chezsoi.engines.matching.joint.market import Market
from chezsoi.engines.matching.verdicts import RuleCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """The one wish that, widened to `accept`, would have the household proposed a home, such as `home`."""

    wish: RuleCode
    accept: str | int
    home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    What one household is told; `place` is its place in the published order, from 1.

    `possible` counts the homes no rule refuses it. When none is proposed, `blocking` names the homes that stand
    between it and one: as many households, all before it, live in these or nowhere. `last` is the one of them who
    would make room first, at `last_place` with `last_points`: the household would have to come before it. Both are
    empty when no home is possible, and when a room of a shared home is within reach, directly or by exchanges: company
    may count there, and whether it did must not be read. `relaxation` is one wish to widen, never a need nor a right;
    it never leads to a shared home.
    """

    ref: str
    place: int
    points: int
    home: str | None
    possible: int
    blocking: tuple[str, ...] = ()
    last: str | None = None
    last_place: int | None = None
    last_points: int | None = None
    relaxation: Relaxation | None = None


def answers(market: Market, points: Sequence[int]) -> tuple[Answer, ...]:
    """Answer every household, in the published order."""
    bars = bars_of(market.pairs, market.housing)
    wishes = _Wishes.of(market, bars)
    possible = market.compatible.sum(axis=1).tolist()
    return tuple(
        Answer(ref=household.ref, place=row + 1, points=points[row], home=market.ref_of(home), possible=possible[row])
        if (home := market.home_of(row)) is not None
        else _why_not(market, bars, wishes, points, row)
        for row, household in enumerate(market.ranked)
    )


def _why_not(market: Market, bars: Bars, wishes: _Wishes, points: Sequence[int], row: int) -> Answer:
    nobody = Answer(
        ref=market.ranked[row].ref,
        place=row + 1,
        points=points[row],
        home=None,
        possible=int(market.compatible[row].sum()),
        relaxation=wishes.of_household(row),
    )
    if not nobody.possible:
        return nobody
    within_reach = blocking_set(market.pairs, market.housing, row).homes
    if market.sharers.shared[within_reach].any():
        return nobody
    bar = int(bars.bar_of[market.compatible[row]].max())
    return replace(
        nobody,
        blocking=market.refs(within_reach.tolist()),
        last=market.ranked[bar].ref,
        last_place=bar + 1,
        last_points=points[bar],
    )


def _within_own_homes(market: Market) -> NDArray[np.intp]:
    """Find the bar of each home by exchanges that touch no shared home: whom they let in, company cannot keep out."""
    own = np.flatnonzero(~market.sharers.shared)
    held = market.housing.holder_of[own]
    home_of = np.full(len(market.ranked), FREE, dtype=np.intp)
    home_of[held[held != FREE]] = np.flatnonzero(held != FREE)
    pairs = Pairs.of(market.compatible[:, own], np.zeros((len(market.ranked), len(own)), dtype=np.int64))
    found = np.full(len(market.offered), FREE, dtype=np.intp)
    found[own] = bars_of(pairs, Housing(home_of=home_of, holder_of=held)).bar_of
    return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Wishes:
    """Where one wish alone refuses a pair, and the home would be within reach."""

    market: Market
    elsewhere: NDArray[np.bool_]
    too_large: NDArray[np.bool_]

    @classmethod
    def of(cls, market: Market, bars: Bars) -> _Wishes:
        bar_of = _within_own_homes(market) if market.sharers.shared.any() else bars.bar_of
        behind = bar_of[None, :] > np.arange(len(market.ranked))[:, None]
        alone = (market.failed == 1) & behind
        rooms = np.array([each.home.rooms or 0 for each in market.offered])
        most = np.array([np.inf if each.rooms_max is None else each.rooms_max for each in market.ranked])
        commune = failures(market.ranked, market.offered, only=RuleCode.COMMUNE_IS_WISHED) > 0
        size = failures(market.ranked, market.offered, only=RuleCode.ROOMS_FIT_WISH) > 0
        return cls(market=market, elsewhere=alone & commune, too_large=alone & size & (rooms > most[:, None]))

    def of_household(self, row: int) -> Relaxation | None:
        """Choose the wish whose home misses the others least: a commune before a room more."""
        return next(self._widened(row), None)

    def _widened(self, row: int) -> Iterator[Relaxation]:
        for wish, helps in ((RuleCode.COMMUNE_IS_WISHED, self.elsewhere), (RuleCode.ROOMS_FIT_WISH, self.too_large)):
            columns = np.flatnonzero(helps[row]).tolist()
            for column in sorted(columns, key=lambda each: (self.market.missed(row, each), self._ref(each))):
                home = self.market.offered[column].home
                accept = home.commune if wish is RuleCode.COMMUNE_IS_WISHED else home.rooms
                if accept is not None:
                    yield Relaxation(wish=wish, accept=accept, home=home.ref)

    def _ref(self, column: int) -> str:
        return self.market.offered[column].home.ref
