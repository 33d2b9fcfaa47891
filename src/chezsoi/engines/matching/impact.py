"""What another grid would change, on those who wait today: who enters and leaves, which homes, whose rank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from chezsoi.engines.matching.grid import Grid
from chezsoi.engines.matching.homes import Home
from chezsoi.engines.matching.households import Household, facts_of
from chezsoi.engines.matching.ranking import Standing, order
from chezsoi.engines.matching.reasons import reasons
from chezsoi.engines.matching.rules import Rules
from chezsoi.engines.matching.scoring import score
from chezsoi.engines.matching.verdicts import Verdict


class NoTop(ValueError):
    """The first none of the list, or the proposals of nobody, were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The rank and the points of one household under either grid."""

    ref: str
    rank_before: int
    rank_after: int
    points_before: int
    points_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeImpact:
    """Who would be proposed for one home under either grid, first rank first."""

    home: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Tell whether somebody else would be proposed; the same households in another order are the same."""
        return set(self.before) != set(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """
    What the grid `after` would change, compared with `before`.

    `moves` hold everyone, by rank after. `enters` and `leaves` are those of the first `top`. `homes` hold the homes
    compared; `homes_left_out` those the allowance of pairs did not reach: they are not unchanged, nobody knows.
    """

    top: int
    moves: tuple[Move, ...]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    homes: tuple[HomeImpact, ...]
    homes_left_out: tuple[str, ...]

    @property
    def homes_changed(self) -> int:
        return sum(home.changes for home in self.homes)

    @property
    def moved(self) -> int:
        return sum(move.rank_before != move.rank_after for move in self.moves)

    def by_group(self, groups: Mapping[str, str]) -> tuple[GroupImpact, ...]:
        """Count by group, in the order of their names; a household in no group is left out."""
        found: dict[str, list[Move]] = {}
        for move in self.moves:
            if move.ref in groups:
                found.setdefault(groups[move.ref], []).append(move)
        return tuple(_group(name, found[name], self.top) for name in sorted(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupImpact:
    """One group: how many wait, how many are among the first under either grid, and how its ranks move on average."""

    group: str
    waiting: int
    top_before: int
    top_after: int
    mean_rise: float


def impact(
    *,
    before: Grid,
    after: Grid,
    households: Iterable[Household],
    homes: Sequence[tuple[Home, Rules]],
    on: date,
    top: int,
    size: int = 4,
    most_pairs: int = 20_000,
) -> Impact:
    """
    Rank everybody under two grids, and draw up the proposals of each home under both.

    Parameters
    ----------
    before, after : Grid
        The grid in force and the one that might replace it.
    households : iterable of Household
        Everyone who waits, in any order.
    homes : sequence of (Home, Rules)
        The homes on offer, each with the law of its place and day; each is looked at alone, as a round does.
    on : date
        Day of the reckoning.
    top, size : int
        How many first ranks to compare, and how many households a home is proposed to; both at least one.
    most_pairs : int
        How many pairs of a home and a household may be examined before the remaining homes are left out.

    Returns
    -------
    Impact
        Ties that points and waits leave are settled alike under both grids, by a digest of the reference: a move is
        always the grid's doing. In a round the lottery settles them, so that names may differ from any draw.

    Raises
    ------
    NoTop
        If `top` or `size` is under one.
    HouseholdListedTwice
        If two households bear the same reference.

    Examples
    --------
    >>> criteria = [{"code": "rough", "label": "rough", "points": 90, "any_of": [["street"]]},
    ...             {"code": "shelter", "label": "shelter", "points": 60, "any_of": [["chrs"]]}]
    >>> plain = {"code": "g", "version": 1, "title": "G", "source": "EPCI", "valid_from": "2026-01-01"}
    >>> one = Grid.from_mapping(plain | {"rubrics": [{"code": "home", "criteria": criteria}]})
    >>> criteria[1] = criteria[1] | {"points": 120}
    >>> two = Grid.from_mapping(plain | {"version": 2, "rubrics": [{"code": "home", "criteria": criteria}]})
    >>> waiting = [Household(ref="a", situation="street"), Household(ref="b", situation="chrs")]
    >>> found = impact(before=one, after=two, households=waiting, homes=(), on=date(2026, 6, 1), top=1)
    >>> found.enters, found.leaves, found.moved
    (('b',), ('a',), 2)
    """
    if min(top, size) < 1:
        raise NoTop(f"{top} first ranks, {size} households a home")
    waiting = tuple(households)
    everyone = {household.ref: household for household in waiting}
    was, will = _ranked(waiting, before, on), _ranked(waiting, after, on)
    first, then = tuple(was)[:top], tuple(will)[:top]
    compared = tuple(_homes(homes, everyone, (tuple(was), tuple(will)), size, most_pairs))
    reached = {each.home for each in compared}
    return Impact(
        top=top,
        moves=tuple(_move(ref, was[ref], will[ref]) for ref in will),
        enters=tuple(ref for ref in then if ref not in set(first)),
        leaves=tuple(ref for ref in first if ref not in set(then)),
        homes=compared,
        homes_left_out=tuple(home.ref for home, _ in homes if home.ref not in reached),
    )


Ranked = dict[str, tuple[int, int]]


def _ranked(households: Iterable[Household], grid: Grid, on: date) -> Ranked:
    """Give the rank and the points of everybody, first rank first."""
    standings = (
        Standing(
            ref=household.ref,
            points=score(facts_of(household), grid, on).points,
            waiting_since=household.waiting_since,
            ticket=sha256(household.ref.encode()).digest(),
        )
        for household in households
    )
    places = order(standings, grid_counts_waiting=grid.counts_waiting)
    return {place.standing.ref: (place.rank, place.standing.points) for place in places}


def _move(ref: str, before: tuple[int, int], after: tuple[int, int]) -> Move:
    return Move(ref=ref, rank_before=before[0], rank_after=after[0], points_before=before[1], points_after=after[1])


def _homes(
    homes: Sequence[tuple[Home, Rules]],
    everyone: Mapping[str, Household],
    ranked: tuple[tuple[str, ...], tuple[str, ...]],
    size: int,
    most_pairs: int,
) -> Iterator[HomeImpact]:
    """Walk down both orders for each home until its proposals are full; what a rule says of a pair is asked once."""
    left = most_pairs
    for home, rules in homes:
        known: dict[str, bool] = {}
        chosen = []
        for refs in ranked:
            found: list[str] = []
            for ref in refs:
                if len(found) == size or len(known) > left:
                    break
                if ref not in known:
                    known[ref] = _suits(everyone[ref], home, rules)
                if known[ref]:
                    found.append(ref)
            chosen.append(tuple(found))
        left -= len(known)
        if left < 0:
            return
        yield HomeImpact(home=home.ref, before=chosen[0], after=chosen[1])


def _suits(household: Household, home: Home, rules: Rules) -> bool:
    return all(reason.verdict is not Verdict.FAIL for reason in reasons(household, home, rules))


def _group(name: str, moves: Sequence[Move], top: int) -> GroupImpact:
    return GroupImpact(
        group=name,
        waiting=len(moves),
        top_before=sum(move.rank_before <= top for move in moves),
        top_after=sum(move.rank_after <= top for move in moves),
        mean_rise=sum(move.rank_before - move.rank_after for move in moves) / len(moves),
    )
