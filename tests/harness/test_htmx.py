import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse

from tests import htmx

PAGE = """
<main hx-target="#list">
  <ul id="list"><li>one</li></ul>
  <p id="total">1</p>
  <button id="more" hx-swap="{manner}">More</button>
  <button id="self" hx-target="this" hx-swap="outerHTML">Myself</button>
</main>
"""


def page(manner: str = "innerHTML") -> BeautifulSoup:
    return BeautifulSoup(PAGE.format(manner=manner), "html.parser")


def listed(soup: BeautifulSoup) -> list[str]:
    return [item.text for item in soup.select("li")]


class TestSwap:
    @pytest.mark.parametrize(
        ("manner", "after"),
        [
            ("innerHTML", ["two", "three"]),
            ("outerHTML", ["two", "three"]),
            ("beforeend", ["one", "two", "three"]),
            ("afterbegin", ["two", "three", "one"]),
            ("afterend", ["one", "two", "three"]),
            ("beforebegin", ["two", "three", "one"]),
            ("delete", []),
            ("none", ["one"]),
            ("beforeend scroll:bottom", ["one", "two", "three"]),
        ],
    )
    def test_puts_the_answer_where_the_trigger_says(self, manner, after):
        soup = page(manner)

        htmx.swap(soup, "#more", HttpResponse("<li>two</li><li>three</li>"))

        assert listed(soup) == after

    def test_obeys_the_headers_before_the_page(self):
        soup = page()

        answer = HttpResponse("2", headers={"HX-Retarget": "#total", "HX-Reswap": "innerHTML"})
        htmx.swap(soup, "#more", answer)

        assert soup.select_one("#total").text == "2"
        assert listed(soup) == ["one"]

    def test_sends_marked_parts_to_their_own_place(self):
        soup = page("beforeend")

        htmx.swap(soup, "#more", HttpResponse('<li>two</li><p id="total" hx-swap-oob="true">2</p>'))

        assert soup.select_one("#total").text == "2"
        assert listed(soup) == ["one", "two"]

    def test_takes_the_part_that_the_trigger_selects(self):
        soup = BeautifulSoup('<ul id="list" hx-select="#list > *" hx-swap="innerHTML"><li>one</li></ul>', "html.parser")

        htmx.swap(soup, "#list", HttpResponse('<p>aside</p><ul id="list"><li>two</li><li>three</li></ul>'))

        assert listed(soup) == ["two", "three"]
        assert soup.select("p") == []

    def test_may_replace_the_trigger_itself(self):
        soup = page()

        htmx.swap(soup, "#self", HttpResponse("<b>done</b>"))

        assert soup.select_one("#self") is None
        assert soup.select_one("b").text == "done"

    def test_refuses_a_target_that_is_not_there(self):
        with pytest.raises(htmx.NothingToSwap):
            htmx.swap(page(), "#nowhere", HttpResponse(""))

    def test_refuses_a_manner_that_htmx_lacks(self):
        with pytest.raises(htmx.NothingToSwap):
            htmx.swap(page("sideways"), "#more", HttpResponse(""))


class TestAssertSameAsReload:
    def test_ignores_what_changes_with_every_answer(self):
        shown = BeautifulSoup('<input name="csrfmiddlewaretoken" value="a"><script nonce="b"></script>', "html.parser")

        reloaded = HttpResponse('<input name="csrfmiddlewaretoken" value="c"><script nonce="d"></script>')
        htmx.assert_same_as_reload(shown, reloaded)

    def test_fails_when_the_fragment_differs_from_the_page(self):
        with pytest.raises(AssertionError):
            htmx.assert_same_as_reload(page(), HttpResponse("<main></main>"))
