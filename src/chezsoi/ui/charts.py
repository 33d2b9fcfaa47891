"""
What a chart shows, as plain values; `ui.drawings` places them.

A value nobody may read, or nobody knows, is a gap with a word in it, never a zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from chezsoi.ui import typography


class Kind(StrEnum):
    """What is drawn: bars compare amounts, lines follow one over time."""

    BARS = "bars"
    LINES = "lines"


class Mark(StrEnum):
    """What stands behind a value."""

    OBSERVED = "observed"
    ESTIMATE = "estimate"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """
    One value; without it, `gap` says in a word why, and `said` in a few for the table.

    `low` and `high` bound what the value could be.
    """

    label: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    mark: Mark = Mark.OBSERVED
    gap: str = "–"
    said: str = ""
    note: str = ""

    @property
    def reaches(self) -> tuple[Decimal, ...]:
        """Give every amount the drawing must have room for."""
        return tuple(each for each in (self.value, self.low, self.high) if each is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Values of one thing, in order; every series of a chart has the same labels."""

    label: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is aimed at."""

    label: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What a chart shows; `finding` says in a sentence what is to be seen on it, and is its title."""

    key: str
    label: str
    finding: str
    kind: Kind
    axis: str
    series: Sequence[Series]
    unit: str = ""
    target: Target | None = None
    is_share: bool = False
    csv_url: str = ""

    def written(self, value: Decimal, decimals: int | None = 1) -> str:
        """Write a value as the reader's language does."""
        if self.is_share:
            return typography.percent(value, 1 if decimals is None else decimals)
        return typography.number(value, None if value == value.to_integral_value() else 1)
