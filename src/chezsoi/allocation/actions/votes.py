"""How the members voted on a decision, when they counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chezsoi.law.commission import CommissionRules


class TooManyVotes(Exception):
    """More votes are written than members with a vote are present and not recused."""

    def __init__(self, cast: int = 0, voters: int = 0) -> None:
        super().__init__(cast, voters)


class NotCarried(Exception):
    """The votes written do not carry this decision."""


class NoTie(Exception):
    """A casting vote decides a tie alone."""


class NoCastingVote(Exception):
    """In this commission nobody has a casting vote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """The votes for a decision as it is written, against it, and the abstentions."""

    votes_for: int
    votes_against: int
    abstentions: int
    has_casting_vote: bool = False

    @property
    def cast(self) -> int:
        return self.votes_for + self.votes_against + self.abstentions

    @property
    def is_tie(self) -> bool:
        return self.votes_for == self.votes_against

    def check(self, *, voters: int, rules: CommissionRules) -> None:
        """
        Check the votes of a decision against who could vote.

        :raises TooManyVotes: if more voted than the members with a vote present and not recused.
        :raises NoTie: if the casting vote is used without a tie.
        :raises NoCastingVote: if nobody has one in a commission of this kind.
        :raises NotCarried: if the votes do not carry the decision.
        """
        if self.cast > voters:
            raise TooManyVotes(self.cast, voters)
        if self.has_casting_vote and rules.casting_vote is None:
            raise NoCastingVote
        if self.has_casting_vote and not self.is_tie:
            raise NoTie
        if not self.has_casting_vote and self.votes_for <= self.votes_against:
            raise NotCarried
