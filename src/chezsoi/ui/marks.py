"""Icons, shapes and tags: marks so small and so many on a page that no template writes them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chezsoi.ui.shapes import Kind

SPRITE = "ui/vendor/bootstrap-icons-1.13.1/sprite.svg"
SHAPES = {
    Kind.NEUTRAL: "circle-fill",
    Kind.HOME: "check-circle-fill",
    Kind.ACT: "exclamation-triangle-fill",
    Kind.WAIT: "hourglass-split",
    Kind.STOP: "x-octagon-fill",
    Kind.INFO: "info-circle-fill",
}


class UnknownIcon(LookupError):
    """The sprite holds no such icon: add it to the vendored sprite, or use one it holds."""


@cache
def icons() -> frozenset[str]:
    """Name the icons of the sprite."""
    sprite = Path(__file__).resolve().parent / "static" / SPRITE
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', sprite.read_text()))


@cache
def icon(name: str) -> SafeString:
    """Draw an icon; it is hidden from screen readers, so a word always stands beside it."""
    if name not in icons():
        raise UnknownIcon(name)
    return format_html(
        '<svg class="cz-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', static(SPRITE), name
    )


def shape(kind: str) -> SafeString:
    """Draw the shape of a kind of status."""
    return icon(SHAPES[Kind(kind)])


def tag(label: str, kind: str = Kind.NEUTRAL) -> SafeString:
    """Show a status: a word, a shape and a colour that say the same thing."""
    return format_html('<span class="cz-tag cz-{}">{}<bdi>{}</bdi></span>', Kind(kind).value, shape(kind), label)
