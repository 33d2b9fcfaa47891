"""How a commission decides: how many candidates, who must be present, what it may decide, how long one may think."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from chezsoi.law.parameters import Status, Value, parameter, read_yaml


class UnknownException(LookupError):
    """The commission's rules know no such exception to the number of candidates."""


class AnswerDelayTooShort(ValueError):
    """The candidate was given fewer days to answer than the law grants."""


class CommissionKind(StrEnum):
    """Whose commission it is."""

    CALEOL = "caleol"
    LOCAL = "local"


class Decision(StrEnum):
    """The five decisions of CCH R441-3."""

    ALLOCATED = "allocated"
    ALLOCATED_RANKED = "allocated_ranked"
    ALLOCATED_CONDITIONALLY = "allocated_conditionally"
    NOT_ALLOCATED = "not_allocated"
    REJECTED_INADMISSIBLE = "rejected_inadmissible"


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateException:
    """A case in which fewer candidates are enough."""

    code: str
    description: str
    candidates_enough: int
    reference: str
    link: str | None
    why_no_link: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """What a decision must come with, and whether the household is then offered the home."""

    decision: Decision
    description: str
    needs_rank: bool
    needs_missing_document: bool
    needs_reason: bool
    opens_an_offer: bool
    reference: str
    link: str | None
    why_no_link: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """Members with a vote who must be present; 0 is free. `set_by` may ask for more, and prevails."""

    members: int
    set_by: str
    reference: str
    status: Status

    def is_met_by(self, present: int) -> bool:
        """Tell whether enough members with a vote are present."""
        return present >= self.members


@dataclass(frozen=True, slots=True, kw_only=True)
class CastingVote:
    """Whose vote decides on a tie."""

    holder: str
    description: str
    reference: str
    link: str | None
    why_no_link: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionRules:
    """The rules of a commission of one kind on one day."""

    kind: CommissionKind
    candidates: Value
    answer: Value
    quorum: Quorum
    casting_vote: CastingVote | None
    exceptions: tuple[CandidateException, ...]
    decisions: tuple[DecisionRule, ...]

    @property
    def candidates_min(self) -> int:
        return int(self.candidates.number)

    @property
    def answer_days_min(self) -> int:
        return int(self.answer.number)

    def candidates_needed(self, exception: str | None = None) -> int:
        """
        Count the candidates a home needs, given the exception recorded for it, if any.

        Raises
        ------
        UnknownException
            If these rules know no exception of that code.

        Examples
        --------
        >>> rules = commission_rules_on(date(2026, 11, 23), kind=CommissionKind.CALEOL)
        >>> rules.candidates_needed(), rules.candidates_needed("dalo_designation")
        (3, 1)
        """
        if exception is None:
            return self.candidates_min
        for known in self.exceptions:
            if known.code == exception:
                return known.candidates_enough
        raise UnknownException(exception)

    def last_answer_day(self, offered_on: date, *, days: int | None = None) -> date:
        """
        Find the last day on which the candidate's answer counts; silence after it is a refusal, and costs nothing.

        Parameters
        ----------
        offered_on : date
            Day the candidate received the offer; it is not counted.
        days : int, optional
            Days granted, when more than the law's minimum.

        Raises
        ------
        AnswerDelayTooShort
            If fewer days are granted than the law's minimum.

        Examples
        --------
        >>> rules = commission_rules_on(date(2026, 11, 23), kind=CommissionKind.CALEOL)
        >>> rules.last_answer_day(date(2026, 11, 23))
        datetime.date(2026, 12, 3)
        """
        granted = self.answer_days_min if days is None else days
        if granted < self.answer_days_min:
            raise AnswerDelayTooShort(f"{granted} days granted, {self.answer_days_min} due")
        return offered_on + timedelta(days=granted)

    def rule_of(self, decision: Decision) -> DecisionRule:
        """Find what a decision must come with."""
        return next(rule for rule in self.decisions if rule.decision is decision)


_MATRIX = Path(__file__).with_name("matrices") / "commission.yaml"
_SUBJECTS = {CommissionKind.CALEOL: "caleol", CommissionKind.LOCAL: "local_commission"}


def commission_rules_on(day: date, *, kind: CommissionKind) -> CommissionRules:
    """
    Read the rules of a commission on the day it meets.

    Parameters
    ----------
    day : date
        Day of the meeting.
    kind : CommissionKind
        `caleol`, a social landlord's commission, ruled by law; `local`, for private homes, intermediation and
        supported housing, ruled by the partners' agreement (free quorum, one candidate enough, no imposed delay).

    Returns
    -------
    CommissionRules
        Numbers and lists, each with its text and status. The quorum of a `caleol` is a default: the commission's
        own rules fix it.

    Raises
    ------
    NoValueInForce
        If the day comes before the rule.

    References
    ----------
    .. [1] Code de la construction et de l'habitation, art. R441-3 (decisions) and D331-25-1 (PLAI adapté).

    Examples
    --------
    >>> rules = commission_rules_on(date(2026, 11, 23), kind=CommissionKind.LOCAL)
    >>> rules.candidates_min, rules.quorum.members, rules.answer_days_min, len(rules.decisions)
    (1, 0, 0, 5)
    """
    subject = _SUBJECTS[kind]
    lists = _matrix()[kind.value]
    quorum = parameter(f"{subject}.quorum_members", on=day)
    return CommissionRules(
        kind=kind,
        candidates=parameter(f"{subject}.candidates_min", on=day),
        answer=parameter(f"{subject}.answer_days", on=day),
        quorum=Quorum(
            members=int(quorum.number),
            set_by=lists["quorum_set_by"],
            reference=quorum.reference,
            status=quorum.status,
        ),
        casting_vote=_casting_vote(lists["casting_vote"]),
        exceptions=tuple(_exception(entry) for entry in lists["exceptions"]),
        decisions=tuple(_decision(entry) for entry in lists["decisions"]),
    )


@cache
def _matrix() -> dict[str, Any]:
    content: dict[str, Any] = read_yaml(_MATRIX)
    return content


def _casting_vote(entry: dict[str, Any] | None) -> CastingVote | None:
    return CastingVote(**{**entry, "status": Status(entry["status"])}) if entry else None


def _exception(entry: dict[str, Any]) -> CandidateException:
    enough = int(entry["candidates_enough"])
    return CandidateException(**{**entry, "candidates_enough": enough, "status": Status(entry["status"])})


def _decision(entry: dict[str, Any]) -> DecisionRule:
    return DecisionRule(**{**entry, "decision": Decision(entry["decision"]), "status": Status(entry["status"])})
