"""
Places by their borders: outlines put together, flattened, thinned and measured.

A border is written once for the two places it parts; whatever is drawn from borders cannot gape.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
Line = tuple[Point, ...]

METRES_A_DEGREE = 111_195.08


@dataclass(frozen=True, slots=True)
class Border:
    """A line with a place to its left and one to its right, in the order of its points; an empty name is outside."""

    left: str
    right: str
    line: Line


@dataclass(frozen=True, slots=True)
class Plane:
    """
    The plane that touches the globe along a latitude (equirectangular projection), in metres, y northwards.

    Lengths are true along that latitude; half a degree away, widths are wrong by one percent in France.

    >>> Plane(0).flat((1, 1))
    (111195.08, 111195.08)
    >>> round(Plane(60).flat((1, 60))[0])
    55598
    """

    latitude: float

    def flat(self, point: Point) -> Point:
        """Place a longitude and a latitude in degrees."""
        longitude, latitude = point
        narrowing = math.cos(math.radians(self.latitude))
        return longitude * narrowing * METRES_A_DEGREE, latitude * METRES_A_DEGREE


def rings(names: Collection[str], borders: Iterable[Border]) -> tuple[Line, ...]:
    """
    Put together the outline of places taken as one, inside always to the left: outer rings turn left, holes right.

    Each ring ends with the point it starts from.

    >>> square = Border("a", "", ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0)))
    >>> rings({"a"}, [square]) == (square.line,)
    True
    """
    following: dict[Point, list[Line]] = defaultdict(list)
    for line in _around(names, borders):
        following[line[0]].append(line)
    found = []
    while following:
        start = min(following)
        ring = _next(following, start)
        while ring[-1] != start:
            ring = (*ring, *_next(following, ring[-1])[1:])
        found.append(ring)
    return tuple(found)


def _around(names: Collection[str], borders: Iterable[Border]) -> Iterator[Line]:
    for border in borders:
        inside = (border.left in names, border.right in names)
        if inside == (True, False):
            yield border.line
        elif inside == (False, True):
            yield border.line[::-1]


def _next(following: dict[Point, list[Line]], point: Point) -> Line:
    line = following[point].pop()
    if not following[point]:
        del following[point]
    return line


def area(ring: Sequence[Point]) -> float:
    """
    Measure the inside of a ring that lies on a plane; negative for a hole.

    >>> area([(0, 0), (2, 0), (2, 1), (0, 1), (0, 0)])
    2.0
    """
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring)) / 2


def thinned(line: Sequence[Point], *, within: float) -> tuple[int, ...]:
    """
    Choose the points of a line on a plane that keep it within a distance of every point left out; give their ranks.

    Its ends stay, so that lines that met still meet; of a loop, the point furthest from its ends stays too.

    References
    ----------
    .. [1] Douglas, D. and Peucker, T., "Algorithms for the reduction of the number of points required to represent a
       digitized line or its caricature", Cartographica 10(2), 1973.

    Examples
    --------
    >>> thinned([(0, 0), (1, 0.1), (2, 0), (3, 2)], within=0.5)
    (0, 2, 3)
    """
    last = len(line) - 1
    kept = {0, last}
    spans = [(0, last)]
    if line[0] == line[-1]:
        middle = max(range(len(line)), key=lambda rank: math.dist(line[rank], line[0]))
        kept.add(middle)
        spans = [(0, middle), (middle, last)]
    while spans:
        start, end = spans.pop()
        far = max(range(start, end), key=lambda rank: distance(line[rank], line[start], line[end]), default=start)
        if distance(line[far], line[start], line[end]) > within:
            kept.add(far)
            spans += [(start, far), (far, end)]
    return tuple(sorted(kept))


def distance(point: Point, start: Point, end: Point) -> float:
    """
    Measure from a point to a segment.

    >>> distance((1, 1), (0, 0), (2, 0)), distance((5, 4), (0, 0), (2, 0))
    (1.0, 5.0)
    """
    x, y = end[0] - start[0], end[1] - start[1]
    away_x, away_y = point[0] - start[0], point[1] - start[1]
    length = x * x + y * y
    share = min(1.0, max(0.0, (away_x * x + away_y * y) / length)) if length else 0.0
    return math.hypot(away_x - share * x, away_y - share * y)
