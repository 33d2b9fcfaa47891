import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory

from chezsoi.kernel.orders import Order
from chezsoi.ui import gallery, sorting
from chezsoi.ui.shapes import By, Column
from chezsoi.ui.templatetags import ui

RENT = Column(label="Loyer", sort="rent", by=By.NUMBERS)


def drawn(address="/gallery/"):
    html = render_to_string("ui/gallery.html", gallery.context(), RequestFactory().get(address))
    return BeautifulSoup(html, "html.parser")


class TestHeading:
    def test_of_the_order_in_force_says_which_way_and_asks_for_the_other(self):
        made = sorting.heading(RENT, Order(key="rent"))

        assert (made.aria, made.icon, str(made.asks)) == ("ascending", "arrow-up", "-rent")
        assert made.says == "trier\u202f: décroissant"

    def test_of_another_asks_for_its_own(self):
        made = sorting.heading(RENT, Order(key="name"))

        assert (made.aria, made.icon, str(made.asks)) == ("", "chevron-expand", "rent")

    def test_keeps_the_filters_and_leaves_the_page(self):
        links = drawn("/gallery/?stock=social&page=3&after=7").select("a.cz-heading")

        assert [link["href"] for link in links] == [
            "?stock=social&sort=home", "?stock=social&sort=surface", "?stock=social&sort=cost"
        ]  # fmt: skip

    def test_keeps_its_word_where_a_phone_hides_the_link(self):
        words = [head.select_one(".cz-heading-word").get_text() for head in drawn().select("th:has(a.cz-heading)")]

        assert words == [column.label for column in gallery.homes().columns if column.sort]

    def test_is_a_heading_alone_where_its_list_has_no_order(self):
        assert len(drawn().select("th[aria-sort]")) == 1
        assert len(drawn().select("th[role=columnheader] a")) == 3


class TestChoices:
    def test_are_both_ways_of_every_column_shown_or_not(self):
        found = list(sorting.choices(gallery.homes()))

        assert [str(each.order) for each in found] == [
            "home", "-home", "surface", "-surface", "cost", "-cost", "free", "-free"
        ]  # fmt: skip
        assert [str(each.order) for each in found if each.is_current] == ["-cost"]

    @pytest.mark.parametrize("by", list(By))
    def test_no_two_ways_are_said_alike(self, by):
        column = Column(label="Jour", sort="day", by=by)

        said = {sorting.said(column, Order(key="day", is_descending=way)) for way in (False, True)}

        assert len(said) == 2


class TestAnnounced:
    def test_says_the_order_of_a_list_that_has_one(self):
        assert ui.announced("Trois logements", gallery.homes()).endswith("décroissant\u202f».")
        assert ui.announced("Candidats", gallery.shortlist()) == "Candidats"
