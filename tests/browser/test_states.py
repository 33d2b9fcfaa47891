"""The reader of states finds what it looks for, in a page made faulty on purpose."""

import pytest

from tests.browser import states

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SOUND = """<style>
  body { background: #ffffff; color: #1f2a30; }
  a { color: #0e6b57; }
  :focus-visible { outline: 3px solid #22577a; outline-offset: 2px; }
</style><main><h1>A page</h1><p><a href="#a">One link</a></p><p><input placeholder="words"></p></main>"""
FAULTS = {
    "a:hover { color: #cccccc; }": "hover: p > a: text 1.61, at least 4.5",
    "a:active { color: #cccccc; }": "pressed: p > a: text 1.61, at least 4.5",
    "a:focus { color: #cccccc; }": "focus: p > a: text 1.61, at least 4.5",
    "@media (width > 1px) { a:hover { background: #0e6b57; } }": "hover: p > a: text 1.00, at least 4.5",
    "input::placeholder { color: #949494; }": "rest: p > input::placeholder: text 3.03, at least 4.5",
    "input { border: 1px solid #dddddd; }": "rest: p > input: edge 1.36, at least 3.0",
    "p { opacity: 0.5; }": "rest: p > a: text 2.28, at least 4.5",
    "h1 { color: #999999; }": "page: main > h1: text 2.85, at least 3.0",
    "p::after { content: 'x'; color: #999999; }": "page: main > p: text 2.85, at least 4.5",
    "a { outline: none !important; }": "focus: p > a: no ring",
    ":focus-visible { outline-color: #cccccc; }": "focus: p > a: ring 1.61, at least 3.0",
    ":focus-visible { outline-width: 1px; }": "focus: p > a: ring of 1 pixels, at least 3",
    "p { overflow: hidden; }": "focus: p > a: ring cut by p",
}


@pytest.fixture
def read(browser):
    page = browser.new_page(reduced_motion="reduce")

    def faults(style):
        page.set_content(SOUND.replace("</style>", f"{style}</style>"))
        return list(states.faults_of_page(page))

    yield faults
    page.close()


class TestFaults:
    def test_are_none_in_a_sound_page(self, read):
        assert read("input { border: 1px solid #6f777d; } input::placeholder { color: #4d5a61; }") == []

    @pytest.mark.parametrize(("style", "fault"), FAULTS.items())
    def test_are_found_in_each_state(self, read, style, fault):
        assert any(found.startswith(fault) for found in read(style))

    def test_of_a_control_are_told_once(self, browser):
        page = browser.new_page(reduced_motion="reduce")
        page.set_content(SOUND.replace("</style>", "a:hover { color: #cccccc; }</style>"))
        known = set()

        first, again = (list(states.faults_of_new_controls(page, known)) for _ in range(2))

        page.close()
        assert "light: hover: p > a: text 1.61, at least 4.5" in first
        assert again == []
