"""What loading a file would do, as its page shows it; the worker reads a long file, and keeps this with the import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from chezsoi.files.columns import ColumnPlan
from chezsoi.files.models import ImportBatch
from chezsoi.files.readers import Table, UnreadableFile
from chezsoi.files.storage import NoLongerKept
from chezsoi.journeys.imports.loading import foreseen
from chezsoi.journeys.imports.reading import ColumnsUnclear, prepare_batch
from chezsoi.territories.access import Actor

LONG = 1_000
GONE = _("The copy of this file is no longer kept. Nothing was changed; send the file again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """
    What loading would do, or the sentence that says why it cannot be.

    `recognised` pairs each header with the field it fills; `asked` are the headers whose field somebody may choose.
    """

    refusal: str = ""
    recognised: tuple[tuple[str, str], ...] = ()
    asked: tuple[str, ...] = ()
    total: int = 0
    found: Mapping[str, Any] = field(default_factory=dict)

    @property
    def may_load(self) -> bool:
        return not self.refusal and self.total > 0

    def as_json(self) -> dict[str, Any]:
        return {
            "refusal": self.refusal,
            "recognised": [list(pair) for pair in self.recognised],
            "asked": list(self.asked),
            "total": self.total,
            "found": dict(self.found),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        return cls(
            refusal=kept["refusal"],
            recognised=tuple((header, key) for header, key in kept["recognised"]),
            asked=tuple(kept["asked"]),
            total=kept["total"],
            found=kept["found"],
        )


def foresee(batch: ImportBatch, *, actor: Actor, today: date) -> Preview:
    """Read the copy of a file again, and say what loading it would do; nothing is written."""
    try:
        prepared = prepare_batch(batch, actor=actor, today=today)
    except ColumnsUnclear as unclear:
        return Preview(refusal=str(unclear.sentence), **_columns(unclear.table, unclear.columns))
    except UnreadableFile as unusable:
        return Preview(refusal=str(unusable.sentence))
    except NoLongerKept:
        return Preview(refusal=str(GONE))
    outcome = foreseen(prepared)
    found = {**outcome.as_json(), "held": outcome.held}
    return Preview(total=prepared.total, found=found, **_columns(prepared.table, prepared.columns))


def _columns(table: Table, plan: ColumnPlan) -> dict[str, Any]:
    matched = sorted(plan.matched.items(), key=lambda pair: pair[1])
    doubtful = {header for doubt in plan.ambiguous for header in doubt.headers} | set(plan.unknown)
    return {
        "recognised": tuple((table.columns[index], key) for key, index in matched),
        "asked": tuple(header for header in dict.fromkeys(table.columns) if header in doubtful),
    }
