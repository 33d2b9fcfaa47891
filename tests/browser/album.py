"""Pictures for the documentation, taken by the journeys that it tells: written when CHEZSOI_SHOTS is set."""

import os
from pathlib import Path

from playwright.sync_api import Page

IMAGES = Path(__file__).resolve().parents[2] / "docs/images"


def keep(page: Page, name: str) -> None:
    """Keep what is on the screen as a picture of the documentation."""
    if os.environ.get("CHEZSOI_SHOTS"):
        path = IMAGES / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path)
