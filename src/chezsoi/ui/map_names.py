"""Where names are written on a map: those that matter most, none over another, at the two sizes of letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from chezsoi.kernel.outlines import Point
from chezsoi.ui import typography
from chezsoi.ui.maps import Map, Place

LETTER = 14
LETTER_WHEN_NARROW = 28
LETTER_SHARE = 0.56
NAMES_TRIED = 60
NAMES_ENOUGH = 10
UNDER, ON, OVER = 0.95, 0.35, -0.3
BESIDE = 5
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


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


def labels(
    shown: Map, spots: Mapping[str, Point], radii: Mapping[str, float], *, width: int, height: int
) -> Iterator[Label]:
    """
    Write the names that matter most, none over another: what holds something first, then the most populous.

    On a narrow screen the same letters take more of the drawing: only the names that still fit stay.
    """
    known = [place for place in shown.places if place.key in spots]
    known.sort(key=lambda place: (-(place.value or 0), -place.population, place.label))
    circles = [_around(spots[key], radius) for key, radius in radii.items()]
    room = Room(width, height, {LETTER: [*circles], LETTER_WHEN_NARROW: [*circles]})
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
        yield Label(px(left), px(top), str(rise), anchor, place.label, value)


@dataclass(frozen=True, slots=True)
class Room:
    """What is taken of the drawing, for each size of letters."""

    width: int
    height: int
    taken: dict[int, list[Box]]

    def has(self, words: Label, letter: int) -> bool:
        """Tell whether the room that words need is free and on the drawing."""
        box = _box(words, letter)
        is_within = box.left >= 0 and box.right <= self.width and box.top >= 0 and box.bottom <= self.height
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


def px(place: float) -> str:
    """Write a place on the drawing."""
    return f"{place:.1f}"
