"""For one home: who is proposed and why, at once; and for everyone else, once asked, why not."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from chezsoi.engines.matching.grid import Grid
from chezsoi.engines.matching.homes import Home
from chezsoi.engines.matching.households import Household, facts_of
from chezsoi.engines.matching.lottery import Lottery
from chezsoi.engines.matching.ranking import (
    HouseholdListedTwice,
    Key,
    SettledBy,
    Standing,
    settled_among,
    settled_by,
    sort_key,
    waiting,
)
from chezsoi.engines.matching.rules import Rules
from chezsoi.engines.matching.scoring import points_of, score
from chezsoi.engines.matching.shortlisted import Candidate, NobodyToShortlist, Relaxation, Shortlist, WhyNot
from chezsoi.engines.matching.sights import examiner, refused
from chezsoi.engines.matching.verdicts import Reason, RuleCode, Verdict


class NotExamined(KeyError):
    """No household of that reference was examined, or it is a candidate: there is no refusal to explain."""


def shortlist(
    *,
    home: Home,
    households: Iterable[Household],
    rules: Rules,
    grid: Grid,
    lottery: Lottery,
    on: date,
    size: int,
) -> Shortlist:
    """
    Draw up who is proposed for a home, and tell every other household why it is not: `search`, asked of everybody.

    Parameters
    ----------
    home : Home
        The home on offer.
    households : iterable of Household
        Everyone who waits, in any order.
    rules, grid : Rules, Grid
        The law and the grid in force on that day.
    lottery : Lottery
        Opened for this home: it breaks the ties that remain.
    on : date
        Day of the reckoning.
    size : int
        Most candidates to shortlist, at least one.

    Returns
    -------
    Shortlist
        A household no rule refuses is a candidate even when facts are missing: its questions go with it. The list
        is a proposal to a commission of people, who decide and may depart from it with reasons; it is no decision
        and must not be used as one (GDPR article 22).

    Raises
    ------
    NobodyToShortlist
        If `size` is under one.
    HouseholdListedTwice
        If two households bear the same reference.

    Notes
    -----
    The one wish offered for widening is the commune or the most rooms, when it alone stands in the way. A need or a
    right (access, surface, what can be paid) is never offered.
    """
    return search(
        home=home, households=households, rules=rules, grid=grid, lottery=lottery, on=on, size=size
    ).shortlist()


def search(
    *,
    home: Home,
    households: Iterable[Household],
    rules: Rules,
    grid: Grid,
    lottery: Lottery,
    on: date,
    size: int,
) -> Search:
    """
    Find who is proposed for a home among everyone who waits; nobody else is explained before it is asked.

    The parameters and what is raised are those of `shortlist`.
    """
    if size < 1:
        raise NobodyToShortlist(str(size))
    everyone = tuple(households)
    refs = [each.ref for each in everyone]
    if len(set(refs)) < len(refs):
        raise HouseholdListedTwice(Counter(refs).most_common(1)[0][0])
    fails = refused(everyone, home, rules)
    possible = tuple(each for each, is_refused in zip(everyone, fails.tolist(), strict=True) if not is_refused)
    days = (waiting(each.waiting_since, grid.counts_waiting).toordinal() for each in possible)
    return Search(
        home=home,
        rules=rules,
        grid=grid,
        lottery=lottery,
        on=on,
        size=size,
        everyone=everyone,
        possible=possible,
        points=np.array(points_of(possible, grid, on), dtype=np.int64),
        days=np.fromiter(days, np.int64, len(possible)),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Search:
    """
    One home before everybody: whom no rule refuses (`possible`), their points, and the first days they wait from.

    Tickets of the lottery are drawn for those alone whom it separates, reasons built for those alone who are asked of.
    """

    home: Home
    rules: Rules
    grid: Grid
    lottery: Lottery
    on: date
    size: int
    everyone: tuple[Household, ...]
    possible: tuple[Household, ...]
    points: NDArray[np.int64]
    days: NDArray[np.int64]

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Give those who are proposed, in the published order."""
        return tuple(self._candidate(rank, standing) for rank, standing in enumerate(self._first, start=1))

    def why_not(self, ref: str) -> WhyNot:
        """
        Explain why a household is not a candidate.

        :raises NotExamined: if nobody examined bears that reference, or a candidate does.
        """
        if ref not in self._by_ref or any(ref == standing.ref for standing in self._first):
            raise NotExamined(ref)
        return self._explained(self._by_ref[ref])[1]

    def shortlist(self) -> Shortlist:
        """Explain everybody: the candidates, then the possible in their order, then those a rule refuses in theirs."""
        first = {standing.ref for standing in self._first}
        others = [self._explained(each) for each in self.everyone if each.ref not in first]
        return Shortlist(
            home=self.home.ref,
            on=self.on,
            grid_code=self.grid.code,
            grid_version=self.grid.version,
            commitment=self.lottery.commitment,
            candidates=self.candidates,
            others=tuple(why for _, why in sorted(others, key=lambda each: (bool(each[1].failed), each[0]))),
        )

    @cached_property
    def _reasons(self) -> Callable[[Household], tuple[Reason, ...]]:
        return examiner(self.home, self.rules)

    @cached_property
    def _by_ref(self) -> dict[str, Household]:
        return {each.ref: each for each in self.everyone}

    @cached_property
    def _first(self) -> tuple[Standing, ...]:
        """Order those alone who may be among the first: no ticket is drawn for who has fewer points, or waited less."""
        if not self.possible:
            return ()
        last = np.lexsort((self.days, -self.points))[: self.size][-1]
        points, day = self.points[last], self.days[last]
        may_be = np.flatnonzero((self.points > points) | ((self.points == points) & (self.days <= day)))
        return tuple(nsmallest(self.size, map(self._standing, may_be.tolist()), key=self._key))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        ranked = sorted(map(self._standing, range(len(self.possible))), key=self._key)
        return {standing.ref: rank for rank, standing in enumerate(ranked, start=1)}

    def _standing(self, place: int) -> Standing:
        return self._standing_of(self.possible[place], int(self.points[place]))

    def _standing_of(self, household: Household, points: int) -> Standing:
        ticket = self.lottery.ticket_of(household.ref)
        return Standing(ref=household.ref, points=points, waiting_since=household.waiting_since, ticket=ticket)

    def _key(self, standing: Standing) -> Key:
        return sort_key(standing, grid_counts_waiting=self.grid.counts_waiting)

    def _candidate(self, rank: int, standing: Standing) -> Candidate:
        household = self._by_ref[standing.ref]
        vector = self._reasons(household)
        on_points = self.points == standing.points
        day = waiting(standing.waiting_since, self.grid.counts_waiting).toordinal()
        with_points, with_wait = int(on_points.sum()), int((on_points & (self.days == day)).sum())
        return Candidate(
            rank=rank,
            ref=standing.ref,
            score=score(facts_of(household), self.grid, self.on),
            others_on_same_points=with_points - 1,
            settled_by=settled_among(with_points, with_wait),
            reasons=vector,
            questions=tuple(reason for reason in vector if reason.verdict is Verdict.ASK),
        )

    def _explained(self, household: Household) -> tuple[Key, WhyNot]:
        """Give a household's answer, after its key in the published order."""
        vector = self._reasons(household)
        failed = tuple(reason for reason in vector if reason.verdict is Verdict.FAIL)
        points = score(facts_of(household), self.grid, self.on)
        standing = self._standing_of(household, points.points)
        last = self._first[-1] if self._first else None
        return self._key(standing), WhyNot(
            ref=household.ref,
            score=points,
            reasons=vector,
            failed=failed,
            rank=None if failed else self._ranks[household.ref],
            last_points=None if last is None else last.points,
            lost_by=None if failed or last is None else self._lost_by(standing, last),
            relaxation=self._relaxation(household, failed, self._key(standing)),
        )

    def _lost_by(self, standing: Standing, last: Standing) -> SettledBy:
        return settled_by(standing, last, grid_counts_waiting=self.grid.counts_waiting)

    def _relaxation(self, household: Household, failed: tuple[Reason, ...], key: Key) -> Relaxation | None:
        accept = _wider_wish(self.home, household, failed)
        if accept is None:
            return None
        rank = 1 + bisect_left(self._first, key, key=self._key)
        return Relaxation(wish=failed[0].rule, accept=accept, rank=rank) if rank <= self.size else None


def _wider_wish(home: Home, household: Household, failed: tuple[Reason, ...]) -> str | int | None:
    if len(failed) != 1:
        return None
    match failed[0].rule:
        case RuleCode.COMMUNE_IS_WISHED:
            return home.commune
        case RuleCode.ROOMS_FIT_WISH if _has_too_many_rooms(home, household):
            return home.rooms
        case _:
            return None


def _has_too_many_rooms(home: Home, household: Household) -> bool:
    return home.rooms is not None and household.rooms_max is not None and home.rooms > household.rooms_max
