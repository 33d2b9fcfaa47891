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
