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
LETTER = 14
LETTER_WHEN_NARROW = 28
LETTER_SHARE = 0.56
NAMES_TRIED = 60
NAMES_ENOUGH = 10
UNDER, ON, OVER = 0.95, 0.35, -0.3
BESIDE = 5
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
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
class Label:
    """
    A name and its value at a place: `anchor` is the part of them that stands there, `rise` how far below, in letters.

    On a narrow screen letters are larger, and `is_minor` leaves it.
    """

    x: str
    y: str
    rise: str
    anchor: str
    name: str
    value: str
    is_minor: bool = False


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


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that words or a circle fill."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two rectangles share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def draw(shown: Map) -> Sheet:
    """Place a map's values; its table holds every one of them."""
    borders, height = projected(shown.borders)
    names = {name for border in borders for name in (border.left, border.right)} - {""}
    places = [place for place in shown.places if place.key in names]
    found = outlines(borders)
    spots = {place.key: spot(found[place.key]) for place in places}
    shapes = tuple(_shapes(shown, spots))
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
        labels=tuple(labels(shown, spots, height)),
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


def _shapes(shown: Map, spots: Mapping[str, Point]) -> Iterator[Shape]:
    most = _most(shown)
    for place in shown.listed:
        if place.key in spots:
            x, y = spots[place.key]
            radius = radius_of(place.value or 0, most=most)
            words = _("%(place)s: %(value)s") % {"place": place.label, "value": shown.written(place)}
            yield Shape(place, _px(x), _px(y), _px(radius), _px(max(radius, FINGER)), words)


def labels(shown: Map, spots: Mapping[str, Point], height: int) -> Iterator[Label]:
    """
    Write the names that matter most, none over another: what holds something first, then the most populous.

    On a narrow screen the same letters take more of the drawing: only the names that still fit stay.
    """
    most = _most(shown)
    known = [place for place in shown.places if place.key in spots]
    known.sort(key=lambda place: (-(place.value or 0), -place.population, place.label))
    radii = {place.key: radius_of(place.value, most=most) for place in known if place.value}
    circles = {key: _around(spots[key], radius) for key, radius in radii.items()}
    room = Room(height, {LETTER: list(circles.values()), LETTER_WHEN_NARROW: list(circles.values())})
    count = 0
    for place in known[:NAMES_TRIED]:
        if not place.value and count >= NAMES_ENOUGH:
            return
        ways = [words for words in _ways(place, spots[place.key], radii.get(place.key, 0.0)) if room.has(words, LETTER)]
        everywhere = [words for words in ways if room.has(words, LETTER_WHEN_NARROW)]
        for words in (everywhere or ways)[:1]:
            count += 1
            room.take(words, LETTER)
            if everywhere:
                room.take(words, LETTER_WHEN_NARROW)
            yield replace(words, is_minor=not everywhere)


def _ways(place: Place, at: Point, radius: float) -> Iterator[Label]:
    """Give where a name may stand: on the place itself when it has no circle, else under its circle, over, beside."""
    x, y = at
    value = typography.number(place.value) if place.value else ""
    beside = radius + BESIDE
    around = [(x, y + radius, UNDER, "middle"), (x, y - radius, OVER, "middle")]
    around += [(x + beside, y, ON, "start"), (x - beside, y, ON, "end")]
    for left, top, rise, anchor in around if radius else [(x, y, ON, "middle")]:
        yield Label(_px(left), _px(top), str(rise), anchor, place.label, value)


@dataclass(frozen=True, slots=True)
class Room:
    """What is taken of the drawing, for each size of letters."""

    height: int
    taken: dict[int, list[Box]]

    def has(self, words: Label, letter: int) -> bool:
        """Tell whether the room that words need is free and on the drawing."""
        box = _box(words, letter)
        is_within = box.left >= 0 and box.right <= WIDTH and box.top >= 0 and box.bottom <= self.height
        return is_within and not any(box.meets(other) for other in self.taken[letter])

    def take(self, words: Label, letter: int) -> None:
        """Keep the room that words need."""
        self.taken[letter].append(_box(words, letter))


def _box(words: Label, letter: int) -> Box:
    signs = len(words.name) + (len(words.value) + 1 if words.value else 0)
    width = signs * letter * LETTER_SHARE
    left = float(words.x) - ANCHORS[words.anchor] * width
    base = float(words.y) + float(words.rise) * letter
    return Box(left, base - 0.8 * letter, left + width, base + 0.2 * letter)


def _around(at: Point, radius: float) -> Box:
    return Box(at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)


def _most(shown: Map) -> int:
    return max((place.value or 0 for place in shown.places), default=0)


def _measures(shown: Map, height: int) -> Iterator[Measure]:
    """Give the sizes of a large and of a small circle."""
    most = _most(shown)
    x = 1.0
    for value in sorted({most, max(1, most // 4)}, reverse=True):
        radius = radius_of(value, most=most)
        label = typography.number(value)
        yield Measure(_px(x + radius), _px(height + LARGEST_RADIUS), _px(radius), label, _px(x + 2 * radius + BESIDE))
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


def _px(place: float) -> str:
    return f"{place:.1f}"
