"""Points by rubric, each with what earned it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chezsoi.engines.matching.grid import Criterion, Grid, Seniority
from chezsoi.engines.matching.households import FACTS, Facts, Household, facts_of
from chezsoi.kernel.dates import months_between

SENIORITY = "seniority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """
    One ticked criterion; `counts` is False when a better one of the same rubric counts instead.

    `facts` are those that ticked it; `months` is set for seniority alone, None when the start is unknown.
    """

    rubric: str
    criterion: str
    points: int
    counts: bool
    facts: tuple[str, ...] = ()
    months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """
    The points of a household on a day under a version of a grid, with all that earned them.

    `unknown_facts` are codes no grid may count: they earned nothing, and somebody should look.
    """

    points: int
    contributions: tuple[Contribution, ...]
    unknown_facts: tuple[str, ...]
    grid_code: str
    grid_version: int
    on: date


def score(facts: Facts, grid: Grid, on: date) -> Score:
    """
    Add up, over the rubrics of a grid, the best criterion each household's facts tick, then seniority.

    Parameters
    ----------
    facts : Facts
        Codes that hold and the first day of waiting; build them with `facts_of`.
    grid : Grid
        The version in force on that day; choosing it is the caller's.
    on : date
        Day of the reckoning; a month of waiting counts once it is whole.

    Returns
    -------
    Score
        Points (whole, never negative) and contributions in the grid's order. A score ranks households under a
        published grid; it measures neither vulnerability nor merit, and decides nothing.

    Examples
    --------
    >>> criteria = [{"code": "rough", "label": "rough", "points": 90, "any_of": [["street"]]},
    ...             {"code": "unfit", "label": "unfit", "points": 50, "any_of": [["unfit_home"]]}]
    >>> plain = {"code": "g", "version": 1, "title": "G", "source": "EPCI", "valid_from": "2026-01-01",
    ...          "rubrics": [{"code": "home", "criteria": criteria}],
    ...          "seniority": {"points_per_month": 1, "max_points": 60}}
    >>> facts = Facts(codes=frozenset({"street", "unfit_home"}), waiting_since=date(2025, 1, 15))
    >>> score(facts, Grid.from_mapping(plain), date(2026, 3, 14)).points
    103
    """
    ticked = [
        (criterion, held) for criterion in grid.criteria if (held := criterion.ticked_by(facts.codes)) is not None
    ]
    best = _best_by_rubric(tuple(criterion for criterion, _ in ticked))
    contributions = tuple(
        Contribution(
            rubric=criterion.rubric,
            criterion=criterion.code,
            points=criterion.points,
            counts=best[criterion.rubric] is criterion,
            facts=tuple(sorted(held)),
        )
        for criterion, held in ticked
    )
    if grid.seniority is not None:
        contributions += (_seniority(grid.seniority, facts.waiting_since, on),)
    return Score(
        points=sum(contribution.points for contribution in contributions if contribution.counts),
        contributions=contributions,
        unknown_facts=tuple(sorted(facts.codes - FACTS)),
        grid_code=grid.code,
        grid_version=grid.version,
        on=on,
    )


def points_of(households: Sequence[Household], grid: Grid, on: date) -> list[int]:
    """
    Count the points of many households, without what earned them: those `score` gives, by a property test.

    Facts and days of waiting repeat: each set of facts is counted once, and each day.
    """
    kinds = [(each.labels, each.situation, bool(each.children)) for each in households]
    one_of = dict(zip(kinds, households, strict=True))
    earned = {kind: _earned(facts_of(one).codes, grid) for kind, one in one_of.items()}
    if grid.seniority is None:
        return [earned[kind] for kind in kinds]
    days = [each.waiting_since for each in households]
    waited = {day: _seniority(grid.seniority, day, on).points for day in set(days)}
    return [earned[kind] + waited[day] for kind, day in zip(kinds, days, strict=True)]


def _earned(codes: frozenset[str], grid: Grid) -> int:
    best: dict[str, int] = {}
    for criterion in grid.criteria:
        if criterion.points > best.get(criterion.rubric, 0) and criterion.ticked_by(codes) is not None:
            best[criterion.rubric] = criterion.points
    return sum(best.values())


def _best_by_rubric(ticked: tuple[Criterion, ...]) -> dict[str, Criterion]:
    best: dict[str, Criterion] = {}
    for criterion in ticked:
        if criterion.rubric not in best or criterion.points > best[criterion.rubric].points:
            best[criterion.rubric] = criterion
    return best


def _seniority(seniority: Seniority, waiting_since: date | None, on: date) -> Contribution:
    months = None if waiting_since is None else months_between(waiting_since, on)
    return Contribution(
        rubric=SENIORITY,
        criterion=SENIORITY,
        points=seniority.points_for(months or 0),
        counts=True,
        months=months,
    )
