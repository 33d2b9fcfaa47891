"""
Charts drawn by the server: the values of a chart in, places on a drawing out; `ui/chart.html` writes the SVG.

Across, places are shares of the width and so fit any screen; down, they are pixels, and words keep their size. A bar
starts at zero. What was observed, what is aimed at, what is estimated and what is not over are drawn differently, and
told apart without colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from chezsoi.ui.charts import Chart, Kind, Mark, Point
from chezsoi.ui.shapes import Cell, Column, Row, Table

TOP = 28
PLOT = 176
BASE = TOP + PLOT
HEIGHT = BASE + 28
WIDTH = 1000
BAR_SHARE = Decimal("0.62")
MOST_GRID_LINES = 5
LABEL_GAP = 18
FEW_POINTS = 6
LONG_WORD = 5


@dataclass(frozen=True, slots=True)
class GridLine:
    """A value of the axis."""

    y: str
    label: str
    is_zero: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """How a value that is not simply observed is drawn, and what that means."""

    mark: str
    label: str


@dataclass(frozen=True, slots=True)
class Word:
    """A few words at a place; on a narrow screen, `is_minor` leaves it and `is_raised` makes room for its neighbour."""

    x: str
    y: str
    text: str
    is_minor: bool = False
    is_raised: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A value drawn from the line of zero."""

    x: str
    width: str
    y: str
    height: str
    mark: str


@dataclass(frozen=True, slots=True)
class Span:
    """What the value of a bar could be, from its top to its bottom."""

    x: str
    top: str
    bottom: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A value on a line."""

    x: str
    y: str
    mark: str


@dataclass(frozen=True, slots=True)
class Line:
    """The run of one series between two gaps, and the band of what it could be; points in the inner box."""

    points: str
    band: str
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart with everything in its place."""

    chart: Chart
    grid: tuple[GridLine, ...]
    ticks: tuple[Word, ...]
    bars: tuple[Bar, ...]
    spans: tuple[Span, ...]
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    values: tuple[Word, ...]
    names: tuple[Word, ...]
    gaps: tuple[Word, ...]
    target: GridLine | None
    keys: tuple[Key, ...]
    table: Table
    is_mirrored: bool

    height = HEIGHT
    width = WIDTH

    @property
    def has_marks(self) -> bool:
        """Tell whether anything stands on the axes; where nothing does, the finding and the table say it alone."""
        return bool(self.bars or self.dots or self.target)


@dataclass(frozen=True, slots=True)
class Scale:
    """The values of the axis, from the lowest to the highest, and where each falls."""

    steps: tuple[Decimal, ...]

    def y(self, value: Decimal) -> Decimal:
        """Place a value, in pixels from the top."""
        low, high = self.steps[0], self.steps[-1]
        return BASE - (value - low) / (high - low) * PLOT


def draw(chart: Chart) -> Drawing:
    """Place a chart's values; its table holds every one of them."""
    scale = scale_of(chart)
    is_mirrored = get_language_bidi()
    places = _places(len(chart.series[0].points), is_mirrored=is_mirrored)
    is_bars = chart.kind is Kind.BARS
    return Drawing(
        chart=chart,
        grid=tuple(GridLine(_px(scale.y(step)), chart.written(step, 0), step == 0) for step in scale.steps),
        ticks=tuple(_ticks(chart, places)),
        bars=tuple(_bars(chart, scale, places)) if is_bars else (),
        spans=tuple(_spans(chart, scale, places)) if is_bars else (),
        dots=() if is_bars else tuple(_dots(chart, scale, places)),
        lines=() if is_bars else tuple(_lines(chart, scale, places)),
        values=tuple(_values(chart, scale, places)) if is_bars or len(chart.series) == 1 else (),
        names=() if is_bars or len(chart.series) == 1 else tuple(_names(chart, scale, places)),
        gaps=tuple(_gaps(chart, places)),
        target=_target(chart, scale),
        keys=tuple(_keys(chart)),
        table=_table(chart),
        is_mirrored=is_mirrored,
    )


def scale_of(chart: Chart) -> Scale:
    """Choose round values that hold everything drawn; bars and targets are read from zero."""
    reached = [each for series in chart.series for point in series.points for each in point.reaches]
    if chart.target is not None:
        reached.append(chart.target.value)
    low, high = min(reached, default=Decimal(0)), max(reached, default=Decimal(1))
    if chart.kind is Kind.BARS or low >= 0:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = low + 1
    step = _round_step((high - low) / (MOST_GRID_LINES - 1), is_whole=not chart.is_share and _are_whole(reached))
    first, last = (low / step).__floor__(), (high / step).__ceil__()
    return Scale(tuple(step * rank for rank in range(first, last + 1)))


def _round_step(least: Decimal, *, is_whole: bool) -> Decimal:
    """
    Give the smallest of 1, 2, 5, 10, 20… that is no less.

    >>> [f"{_round_step(Decimal(least), is_whole=False):f}" for least in ("0.3", "1", "3", "24")]
    ['0.5', '1', '5', '50']
    """
    power = Decimal(1).scaleb(least.adjusted())
    step = next(power * size for size in (1, 2, 5, 10) if power * size >= least)
    return max(step, Decimal(1)) if is_whole else step


def _are_whole(values: Sequence[Decimal]) -> bool:
    return all(value == value.to_integral_value() for value in values)


def _places(count: int, *, is_mirrored: bool) -> tuple[Decimal, ...]:
    """Give the middle of each point's share of the width; time runs as the language is read."""
    places = tuple((Decimal(rank) + Decimal("0.5")) / count for rank in range(count))
    return places[::-1] if is_mirrored else places


def _keys(chart: Chart) -> Iterator[Key]:
    meanings = {Mark.ESTIMATE: _("estimate"), Mark.PARTIAL: _("period not over")}
    drawn = {point.mark for series in chart.series for point in series.points if point.value is not None}
    for mark, meaning in meanings.items():
        if mark in drawn:
            yield Key(mark.value, meaning)
    if any(point.low is not None for series in chart.series for point in series.points):
        yield Key("span" if chart.kind is Kind.BARS else "band", _("what the value could be"))


def _ticks(chart: Chart, places: Sequence[Decimal]) -> Iterator[Word]:
    labels = [point.label for point in chart.series[0].points]
    for rank, (place, label) in enumerate(zip(places, labels, strict=True)):
        yield Word(_share(place), _px(BASE + 20), label, _is_minor(rank, len(labels)))


def _bars(chart: Chart, scale: Scale, places: Sequence[Decimal]) -> Iterator[Bar]:
    width = BAR_SHARE / len(places)
    zero = scale.y(Decimal(0))
    for place, point in _known(chart.series[0].points, places):
        end = scale.y(point.value or Decimal(0))
        top = min(zero, end)
        yield Bar(_share(place - width / 2), _share(width), _px(top), _px(abs(zero - end)), point.mark.value)


def _spans(chart: Chart, scale: Scale, places: Sequence[Decimal]) -> Iterator[Span]:
    for place, point in _known(chart.series[0].points, places):
        if point.low is not None and point.high is not None:
            yield Span(_share(place), _px(scale.y(point.high)), _px(scale.y(point.low)))


def _dots(chart: Chart, scale: Scale, places: Sequence[Decimal]) -> Iterator[Dot]:
    for series in chart.series:
        for place, point in _known(series.points, places):
            yield Dot(_share(place), _px(scale.y(point.value or Decimal(0))), point.mark.value)


def _lines(chart: Chart, scale: Scale, places: Sequence[Decimal]) -> Iterator[Line]:
    for rank, series in enumerate(chart.series):
        for run in _runs(series.points, places):
            on_line = [(place, point.value or Decimal(0)) for place, point in run]
            over = [(place, point.high) for place, point in run if point.high is not None]
            under = [(place, point.low) for place, point in run if point.low is not None]
            band = [*over, *reversed(under)] if len(over) == len(under) == len(run) else []
            yield Line(_path(on_line, scale), _path(band, scale), rank)


def _runs(points: Sequence[Point], places: Sequence[Decimal]) -> Iterator[list[tuple[Decimal, Point]]]:
    """Cut a series where a value is missing."""
    run: list[tuple[Decimal, Point]] = []
    for place, point in zip(places, points, strict=True):
        if point.value is None:
            if run:
                yield run
            run = []
        else:
            run.append((place, point))
    if run:
        yield run


def _values(chart: Chart, scale: Scale, places: Sequence[Decimal]) -> Iterator[Word]:
    points = chart.series[0].points
    for rank, (place, point) in enumerate(zip(places, points, strict=True)):
        if point.value is not None:
            y = min(scale.y(point.high if point.high is not None else point.value), scale.y(point.value))
            yield Word(_share(place), _px(y - 8), chart.written(point.value), _is_minor(rank, len(points)))


def _names(chart: Chart, scale: Scale, places: Sequence[Decimal]) -> Iterator[Word]:
    """Write the name of each line at its end, the highest first, none over another."""
    ends = []
    for series in chart.series:
        known = list(_known(series.points, places))
        if known:
            place, point = known[-1]
            ends.append((scale.y(point.value or Decimal(0)) - 10, place, series.label))
    room = Decimal(-LABEL_GAP)
    for y, place, label in sorted(ends):
        room = max(y, room + LABEL_GAP)
        yield Word(_share(place), _px(min(room, Decimal(HEIGHT))), label)


def _gaps(chart: Chart, places: Sequence[Decimal]) -> Iterator[Word]:
    """Write a word in each gap; of two long ones side by side, the second is raised where the screen is narrow."""
    for series in chart.series:
        is_raised = False
        before = ""
        for place, point in zip(places, series.points, strict=True):
            word = point.gap if point.value is None else ""
            is_raised = not is_raised and min(len(before), len(word)) >= LONG_WORD
            if word:
                yield Word(_share(place), _px(BASE - 8), word, is_raised=is_raised)
            before = word


def _target(chart: Chart, scale: Scale) -> GridLine | None:
    if chart.target is None:
        return None
    label = _("%(label)s: %(value)s") % {"label": chart.target.label, "value": chart.written(chart.target.value)}
    return GridLine(_px(scale.y(chart.target.value)), label)


def _table(chart: Chart) -> Table:
    has_bounds = any(point.low is not None for series in chart.series for point in series.points)
    has_notes = any(point.note for series in chart.series for point in series.points)
    columns = [Column(label=chart.axis), *(Column(label=_("Series")) for _one in chart.series[1:2])]
    columns.append(Column(label=_capitalized(chart.unit) or _("Value"), is_numeric=True))
    columns += [Column(label=_("Between"), is_numeric=True)] if has_bounds else []
    columns += [Column(label=_("How it is known"))] if has_notes else []
    rows = []
    for series in chart.series:
        for point in series.points:
            cells = [Cell(text=point.label), *(Cell(text=series.label) for _one in chart.series[1:2])]
            cells.append(Cell(text=(point.said or point.gap) if point.value is None else chart.written(point.value)))
            cells += [Cell(text=_bounds(chart, point))] if has_bounds else []
            cells += [Cell(text=point.note)] if has_notes else []
            rows.append(Row(cells=cells))
    return Table(caption=chart.finding, columns=columns, rows=rows, hides_caption=True)


def _capitalized(words: str) -> str:
    return words[:1].upper() + words[1:]


def _bounds(chart: Chart, point: Point) -> str:
    if point.low is None or point.high is None:
        return "–"
    return _("%(low)s and %(high)s") % {"low": chart.written(point.low), "high": chart.written(point.high)}


def _known(points: Sequence[Point], places: Sequence[Decimal]) -> Iterator[tuple[Decimal, Point]]:
    return ((place, point) for place, point in zip(places, points, strict=True) if point.value is not None)


def _is_minor(rank: int, count: int) -> bool:
    """Tell the points whose words leave a narrow screen: those between the first, the last and one in three."""
    return count > FEW_POINTS and rank != count - 1 and (rank % 3 != 0 or rank > count - 3)


def _path(points: Sequence[tuple[Decimal, Decimal]], scale: Scale) -> str:
    return " ".join(f"{place * WIDTH:.1f},{scale.y(value):.1f}" for place, value in points)


def _share(place: Decimal) -> str:
    return f"{100 * place:.3f}%"


def _px(place: Decimal | int) -> str:
    return f"{place:.1f}"
