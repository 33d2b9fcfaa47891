"""An index in memory that answers "is this person known?" while the name is typed."""

from __future__ import annotations

from chezsoi.engines.linkage.blocking import keys_of_spelled, sounds
from chezsoi.engines.linkage.duplicates import LARGEST_BLOCK
from chezsoi.engines.linkage.identity import Identity
from chezsoi.engines.linkage.people_names import Spelled, spelled
from chezsoi.engines.linkage.scoring import Match, score_spelled


class Index:
    """
    Records filed under their blocking keys; a record added again replaces the former.

    >>> index = Index()
    >>> index.add(Identity(key="a", names=("Weber",), given_names=("Lucas",), request_number="0" * 18))
    >>> typed = Identity(key="", names=("weber",), given_names=("lucas",), request_number="0" * 18)
    >>> [match.b for match in index.matches(typed)]
    ['a']
    """

    def __init__(self) -> None:
        self._records: dict[str, tuple[Identity, Spelled]] = {}
        self._keys: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._records)

    def add(self, identity: Identity) -> None:
        """File a record."""
        self.remove(identity.key)
        names = spelled(identity)
        self._records[identity.key] = identity, names
        for key in keys_of_spelled(identity, names):
            self._keys.setdefault(key, set()).add(identity.key)

    def remove(self, key: str) -> None:
        """Forget a record; do nothing if it is not filed."""
        if key not in self._records:
            return
        for filed_under in keys_of_spelled(*self._records.pop(key)):
            block = self._keys[filed_under]
            block.discard(key)
            if not block:
                del self._keys[filed_under]

    def matches(self, identity: Identity, *, limit: int = 10) -> tuple[Match, ...]:
        """List the filed records that may be this person, strongest first."""
        names = spelled(identity)
        found = []
        for key in self._candidates(identity, names):
            pair = sorted(((identity, names), self._records[key]), key=lambda record: record[0].key)
            if match := score_spelled(*pair[0], *pair[1]):
                found.append(match)
        return tuple(sorted(found, key=lambda match: (-match.weight, match.a, match.b))[:limit])

    def _candidates(self, identity: Identity, names: Spelled) -> set[str]:
        candidates: set[str] = set()
        heard = sounds(names)
        for key in keys_of_spelled(identity, names):
            block = self._keys.get(key, set())
            if len(block) > LARGEST_BLOCK:
                block = {other for other in block if not heard.isdisjoint(sounds(self._records[other][1]))}
            candidates |= block
        return candidates
