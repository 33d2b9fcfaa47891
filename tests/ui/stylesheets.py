"""Reads our style sheets as the tests need them."""

import re
from pathlib import Path

from tests.checks.vendor import UI

STATIC = UI / "static/ui"
SHEETS = (STATIC / "tokens.css", STATIC / "chezsoi.css", STATIC / "components.css")
LIGHT = '[data-bs-theme="light"]'
DARK = '[data-bs-theme="dark"]'
DEVICE_DARK = ":root:not([data-bs-theme])"


def rules(path: Path) -> dict[str, str]:
    """Give the declarations of each selector; only the first rule of a selector is kept."""
    found: dict[str, str] = {}
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        for selector in selectors.split(","):
            found.setdefault(selector.strip(), body)
    return found


def tokens(selector: str) -> dict[str, str]:
    """Give the colour tokens of a theme."""
    return dict(re.findall(r"--cz-([\w-]+):\s*(#[0-9a-f]{6});", rules(SHEETS[0])[selector]))


def contrast(first: str, second: str) -> float:
    """
    Measure the contrast of two colours, as WCAG 2.2 defines it.

    >>> contrast("#000000", "#ffffff"), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
