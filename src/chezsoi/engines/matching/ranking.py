"""The published order: points, then waiting unless the grid already counts it, then the lottery."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class HouseholdListedTwice(ValueError):
    """The same household stands twice in one list."""


class SettledBy(StrEnum):
    """What sets a household apart from those it could be confused with."""

    POINTS = "points"
    WAITING = "waiting"
    LOTTERY = "lottery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All the order looks at: points, the first day of waiting (None is last), the ticket."""

    ref: str
    points: int
    waiting_since: date | None
    ticket: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A rank from 1, how many others have the same points, and what settled the place among them."""

    rank: int
    standing: Standing
    others_on_same_points: int
    settled_by: SettledBy


Key = tuple[int, date, bytes, str]


def sort_key(standing: Standing, *, grid_counts_waiting: bool) -> Key:
    """Give the key of the published order, the smallest first."""
    return (-standing.points, waiting(standing.waiting_since, grid_counts_waiting), standing.ticket, standing.ref)


def settled_by(one: Standing, other: Standing, *, grid_counts_waiting: bool) -> SettledBy:
    """Say which of the three separates two households."""
    if one.points != other.points:
        return SettledBy.POINTS
    same_wait = waiting(one.waiting_since, grid_counts_waiting) == waiting(other.waiting_since, grid_counts_waiting)
    return SettledBy.LOTTERY if same_wait else SettledBy.WAITING


def order(standings: Iterable[Standing], *, grid_counts_waiting: bool) -> tuple[Place, ...]:
    """
    Put households in the published order, strict and total.

    Parameters
    ----------
    standings : iterable of Standing
        In any order; the result does not depend on it.
    grid_counts_waiting : bool
        True when the grid gives points for waiting: it then breaks no tie.

    Returns
    -------
    tuple of Place
        First rank first. A rank orders proposals; it is no award.

    Raises
    ------
    HouseholdListedTwice
        If two standings bear the same reference.

    Examples
    --------
    >>> early, late = date(2024, 1, 1), date(2026, 1, 1)
    >>> a = Standing(ref="a", points=90, waiting_since=late, ticket=b"1")
    >>> b = Standing(ref="b", points=90, waiting_since=early, ticket=b"2")
    >>> [place.standing.ref for place in order([a, b], grid_counts_waiting=False)]
    ['b', 'a']
    >>> [place.standing.ref for place in order([a, b], grid_counts_waiting=True)]
    ['a', 'b']
    """
    ranked = sorted(standings, key=lambda standing: sort_key(standing, grid_counts_waiting=grid_counts_waiting))
    refs = Counter(standing.ref for standing in ranked)
    if len(refs) < len(ranked):
        raise HouseholdListedTwice(refs.most_common(1)[0][0])
    on_points = Counter(standing.points for standing in ranked)
    on_wait = Counter((standing.points, waiting(standing.waiting_since, grid_counts_waiting)) for standing in ranked)
    return tuple(
        Place(
            rank=rank,
            standing=standing,
            others_on_same_points=on_points[standing.points] - 1,
            settled_by=settled_among(
                on_points[standing.points],
                on_wait[standing.points, waiting(standing.waiting_since, grid_counts_waiting)],
            ),
        )
        for rank, standing in enumerate(ranked, start=1)
    )


def settled_among(with_same_points: int, with_same_wait: int) -> SettledBy:
    """Say what settled a place, given how many have the same points, and how many of them the same wait."""
    if with_same_wait > 1:
        return SettledBy.LOTTERY
    return SettledBy.WAITING if with_same_points > 1 else SettledBy.POINTS


def waiting(since: date | None, grid_counts_waiting: bool) -> date:
    """Give the first day of waiting as the order looks at it: last when unknown, or when it earns points already."""
    return date.max if grid_counts_waiting or since is None else since
