from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.factories import territories


@pytest.fixture
def opened(live_server, browser, client) -> Iterator[Callable[..., Page]]:
    """Give a page of the browser at an address, where an actor has signed in."""
    contexts = []

    def open_(actor, path: str) -> Page:
        client.force_login(territories.account_of(actor))
        context = browser.new_context(locale="fr-FR", reduced_motion="reduce")
        contexts.append(context)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
