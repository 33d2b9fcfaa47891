"""Read the actions of the report (`data/actions`) and what serves them (`served.yaml`), in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from chezsoi.territories import datasets

SERVED = Path(__file__).with_name("served.yaml")


class State(StrEnum):
    """How far an action is served; `IN_PART` says what it still lacks."""

    WHOLE = "served"
    IN_PART = "in_part"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action of the report, its words and figures, and what serves it here."""

    key: str
    fiche: int
    territories: tuple[str, ...]
    title: str
    summary: str
    figures: tuple[str, ...]
    partners: tuple[str, ...]
    year: str
    serves: str
    misses: str
    pages: tuple[str, ...]
    commands: tuple[str, ...]
    shown_by: tuple[str, ...]

    @property
    def state(self) -> State:
        if not self.serves:
            return State.NOT_YET
        return State.IN_PART if self.misses else State.WHOLE


@cache
def actions(language: str) -> tuple[Action, ...]:
    """Read every action, in the report's order; `language` is "fr" or "en"."""
    served = yaml.safe_load(SERVED.read_text(encoding="utf-8"))
    rows = datasets.read("actions", directory=settings.REFERENCE_DIR)
    return tuple(_action(row, served[row["action_id"]] or {}, language) for row in rows)


def _action(row: Mapping[str, str], found: Mapping[str, Any], language: str) -> Action:
    english = language == "en"
    return Action(
        key=row["action_id"],
        fiche=int(row["fiche"]),
        territories=tuple(row["territory_ids"].split("|")),
        title=row["title_en"] if english and row["title_en"] else row["title"],
        summary=row[f"summary_{language}"],
        figures=_parts(row[f"figures_{language}"]),
        partners=_parts(row["partners"]),
        year=row["reference_year"],
        serves=found.get("serves", {}).get(language, ""),
        misses=found.get("misses", {}).get(language, ""),
        pages=tuple(found.get("pages", ())),
        commands=tuple(found.get("commands", ())),
        shown_by=tuple(found.get("shown_by", ())),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
