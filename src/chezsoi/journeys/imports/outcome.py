"""What an import did, or would do: the one object that the command prints and the page shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chezsoi.journeys.imports.cells import RowFault, UnknownCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Records created, updated and left as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def as_json(self) -> dict[str, int]:
        return {"created": self.created, "updated": self.updated, "unchanged": self.unchanged}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two file numbers, `a` before `b`, that may hold the same person, and why, in the reader's words."""

    a: str
    b: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an import did; when nothing was loaded, every count is zero."""

    households: Counts = Counts()
    persons: Counts = Counts()
    homes: Counts = Counts()
    not_offerable: int = 0
    errors: tuple[RowFault, ...] = ()
    pairs: tuple[Pair, ...] = ()
    unknown: tuple[UnknownCode, ...] = ()
    held: int = 0

    def as_json(self) -> dict[str, Any]:
        """Give the object of the contract: every key, always."""
        return {
            "households": self.households.as_json(),
            "persons": self.persons.as_json(),
            "homes": {**self.homes.as_json(), "not_offerable": self.not_offerable},
            "errors": errors_as_json(self.errors),
            "possible_duplicates": pairs_as_json(self.pairs),
            "unknown_codes": unknown_as_json(self.unknown),
        }


def refused(sentence: object) -> Outcome:
    """Give the outcome of a file that could not be used: one error, without line or column."""
    return Outcome(errors=(RowFault(line=None, column=None, message=str(sentence)),))


def errors_as_json(errors: Iterable[RowFault]) -> list[dict[str, Any]]:
    """Write the errors for a machine."""
    return [{"line": error.line, "column": error.column, "message": str(error.message)} for error in errors]


def pairs_as_json(pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    """Write the pairs for a machine."""
    return [{"a": pair.a, "b": pair.b, "reasons": list(pair.reasons)} for pair in pairs]


def unknown_as_json(unknown: Iterable[UnknownCode]) -> list[dict[str, Any]]:
    """Gather the unknown words by column and word, with the lines that hold them."""
    found: dict[tuple[str, str], list[int]] = {}
    for code in unknown:
        found.setdefault((code.column, code.value), []).append(code.line)
    return [
        {"column": column, "value": value, "lines": sorted(set(lines))}
        for (column, value), lines in sorted(found.items())
    ]
