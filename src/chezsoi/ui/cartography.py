"""
Maps drawn by the server: the values of a map in, places on a drawing out; `ui/map.html` writes the SVG.

The globe is flattened along the middle latitude of what is shown (equirectangular), which is enough for a département:
at its edges widths are wrong by one percent. Borders are thinned to the size of the drawing, each once, so that
neighbours never gape. No tile, no script, nothing asked of another machine.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from chezsoi.kernel.outlines import Border, Line, Plane, Point, area, rings, thinned
from chezsoi.ui import typography
from chezsoi.ui.map_names import BESIDE, LETTER_SHARE, LETTER_WHEN_NARROW, Label, labels, px
from chezsoi.ui.maps import Map, Place
from chezsoi.ui.shapes import Cell, Column, Row, Table

WIDTH = 720
TALLEST = 620
SIDE = 40
TOP = 20
GRID = 4
THINNED_WITHIN = 0.6
LARGEST_RADIUS = 34
SMALLEST_RADIUS = 5
LEAST_FULL_CIRCLE = 12
FINGER = 14
MEASURE_GAP = 24


@dataclass(frozen=True, slots=True)
class Shape:
    """The circle of a place that holds something, as far as a finger reaches for it, and what is said of it."""

    place: Place
    x: str
    y: str
    radius: str
    reach: str
    words: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A circle of the legend and the amount it stands for."""

    x: str
    y: str
    radius: str
    label: str
    label_x: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A map with everything in its place; paths are on a grid `GRID` times finer than the drawing."""

    map: Map
    height: int
    land: str
    inner: str
    outer: str
    hidden: str
    held: str
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    measures: tuple[Measure, ...]
    table: Table

    width = WIDTH
    grid = 1 / GRID
    finer = GRID

    @property
    def is_worth_seeing(self) -> bool:
        """Tell whether there is land, and not all of it hatched; else the finding and the table say it alone."""
        return bool(self.land) and (bool(self.shapes) or self.hidden != self.land)

    @property
    def has_links(self) -> bool:
        """Tell whether a shape leads somewhere: then it is more than a picture."""
        return any(shape.place.url for shape in self.shapes)


def draw(shown: Map) -> Sheet:
    """Place a map's values; its table holds every one of them."""
    borders, height = projected(shown.borders)
    names = {name for border in borders for name in (border.left, border.right)} - {""}
    places = [place for place in shown.places if place.key in names]
    found = outlines(borders)
    spots = {place.key: spot(found[place.key]) for place in places}
    radii = {place.key: radius_of(place.value, most=_most(shown)) for place in places if place.value}
    shapes = tuple(_shapes(shown, spots, radii))
    hidden = {place.key for place in places if place.is_hidden}
    measures = tuple(_measures(shown, height)) if shapes else ()
    return Sheet(
        map=shown,
        height=height + (2 * LARGEST_RADIUS + 2 if measures else 0),
        land=_rings_path(rings(names, borders)),
        inner=_lines_path(border.line for border in borders if border.left and border.right),
        outer=_lines_path(border.line for border in borders if not (border.left and border.right)),
        hidden=_rings_path(rings(hidden, borders)),
        held=_rings_path(rings({shape.place.key for shape in shapes}, borders)),
        shapes=shapes,
        labels=tuple(labels(shown, spots, radii, width=WIDTH, height=height)),
        measures=measures,
        table=_table(shown),
    )


def paper(shown: Map) -> str:
    """Draw a map for a printed page: an SVG that is whole by itself, without link."""
    unlinked = [replace(place, url="") for place in shown.places]
    return render_to_string("ui/map_paper.html", {"sheet": draw(replace(shown, places=unlinked))})


def projected(borders: Sequence[Border]) -> tuple[list[Border], int]:
    """Flatten borders into the drawing, north up, thin them to its size; give its height too."""
    if not borders:
        return [], 0
    longitudes, latitudes = zip(*(point for border in borders for point in border.line), strict=True)
    plane = Plane((min(latitudes) + max(latitudes)) / 2)
    west, south = plane.flat((min(longitudes), min(latitudes)))
    east, north = plane.flat((max(longitudes), max(latitudes)))
    scale = min((WIDTH - 2 * SIDE) / (east - west), (TALLEST - 2 * TOP) / (north - south))
    aside = (WIDTH - (east - west) * scale) / 2

    def place(point: Point) -> Point:
        x, y = plane.flat(point)
        return aside + (x - west) * scale, TOP + (north - y) * scale

    drawn = []
    for border in borders:
        line = [place(point) for point in border.line]
        thin = tuple(_on_grid(line[rank]) for rank in thinned(line, within=THINNED_WITHIN))
        # North up turns a line over: read backwards, it has its left on its left again.
        drawn.append(Border(border.left, border.right, thin[::-1]))
    return drawn, math.ceil((north - south) * scale + 2 * TOP)


def _on_grid(point: Point) -> Point:
    return round(point[0] * GRID) / GRID, round(point[1] * GRID) / GRID


def spot(outline: Sequence[Line]) -> Point:
    """Choose where a place's circle stands: the middle of its largest part, or the nearest to it that is inside."""
    ring = max(outline, key=area)
    x, y = _centre(ring)
    inside = [span for span in _spans(ring, y) if span[0] <= x <= span[1]]
    if inside or not _spans(ring, y):
        return x, y
    left, right = max(_spans(ring, y), key=lambda span: span[1] - span[0])
    return (left + right) / 2, y


def _centre(ring: Line) -> Point:
    surface = area(ring)
    if not surface:
        return ring[0]
    crosses = [(x + next_x, y + next_y, x * next_y - next_x * y) for (x, y), (next_x, next_y) in pairwise(ring)]
    return (
        sum(x * cross for x, _y, cross in crosses) / (6 * surface),
        sum(y * cross for _x, y, cross in crosses) / (6 * surface),
    )


def _spans(ring: Line, y: float) -> list[tuple[float, float]]:
    """List the stretches of a horizontal line that lie inside a ring."""
    crossed = sorted(
        x + (y - from_y) * (to_x - x) / (to_y - from_y)
        for (x, from_y), (to_x, to_y) in pairwise(ring)
        if (from_y > y) is not (to_y > y)
    )
    return list(zip(crossed[::2], crossed[1::2], strict=True))


def radius_of(value: int, *, most: int) -> float:
    """
    Size a circle so that its surface is the amount; a drawing of small amounts stays small, one is always seen.

    >>> radius_of(100, most=100), radius_of(25, most=100), radius_of(1, most=100_000)
    (34.0, 17.0, 5)
    """
    return max(SMALLEST_RADIUS, LARGEST_RADIUS * math.sqrt(value / max(most, LEAST_FULL_CIRCLE)))


def _shapes(shown: Map, spots: Mapping[str, Point], radii: Mapping[str, float]) -> Iterator[Shape]:
    for place in shown.listed:
        if place.key in radii:
            (x, y), radius = spots[place.key], radii[place.key]
            words = _("%(place)s: %(value)s") % {"place": place.label, "value": shown.written(place)}
            yield Shape(place, px(x), px(y), px(radius), px(max(radius, FINGER)), words)


def _most(shown: Map) -> int:
    return max((place.value or 0 for place in shown.places), default=0)


def _measures(shown: Map, height: int) -> Iterator[Measure]:
    """Give the sizes of a large and of a small circle."""
    most = _most(shown)
    x = 1.0
    for value in sorted({most, max(1, most // 4)}, reverse=True):
        radius = radius_of(value, most=most)
        label = typography.number(value)
        yield Measure(px(x + radius), px(height + LARGEST_RADIUS), px(radius), label, px(x + 2 * radius + BESIDE))
        x += 2 * radius + BESIDE + len(label) * LETTER_WHEN_NARROW * LETTER_SHARE + MEASURE_GAP


def _table(shown: Map) -> Table:
    rows = [
        Row(cells=(Cell(text=place.label, url=place.url), Cell(text=shown.written(place))))
        for place in [*shown.listed, *(place for place in shown.places if place.said)]
    ]
    columns = (Column(label=shown.axis), Column(label=shown.unit[:1].upper() + shown.unit[1:], is_numeric=True))
    return Table(caption=shown.finding, columns=columns, rows=rows, hides_caption=True)


def outlines(borders: Sequence[Border]) -> dict[str, tuple[Line, ...]]:
    """Put together the outline of each place."""
    own: dict[str, list[Border]] = defaultdict(list)
    for border in borders:
        for name in {border.left, border.right} - {""}:
            own[name].append(border)
    return {name: rings({name}, touching) for name, touching in own.items()}


def _rings_path(outline: Iterable[Line]) -> str:
    return "".join(f"{_line_path(ring[:-1])}z" for ring in outline)


def _lines_path(lines: Iterable[Line]) -> str:
    return "".join(map(_line_path, lines))


def _line_path(line: Line) -> str:
    """
    Write a line as a path on the grid: where it starts, then steps.

    >>> _line_path(((1, 1), (2, 1), (2, 0.5)))
    'M4 4l4 0 0 -2'
    """
    points = [(round(x * GRID), round(y * GRID)) for x, y in line]
    steps = [(to_x - x, to_y - y) for (x, y), (to_x, to_y) in pairwise(points)]
    return f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps)
