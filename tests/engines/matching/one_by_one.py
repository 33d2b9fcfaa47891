"""The shortlist drawn up one household after the other, everybody explained: what `search` must answer to the bit."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chezsoi.engines.matching.grid import Grid
from chezsoi.engines.matching.homes import Home
from chezsoi.engines.matching.households import Household, facts_of
from chezsoi.engines.matching.lottery import Lottery
from chezsoi.engines.matching.ranking import (
    HouseholdListedTwice,
    Key,
    Place,
    Standing,
    order,
    settled_by,
    sort_key,
)
from chezsoi.engines.matching.reasons import reasons
from chezsoi.engines.matching.rules import Rules
from chezsoi.engines.matching.scoring import Score, score
from chezsoi.engines.matching.shortlisted import Candidate, NobodyToShortlist, Relaxation, Shortlist, WhyNot
from chezsoi.engines.matching.verdicts import Reason, RuleCode, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    household: Household
    reasons: tuple[Reason, ...]
    failed: tuple[Reason, ...]
    score: Score
    standing: Standing


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
    """Draw up who is proposed for a home, and tell every other household why it is not."""
    if size < 1:
        raise NobodyToShortlist(str(size))
    files = _files(home, households, rules, grid, lottery, on)
    eligible = {file.household.ref: file for file in files if not file.failed}
    places = order((file.standing for file in eligible.values()), grid_counts_waiting=grid.counts_waiting)
    bar = _Bar(home=home, places=places, size=size, grid_counts_waiting=grid.counts_waiting)
    refused = sorted((file for file in files if file.failed), key=lambda file: bar.key(file.standing))
    return Shortlist(
        home=home.ref,
        on=on,
        grid_code=grid.code,
        grid_version=grid.version,
        commitment=lottery.commitment,
        candidates=tuple(_candidate(place, eligible[place.standing.ref]) for place in places[:size]),
        others=tuple(bar.why_not(eligible[place.standing.ref], place.rank) for place in places[size:])
        + tuple(bar.why_not(file, None) for file in refused),
    )


def _files(  # noqa: PLR0917  as `shortlist`
    home: Home, households: Iterable[Household], rules: Rules, grid: Grid, lottery: Lottery, on: date
) -> tuple[_File, ...]:
    files = tuple(_file(home, household, rules, grid, lottery, on) for household in households)
    seen = Counter(file.household.ref for file in files)
    if len(seen) < len(files):
        raise HouseholdListedTwice(seen.most_common(1)[0][0])
    return files


def _file(  # noqa: PLR0917  as `shortlist`
    home: Home, household: Household, rules: Rules, grid: Grid, lottery: Lottery, on: date
) -> _File:
    vector = reasons(household, home, rules)
    points = score(facts_of(household), grid, on)
    standing = Standing(
        ref=household.ref,
        points=points.points,
        waiting_since=household.waiting_since,
        ticket=lottery.ticket_of(household.ref),
    )
    failed = tuple(reason for reason in vector if reason.verdict is Verdict.FAIL)
    return _File(household=household, reasons=vector, failed=failed, score=points, standing=standing)


def _candidate(place: Place, file: _File) -> Candidate:
    return Candidate(
        rank=place.rank,
        ref=file.household.ref,
        score=file.score,
        others_on_same_points=place.others_on_same_points,
        settled_by=place.settled_by,
        reasons=file.reasons,
        questions=tuple(reason for reason in file.reasons if reason.verdict is Verdict.ASK),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bar:
    """What it takes to be on the shortlist of a home."""

    home: Home
    places: tuple[Place, ...]
    size: int
    grid_counts_waiting: bool

    def key(self, standing: Standing) -> Key:
        return sort_key(standing, grid_counts_waiting=self.grid_counts_waiting)

    @property
    def last(self) -> Standing | None:
        shortlisted = self.places[: self.size]
        return shortlisted[-1].standing if shortlisted else None

    def why_not(self, file: _File, rank: int | None) -> WhyNot:
        last = self.last
        return WhyNot(
            ref=file.household.ref,
            score=file.score,
            reasons=file.reasons,
            failed=file.failed,
            rank=rank,
            last_points=None if last is None else last.points,
            lost_by=settled_by(file.standing, last, grid_counts_waiting=self.grid_counts_waiting)
            if rank and last
            else None,
            relaxation=self.relaxation(file),
        )

    def relaxation(self, file: _File) -> Relaxation | None:
        accept = _wider_wish(self.home, file)
        if accept is None:
            return None
        rank = 1 + bisect_left(self.places, self.key(file.standing), key=lambda place: self.key(place.standing))
        return Relaxation(wish=file.failed[0].rule, accept=accept, rank=rank) if rank <= self.size else None


def _wider_wish(home: Home, file: _File) -> str | int | None:
    if len(file.failed) != 1:
        return None
    match file.failed[0].rule:
        case RuleCode.COMMUNE_IS_WISHED:
            return home.commune
        case RuleCode.ROOMS_FIT_WISH if _has_too_many_rooms(home, file.household):
            return home.rooms
        case _:
            return None


def _has_too_many_rooms(home: Home, household: Household) -> bool:
    return home.rooms is not None and household.rooms_max is not None and home.rooms > household.rooms_max
