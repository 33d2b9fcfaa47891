"""Many homes at once: who is proposed which home, who comes after, and one answer for each household."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from chezsoi.engines.matching.grid import Grid
from chezsoi.engines.matching.households import Household, facts_of
from chezsoi.engines.matching.joint.answers import Answer, answers
from chezsoi.engines.matching.joint.company import NO_COMPANY, Company
from chezsoi.engines.matching.joint.compatible import OfferedHome
from chezsoi.engines.matching.joint.market import Market, Pins
from chezsoi.engines.matching.joint.mismatch import Mismatch
from chezsoi.engines.matching.lottery import Lottery
from chezsoi.engines.matching.ranking import Standing, order
from chezsoi.engines.matching.scoring import Score, score
from chezsoi.engines.matching.shortlisted import NobodyToShortlist


class HomeListedTwice(ValueError):
    """The same home stands twice in one round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A household for one home: its rank there, its place in the published order, and where else it is proposed."""

    rank: int
    ref: str
    place: int
    points: int
    proposed_elsewhere: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeProposal:
    """
    The candidates of one home, the household it is proposed to first; none when no rule lets anybody live there.

    After the first come those proposed no other home, then those who are, each group in the published order.
    `compatible` counts every household no rule refuses.
    """

    home: str
    compatible: int
    candidates: tuple[Candidate, ...]
    mismatch: Mismatch | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """What a joint round answers: each home its candidates, each household its answer, in the published order."""

    on: date
    grid_code: str
    grid_version: int
    commitment: str
    homes: tuple[HomeProposal, ...]
    answers: tuple[Answer, ...]
    mismatch: Mismatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """Everything a joint round depends on; the same gives the same proposals, to the bit."""

    offered: tuple[OfferedHome, ...]
    households: tuple[Household, ...]
    grid: Grid
    lottery: Lottery
    on: date
    size: int
    pins: Pins = field(default_factory=Pins)
    company: Company = NO_COMPANY


def propose(joint: Joint) -> Proposals:
    """
    Share several homes out among everyone who waits.

    Parameters
    ----------
    joint : Joint
        Homes with the law of each, households, the grid and the lottery; `size` is the most candidates a home. `pins`
        are decisions already taken: they hold, and everything else is searched again around them.

    Returns
    -------
    Proposals
        Households are served in the published order: nobody is left out while somebody behind could make room. Among
        the ways to serve these very households, homes are given so that wishes are missed least, tier after tier. It
        is a proposal to commissions of people, who decide; it is no decision and must not be used as one.

    Raises
    ------
    NobodyToShortlist
        If `size` is under one.
    HomeListedTwice, HouseholdListedTwice
        If a reference stands twice.

    Notes
    -----
    Served sets form a transversal matroid, so that serving in order is at once the best in that order and the most
    households served (docs/methods/matching.md). A household is compatible with a home when no rule fails, questions
    included, as on the shortlist of one home.

    Rooms of one shared home may join households that refuse each other: `company` keeps them apart, and brings together
    those that wish it among the ways to serve the same set. That is no longer a matroid: see `constrained.rooms`.
    """
    if joint.size < 1:
        raise NobodyToShortlist(str(joint.size))
    _check_homes(joint.offered)
    scores = _scores(joint)
    ranked = _in_order(joint, scores)
    market = Market.of(ranked, joint.offered, joint.pins, joint.company)
    points = [scores[each.ref].points for each in ranked]
    return Proposals(
        on=joint.on,
        grid_code=joint.grid.code,
        grid_version=joint.grid.version,
        commitment=joint.lottery.commitment,
        homes=tuple(_home(market, points, column, joint.size) for column in range(len(joint.offered))),
        answers=answers(market, points),
        mismatch=market.total,
    )


def ranked_of(joint: Joint) -> list[Household]:
    """Put the households of a round in the published order."""
    return _in_order(joint, _scores(joint))


def _scores(joint: Joint) -> dict[str, Score]:
    return {each.ref: score(facts_of(each), joint.grid, joint.on) for each in joint.households}


def _check_homes(offered: Sequence[OfferedHome]) -> None:
    found = Counter(each.home.ref for each in offered).most_common(1)
    if found and found[0][1] > 1:
        raise HomeListedTwice(found[0][0])


def _in_order(joint: Joint, scores: dict[str, Score]) -> list[Household]:
    known = {each.ref: each for each in joint.households}
    standings = (
        Standing(
            ref=each.ref,
            points=scores[each.ref].points,
            waiting_since=each.waiting_since,
            ticket=joint.lottery.ticket_of(each.ref),
        )
        for each in joint.households
    )
    places = order(standings, grid_counts_waiting=joint.grid.counts_waiting)
    return [known[place.standing.ref] for place in places]


def _home(market: Market, points: Sequence[int], column: int, size: int) -> HomeProposal:
    held = market.holder_of(column)
    after = sorted(market.next_for(column), key=lambda row: (market.home_of(row) is not None, row))
    first = [] if held is None else [held]
    return HomeProposal(
        home=market.offered[column].home.ref,
        compatible=len(market.compatible_with(column)),
        candidates=tuple(
            Candidate(
                rank=rank,
                ref=market.ranked[row].ref,
                place=row + 1,
                points=points[row],
                proposed_elsewhere=None if row == held else market.ref_of(market.home_of(row)),
            )
            for rank, row in enumerate((first + after)[:size], start=1)
        ),
        mismatch=None if held is None else market.missed(held, column),
    )
