"""Precision and recall of pairs of files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chezsoi.engines.linkage import Identity, Match


@dataclass(frozen=True)
class Quality:
    """Listed pairs against true pairs."""

    listed: int
    true: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.listed if self.listed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.listed + self.true) if self.listed + self.true else 1.0


def quality(listed: Iterable[tuple[str, str]], truth: Iterable[tuple[str, str]]) -> Quality:
    found, true = set(listed), set(truth)
    return Quality(len(found), len(true), len(found & true))


def files(matches: Iterable[Match], identities: Iterable[Identity]) -> set[tuple[str, str]]:
    """Reduce pairs of people to unordered pairs of files."""
    household = {identity.key: identity.household for identity in identities}
    return {(min(pair), max(pair)) for match in matches if (pair := (household[match.a], household[match.b]))}
