"""
What everybody left out is told under side constraints, asked again.

A threshold: ranked just before it, the household would be taken; just after it, no more. A relaxation: with the home it
opens the household would be taken, and no list of relaxations leaves one out. Households between the same two of the
set have the same ones before them, so that one search answers for many.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from chezsoi.engines.matchcheck.claim import Claim
from chezsoi.engines.matchcheck.explanations import openings, relaxations
from chezsoi.engines.matchcheck.limits import Limits
from chezsoi.engines.matchcheck.prices import Paid
from chezsoi.engines.matchcheck.problem import Booleans, Household, Integers, Problem
from chezsoi.engines.matchcheck.rejections import reject_unless
from chezsoi.engines.matchcheck.searches import NotInTime, Pairs, Searches, pairs_of

# As many pairs as a result explains, whatever the limits; above, its own rule may leave everybody out.
EXPLAINED = 5_000


def is_unexplained(problem: Problem, claim: Claim, paid: Paid) -> bool:
    """Tell whether a result says that it explains nobody, which it may only if it is large or not exact."""
    named = claim.certificate["not_explained"]
    if named == []:
        return False
    left = [one.id for one in problem.households if paid.has_pair[one.rank] and not paid.is_kept[one.rank]]
    is_right = named == left and not any(row["threshold_household"] or row["relaxations"] for row in claim.not_proposed)
    reject_unless(is_right, "The households without an explanation are not those named.")
    may = paid.pairs > EXPLAINED or claim.certificate["who"]["undecided"]
    reject_unless(may, f"Explanations are left out, of {paid.pairs} pairs.")
    return True


@dataclass(frozen=True, kw_only=True, eq=False)
class Told:
    """What is told to whom, and what to ask it again with."""

    problem: Problem
    limits: Limits
    paid: Paid
    answers: dict[int, dict[str, Any]]
    searches: Searches

    def check(self) -> int:
        """Check thresholds, then relaxations; count the households for whom something is left open."""
        return len(self._thresholds() | self._relaxations())

    @cached_property
    def ranks(self) -> Integers:
        return np.arange(len(self.problem.households))

    @cached_property
    def kept(self) -> Integers:
        return np.flatnonzero(self.paid.is_kept)

    @cached_property
    def left(self) -> list[Household]:
        return [one for one in self.problem.households if not self.paid.is_kept[one.rank]]

    def _before(self, rank: int) -> Booleans:
        return self.paid.is_kept & (self.ranks < rank)

    def _thresholds(self) -> set[int]:
        left_open: set[int] = set()
        for place, expected in self._asked().items():
            candidates = np.isin(self.ranks, list(expected))
            at = int(self.kept[place])
            try:
                entering = self.searches.entering(kept=self._before(at), candidates=candidates, others=self.ranks >= at)
            except NotInTime:
                left_open |= expected.keys()
                continue
            for rank, would_enter in expected.items():
                one = self.problem.households[rank].id
                reject_unless(entering[rank] == would_enter, f"The threshold of household {one} is not that one.")
        return left_open

    def _asked(self) -> dict[int, dict[int, bool]]:
        """List, by the place in the set just before which they would come, whom it would still take and whom not."""
        rank_of: dict[int | None, int] = {one.id: one.rank for one in self.problem.households}
        asked: dict[int, dict[int, bool]] = {}
        for one in self.left:
            if self.paid.has_pair[one.rank]:
                named = self.answers[one.id]["threshold_household"]
                place = -1 if named is None else int(np.searchsorted(self.kept, rank_of[named]))
                if place >= 0:
                    asked.setdefault(place, {})[one.rank] = True
                if place + 1 < np.searchsorted(self.kept, one.rank):
                    asked.setdefault(place + 1, {})[one.rank] = False
        return asked

    def _relaxations(self) -> set[int]:
        left_open: set[int] = set()
        for some in self._groups():
            if self.searches.allowance is not None and self.searches.allowance.is_spent:
                left_open |= {one.rank for one in some}
                continue
            try:
                enough = self._enough(some)
            except NotInTime:
                left_open |= {one.rank for one in some}
                continue
            for one in some:
                expected = relaxations(self.problem, one, self.problem.suits(one), enough[one.rank])
                is_right = self.answers[one.id]["relaxations"] == expected
                reject_unless(is_right, f"The relaxations of household {one.id} are not those.")
        return left_open

    def _groups(self) -> list[list[Household]]:
        """Put together those who have the same ones before them; with floors, what one is opened changes the rest."""
        if self.limits.floors:
            return [[one] for one in self.left]
        groups: dict[int, list[Household]] = {}
        for one in self.left:
            groups.setdefault(int(np.searchsorted(self.kept, one.rank)), []).append(one)
        return list(groups.values())

    def _opened(self, one: Household) -> Integers:
        return np.flatnonzero(openings(self.problem, one, self.problem.suits(one)))

    def _wider(self, one: Household, homes: Integers) -> Searches:
        return self.searches.wider(pairs_of(self.problem, self.limits, one, homes))

    def _enough(self, some: list[Household]) -> dict[int, Booleans]:
        """Find, by rank, the homes each of which alone would have a household taken."""
        first = some[0]
        if self.limits.floor_of(first) >= 0 and self._lets_others_in(first):
            return {first.rank: self._enough_in_new_runs(first)}
        searches, tried = self.searches, np.zeros((len(some) + 1, len(self.problem.homes["id"])), dtype=bool)
        row = np.full(len(self.ranks), len(some))
        for number, one in enumerate(some):
            homes = self._opened(one)
            searches = searches.wider(pairs_of(self.problem, self.limits, one, homes))
            tried[number, homes], row[one.rank] = True, number
        left = tried.copy()

        def worth(pairs: Pairs) -> Booleans:
            return np.asarray(left[row[pairs.household], pairs.home])

        may = (row < len(some)) | ((self.ranks > first.rank) & bool(self.limits.floors))
        while left.any():
            found = searches.best(must=self._before(first.rank), may=may, worth=worth)
            if not found.is_best and found.worth == 0:
                raise NotInTime
            if found.chosen is None or found.worth == 0:
                break
            left[row[found.chosen.household], found.chosen.home] = False
        return {one.rank: (tried & ~left)[number] for number, one in enumerate(some)}

    @cached_property
    def held_back(self) -> list[int]:
        """List those that nothing but the floors keeps out: what opens a home to somebody counted may let them in."""
        free = self.searches.without_floors()
        return [
            one.rank
            for one in self.left
            if self.paid.has_pair[one.rank]
            and free.entering(kept=self._before(one.rank), candidates=self.ranks == one.rank, others=free.nobody).any()
        ]

    def _lets_others_in(self, one: Household) -> bool:
        wider = self._wider(one, self._opened(one))
        return any(self._enters(wider, self._before(rank), rank) for rank in self.held_back if rank < one.rank)

    def _enters(self, searches: Searches, kept: Booleans, rank: int) -> bool:
        is_it = self.ranks == rank
        return bool(searches.entering(kept=kept, candidates=is_it, others=self.ranks > rank).any())

    def _enough_in_new_runs(self, one: Household) -> Booleans:
        """Open each home alone, and take everybody before the household again, in order."""
        enough = np.zeros(len(self.problem.homes["id"]), dtype=bool)
        for home in self._opened(one):
            wider, kept = self._wider(one, np.array([home])), self.searches.nobody.copy()
            for rank in np.flatnonzero(self.paid.has_pair[: one.rank]).tolist():
                is_as_before = not (kept ^ self.paid.is_kept)[:rank].any()
                if is_as_before and (self.paid.is_kept[rank] or rank not in self.held_back):
                    kept[rank] = self.paid.is_kept[rank]
                else:
                    kept[rank] = self._enters(wider, kept, rank)
            enough[home] = self._enters(wider, kept, one.rank)
        return enough
