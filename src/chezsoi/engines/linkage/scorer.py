"""What any scorer of the house answers: this simple one today, a trained model later."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from chezsoi.engines.linkage.identity import Identity
from chezsoi.engines.linkage.scoring import Match


class Scorer(Protocol):
    """
    Says which records may be one person, and why.

    Whoever implements it promises: symmetry; no record matched with itself or with a member of its file; the same
    answer in any order of the records; reasons with every match; no use of nationality or origin; and that a match
    is a question for a human.
    """

    def score(self, left: Identity, right: Identity) -> Match | None:
        """Weigh two records; None when there is nothing to ask."""

    def find_duplicates(self, identities: Iterable[Identity]) -> tuple[Match, ...]:
        """List the pairs that may be one person, each once, strongest first."""
