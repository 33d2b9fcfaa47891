"""What a colour is once it is on the screen, and the contrast of two of them as WCAG 2.2 defines it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

NUMBERS = re.compile(r"[\d.]+(?:e-?\d+)?%?")


class Colour(NamedTuple):
    """Red, green and blue from 0 to 1, and how much of what is behind is hidden."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0


class Layer(NamedTuple):
    """An element as a pane of glass: its background, and how opaque it is with all that it holds."""

    ground: Colour
    opacity: float = 1.0


class UnknownColour(ValueError):
    """A way of writing a colour that this reader does not know."""


def read(written: str) -> Colour:
    """
    Read a colour as a browser computes it, or as a style sheet writes it.

    >>> read("rgb(255, 0, 0)") == read("#ff0000") == read("color(srgb 1 0 0)")
    True
    >>> read("rgba(0, 0, 0, 0)").alpha
    0.0
    """
    if re.fullmatch("#[0-9a-f]{6}", written):
        return Colour(*(int(written[start : start + 2], 16) / 255 for start in (1, 3, 5)))
    for way, scale in (("rgb", 255), ("color(srgb ", 1)):
        if written.startswith(way):
            red, green, blue, *alpha = (float(number) for number in NUMBERS.findall(written.removeprefix(way)))
            return Colour(red / scale, green / scale, blue / scale, *alpha)
    raise UnknownColour(written)


def over(front: Colour, behind: Colour) -> Colour:
    """
    Lay a colour that may let light through on one that does not.

    >>> over(Colour(0, 0, 0, 0.5), Colour(1, 1, 1))
    Colour(red=0.5, green=0.5, blue=0.5, alpha=1.0)
    """
    seen = [part * front.alpha + other * (1 - front.alpha) for part, other in zip(front[:3], behind[:3], strict=True)]
    return Colour(*seen)


def on_screen(layers: Sequence[Layer], behind: Colour = Colour(1, 1, 1)) -> Colour:  # noqa: B008  a tuple
    """
    Give the colour of a point that layers cover, the outermost first, each seen through those that hold it.

    >>> on_screen([Layer(Colour(1, 1, 1)), Layer(Colour(0, 0, 0), opacity=0.5)]).red
    0.5
    """
    if not layers:
        return behind
    outermost, *inner = layers
    inside = on_screen(inner, over(outermost.ground, behind))
    return over(inside._replace(alpha=outermost.opacity), behind)


def luminance(colour: Colour) -> float:
    """Give the relative luminance of WCAG 2.2, 0 for black and 1 for white."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: Colour, second: Colour) -> float:
    """
    Measure the contrast of two colours, from 1 to 21, in whichever order.

    >>> contrast(read("#000000"), read("#ffffff")), round(contrast(read("#777777"), read("#ffffff")), 2)
    (21.0, 4.48)
    """
    brighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)
