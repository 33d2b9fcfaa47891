"""The lane: where a person lived, drawn to scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chezsoi.kernel.dates import add_months, months_between

# A bold letter of the lane's text, and the room around a word, in rem.
LETTER_REM = 0.47
MARGIN_REM = 0.75
# The widths, in rem, at which components.css lets a label appear.
FITS = (16, 20, 24, 30, 36, 44, 52, 60, 68)
MOST_TICKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A residential situation: `ended_on` is excluded, None when it lasts."""

    label: str
    family: str
    started_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A segment placed on the lane; `fit` is the narrowest lane, in rem, where its label can be read (0: none)."""

    segment: Segment
    x: str
    width: str
    fit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A month written under the lane."""

    label: str
    x: str
    is_last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The bars, the marks of time, and the segments in order for those who read rather than look."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    segments: tuple[Segment, ...]

    @property
    def legend(self) -> tuple[Bar, ...]:
        """Name each kind of bar once; its `fit` is the narrowest lane where all bars of that kind are labelled."""
        narrowest: dict[tuple[str, str], Bar] = {}
        for bar in self.bars:
            key = (bar.segment.family, bar.segment.label)
            held = narrowest.get(key)
            if held is None or (held.fit and (bar.fit == 0 or bar.fit > held.fit)):
                narrowest[key] = bar
        return tuple(narrowest.values())


def draw(segments: Sequence[Segment], *, start: date, today: date) -> Lane:
    """Place segments on a lane from `start` to `today`; those outside are left out, those across are cut."""
    days = max(1, (today - start).days)
    ordered = tuple(sorted(segments, key=lambda segment: segment.started_on))
    bars = []
    for segment in ordered:
        first = max(segment.started_on, start)
        last = min(segment.ended_on or today, today)
        if first < last:
            share = (last - first).days / days
            x = (first - start).days / days
            bars.append(Bar(segment=segment, x=_share(x), width=_share(share), fit=_fit(segment.label, share)))
    return Lane(bars=tuple(bars), ticks=_ticks(start, today), segments=ordered)


def _fit(label: str, share: float) -> int:
    needed = (len(label) * LETTER_REM + MARGIN_REM) / share
    return next((fit for fit in FITS if needed <= fit), 0)


def _ticks(start: date, today: date) -> tuple[Tick, ...]:
    days = max(1, (today - start).days)
    months = max(1, months_between(start, today))
    step = next((size for size in (1, 2, 3, 6, 12, 24, 60) if months / size <= MOST_TICKS), 120)
    last = Tick(label=_("today"), x="100%", is_last=True)
    marks = []
    for month in range(0, months + 1, step):
        day = add_months(start, month)
        share = (day - start).days / days
        if share < 1 - 0.6 / MOST_TICKS:
            marks.append(Tick(label=date_format(day, "N Y"), x=_share(share)))
    return (*marks, last)


def _share(share: float) -> str:
    return f"{100 * share:.3f}%"
