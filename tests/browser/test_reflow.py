"""The reader of enlarged pages finds what it looks for, in a page made faulty on purpose."""

import pytest

from tests.browser import reflow

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = """<!doctype html><meta name="viewport" content="width=device-width"><style>{}</style>
<main><h1>A home for the Bensalem household</h1><p class="a">Six homes wait.</p><p class="b">Nobody waits.</p></main>"""
FAULTS = {
    ".a { min-width: 40rem; }": "320 pixels: 648 pixels wide",
    ".a { width: 6rem; white-space: nowrap; overflow: hidden; }": "320 pixels, spaced out: p.a « Six homes wait.",
    ".a { height: 1rem; overflow: hidden; width: 3rem; }": "640 pixels: p.a « Six homes wait. » is cut",
    ".b { margin-top: -2rem; }": "640 pixels: p.a « Six homes wait. » is over p.b « Nobody waits. »",
    "body * { position: relative } .b { bottom: 3rem; }": "1280 pixels",
}


@pytest.fixture
def read(browser):
    page = browser.new_page()

    def faults(style):
        page.set_content(PAGE.format(style))
        return list(reflow.faults(page, reflow.FULLY))

    yield faults
    page.close()


class TestFaults:
    def test_are_none_in_a_page_that_wraps(self, read):
        assert read("") == []

    def test_are_none_where_words_are_for_screen_readers_alone(self, read):
        assert (
            read(".a { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }") == []
        )

    @pytest.mark.parametrize(("style", "fault"), FAULTS.items())
    def test_are_found(self, read, style, fault):
        assert any(found.startswith(fault) for found in read(style))
