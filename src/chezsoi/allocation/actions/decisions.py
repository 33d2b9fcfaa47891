"""What a commission decides of one candidate."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction

from chezsoi import trail
from chezsoi.allocation.actions.votes import Votes
from chezsoi.allocation.choices import (
    GIVES_THE_HOME,
    CandidacyState,
    DecisionKind,
    MissingDocument,
    ReasonCode,
    SittingState,
)
from chezsoi.allocation.models import Candidacy, Decision, Sitting, SittingItem
from chezsoi.allocation.motives import check_words
from chezsoi.kernel.actor import Actor
from chezsoi.law.commission import CommissionKind as LawKind
from chezsoi.law.commission import commission_rules_on
from chezsoi.territories.access import Can, authorize

FIRST = 1
NOWHERE = 10_000


class SittingNotOpen(Exception):
    """The sitting has not started, or is over."""


class NotACandidateHere(Exception):
    """The candidacy is not one of this home."""


class DecisionAlreadyTaken(Exception):
    """The commission decided on this candidate: a new sitting decides anew."""


class NoQuorum(Exception):
    """Too few members with a vote are present and free of conflict of interest."""


class NoReason(Exception):
    """Every decision says why."""


class NoGround(Exception):
    """A home is refused to a household on a ground of the closed list."""


class RankMissing(Exception):
    """An allocation in rank order has its rank, from 1."""


class RankNotAllowed(Exception):
    """Only an allocation has a rank."""


class EqualRank(Exception):
    """Another candidate has this rank on this home."""


class DocumentMissing(Exception):
    """An allocation on condition names the document, from the closed list."""


class OrderDepartedFrom(Exception):
    """The published order is departed from without a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the members decide of one candidate."""

    kind: str
    reason: str
    rank: int | None = None
    reason_code: str = ReasonCode.NONE
    missing_document: str = MissingDocument.NONE
    departure_reason: str = ""
    votes: Votes | None = None

    @property
    def gives_the_home(self) -> bool:
        return self.kind in GIVES_THE_HOME

    @property
    def decided_rank(self) -> int | None:
        """Give the rank written down: an allocation without one is the first."""
        if not self.gives_the_home:
            return None
        return FIRST if self.rank is None else self.rank


@transaction.atomic
def decide(*, actor: Actor, item: SittingItem, candidacy: Candidacy, verdict: Verdict, on: date) -> Decision:
    """
    Write the decision of a sitting on one candidate.

    :raises SittingNotOpen: if the sitting has not started, or is over.
    :raises NotACandidateHere: if the candidacy is not one of this home.
    :raises DecisionAlreadyTaken: if it was decided before.
    :raises NoQuorum: if too few members with a vote are present and not recused.
    :raises NoReason, ForbiddenMotive, SetsACondition, NoGround, DocumentMissing: if the reasons are not those the law
        allows.
    :raises RankMissing, RankNotAllowed, EqualRank: if the rank does not fit the decision.
    :raises OrderDepartedFrom: if the published order is left without saying why.
    :raises TooManyVotes, NotCarried, NoTie, NoCastingVote: if the votes counted do not fit the room or the decision.
    """
    authorize(actor, Can.RECORD_DECISION, item)
    voters = _check_sitting(item, candidacy)
    _check_reasons(verdict)
    _check_rank(verdict)
    _check_order(item, candidacy, verdict)
    sitting = item.sitting
    rules = commission_rules_on(sitting.held_on, kind=LawKind(sitting.commission.kind))
    if verdict.votes:
        verdict.votes.check(voters=voters, rules=rules)
    decision = _write(item, candidacy, verdict, on, voters)
    candidacy.state = CandidacyState.DECIDED
    candidacy.reordering_reason = verdict.departure_reason.strip()
    candidacy.save(update_fields=["state", "reordering_reason"])
    detail = {"decision": verdict.kind, "rank": decision.rank, "ground": verdict.reason_code}
    trail.record(actor, "allocation.candidacy.decided", candidacy, detail=detail)
    Sitting.objects.filter(pk=item.sitting_id).update(current_item=item)
    return decision


def _check_sitting(item: SittingItem, candidacy: Candidacy) -> int:
    if item.sitting.state != SittingState.OPEN:
        raise SittingNotOpen
    if candidacy.round_id != item.round_id or candidacy.state == CandidacyState.WITHDRAWN:
        raise NotACandidateHere
    if Decision.objects.filter(candidacy=candidacy).exists():
        raise DecisionAlreadyTaken
    free = item.voting().count()
    if free < item.sitting.commission.quorum:
        raise NoQuorum(free, item.sitting.commission.quorum)
    return free


def _check_reasons(verdict: Verdict) -> None:
    if not verdict.reason.strip():
        raise NoReason
    check_words(f"{verdict.reason}. {verdict.departure_reason}")
    if not verdict.gives_the_home and verdict.reason_code not in set(ReasonCode.values) - {ReasonCode.NONE}:
        raise NoGround
    documents = set(MissingDocument.values) - {MissingDocument.NONE}
    if verdict.kind == DecisionKind.ALLOCATED_CONDITIONALLY and verdict.missing_document not in documents:
        raise DocumentMissing


def _check_rank(verdict: Verdict) -> None:
    if not verdict.gives_the_home and verdict.rank is not None:
        raise RankNotAllowed
    if verdict.kind == DecisionKind.ALLOCATED_RANKED and verdict.rank is None:
        raise RankMissing
    if verdict.rank is not None and verdict.rank < FIRST:
        raise RankMissing


def _check_order(item: SittingItem, candidacy: Candidacy, verdict: Verdict) -> None:
    here = _place(verdict.kind, verdict.decided_rank, verdict.reason_code)
    if verdict.departure_reason.strip() or here is None:
        return
    for taken in item.decisions.select_related("candidacy"):
        there = _place(taken.kind, taken.rank, taken.reason_code)
        if there is None:
            continue
        if (here < there) != (candidacy.rank < taken.candidacy.rank) and here != there:
            raise OrderDepartedFrom


def _place(kind: str, rank: int | None, ground: str) -> int | None:
    """Give the place a decision leaves a candidate; None when the order has nothing to do with it."""
    if kind in GIVES_THE_HOME:
        return rank
    return NOWHERE if ground == ReasonCode.OTHER_CANDIDATE else None


def _write(item: SittingItem, candidacy: Candidacy, verdict: Verdict, on: date, voters: int) -> Decision:
    try:
        with transaction.atomic():
            return Decision.objects.create(
                item=item,
                candidacy=candidacy,
                kind=verdict.kind,
                rank=verdict.decided_rank,
                reason_code=verdict.reason_code,
                reason=verdict.reason.strip(),
                missing_document=verdict.missing_document,
                decided_on=on,
                voters=voters,
                **(asdict(verdict.votes) if verdict.votes else {}),
            )
    except IntegrityError as same_rank:
        raise EqualRank(verdict.decided_rank) from same_rank
