"""Wait for what a page will say. Waiting inside the page is `eval`, which the policy of the pages refuses."""

from typing import Any

from playwright.sync_api import Page

TRIES, PAUSE = 200, 50


def until(page: Page, script: str, arg: Any = None) -> None:
    """Ask a script again until its answer is yes, for ten seconds."""
    for _ in range(TRIES):
        if page.evaluate(script, arg):
            return
        page.wait_for_timeout(PAUSE)
    raise AssertionError(script)
