"""What is answered about one home: its candidates, and why each other household is not one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chezsoi.engines.matching.ranking import SettledBy
from chezsoi.engines.matching.scoring import Score
from chezsoi.engines.matching.verdicts import Reason, RuleCode


class NobodyToShortlist(ValueError):
    """A shortlist of no candidate was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A household on the shortlist; `questions` are the reasons still waiting for an answer."""

    rank: int
    ref: str
    score: Score
    others_on_same_points: int
    settled_by: SettledBy
    reasons: tuple[Reason, ...]
    questions: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """The one wish that, widened to `accept`, would put the household on this shortlist, at that rank."""

    wish: RuleCode
    accept: str | int
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """
    Why a household is not on the shortlist: the rules it fails, or who is ranked before it.

    `rank` and `lost_by` are set when no rule fails: its rank among the eligible, and what separates it from the last
    one shortlisted, whose points are `last_points` (None when the shortlist is empty).
    """

    ref: str
    score: Score
    reasons: tuple[Reason, ...]
    failed: tuple[Reason, ...]
    rank: int | None
    last_points: int | None
    lost_by: SettledBy | None
    relaxation: Relaxation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """The candidates of one home in their order, and an answer for every household that is not one."""

    home: str
    on: date
    grid_code: str
    grid_version: int
    commitment: str
    candidates: tuple[Candidate, ...]
    others: tuple[WhyNot, ...]
