import gzip
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.kernel.outlines import Border, area, rings
from chezsoi.portal.views import gallery
from chezsoi.territories.contours import borders_of, communes_drawn
from chezsoi.ui import cartography, map_names
from chezsoi.ui.maps import Map, Place

DATA = Path(__file__).parents[2] / "data"
WEIGHT_ALLOWED = 60_000
# Two squares side by side, a tenth of a degree wide, at the latitude of Metz.
WEST = Border("w", "", ((6.1, 49.1), (6.1, 49.2), (6.0, 49.2), (6.0, 49.1), (6.1, 49.1))[1:])
EAST = Border("e", "", ((6.1, 49.1), (6.2, 49.1), (6.2, 49.2), (6.1, 49.2)))
SIDE = Border("w", "e", ((6.1, 49.1), (6.1, 49.2)))
TWO = (WEST, EAST, SIDE)


def shown(*places, borders=TWO, **traits):
    asked = {"key": "m", "finding": "Homes.", "unit": "homes", "axis": "Commune", "hidden": "fewer than 5"}
    return Map(places=places, borders=borders, **{**asked, **traits})


def place(key, value, **traits):
    said = "fewer than 5" if value is None else ""
    return Place(**{"key": key, "label": key.upper(), "value": value, "said": said, **traits})


def html(drawn):
    with override("en"):
        return render_to_string("ui/map.html", {"sheet": cartography.draw(drawn)})


@pytest.fixture(scope="module")
def largest():
    codes = communes_drawn("62", directory=DATA)
    places = [Place(key=code, label=f"Commune {code}", value=int(code) % 7, url=f"?commune={code}") for code in codes]
    return shown(*places, borders=borders_of(codes, directory=DATA))


class TestProjected:
    def test_keeps_the_shape_of_the_ground(self):
        borders, _height = cartography.projected(TWO)
        xs, ys = zip(*(point for border in borders for point in border.line), strict=True)

        # 0.2 degrees of longitude by 0.1 of latitude: 14.55 km by 11.12 km at 49.15 degrees north.
        assert (max(xs) - min(xs)) / (max(ys) - min(ys)) == pytest.approx(14.55 / 11.12, rel=0.002)

    def test_puts_the_north_up(self):
        borders, _height = cartography.projected(TWO)

        assert borders[2].line[0][1] < borders[2].line[-1][1]

    def test_keeps_the_inside_on_the_left(self):
        borders, _height = cartography.projected(TWO)

        assert all(area(ring) > 0 for name in ("w", "e") for ring in rings({name}, borders))

    def test_never_lets_neighbours_gape(self, largest):
        borders, _height = cartography.projected(largest.borders)
        names = {name for border in borders for name in (border.left, border.right)} - {""}
        apart = sum(area(ring) for outline in cartography.outlines(borders).values() for ring in outline)

        assert sum(area(ring) for ring in rings(names, borders)) == pytest.approx(apart, rel=1e-9)

    def test_of_nothing_is_nothing(self):
        assert cartography.projected(()) == ([], 0)


class TestSpot:
    def test_is_the_middle_of_a_square(self):
        assert cartography.spot([((0, 0), (2, 0), (2, 2), (0, 2), (0, 0))]) == (1, 1)

    def test_stays_inside_a_horseshoe(self):
        horseshoe = ((0, 0), (9, 0), (9, 9), (8, 9), (8, 1), (1, 1), (1, 9), (0, 9), (0, 0))

        x, y = cartography.spot([horseshoe])

        assert x < 1 or x > 8 or y < 1

    def test_is_on_the_largest_part(self):
        islet = ((20, 20), (21, 20), (21, 21), (20, 20))

        assert cartography.spot([islet, ((0, 0), (4, 0), (4, 4), (0, 4), (0, 0))]) == (2, 2)

    def test_of_a_place_without_surface_is_where_it_starts(self):
        assert cartography.spot([((3, 3), (4, 4), (3, 3))]) == (3, 3)


class TestRadiusOf:
    @given(st.integers(1, 10_000), st.integers(1, 10_000))
    def test_makes_surfaces_follow_amounts(self, one, other):
        most = max(one, other)
        first, second = (cartography.radius_of(value, most=most) for value in (one, other))

        if min(first, second) > cartography.SMALLEST_RADIUS:
            assert (first / second) ** 2 == pytest.approx(one / other)

    def test_keeps_a_map_of_one_home_small(self):
        assert cartography.radius_of(1, most=1) < 12


class TestDraw:
    def test_gives_a_circle_to_what_holds_something(self):
        with override("en"):
            sheet = cartography.draw(shown(place("w", 40), place("e", 0)))

        assert [(shape.place.key, shape.words) for shape in sheet.shapes] == [("w", "W: 40")]
        assert sheet.hidden == ""

    def test_hatches_what_may_not_be_read_and_says_it_in_the_table(self):
        sheet = cartography.draw(shown(place("w", 40), place("e", None)))

        assert sheet.hidden.startswith("M")
        assert [[cell.text for cell in row.cells] for row in sheet.table.rows] == [["W", "40"], ["E", "fewer than 5"]]

    def test_keeps_a_place_that_is_nowhere_in_the_table_alone(self):
        sheet = cartography.draw(shown(place("", 3, label="commune not known")))

        assert sheet.shapes == ()
        assert [row.cells[0].text for row in sheet.table.rows] == ["commune not known"]

    def test_draws_the_land_where_nothing_is_held(self):
        sheet = cartography.draw(shown(place("w", 0), place("e", 0)))

        assert sheet.land
        assert sheet.table.rows == []
        assert sheet.measures == ()

    def test_has_no_picture_without_contours(self):
        assert "<svg role" not in html(shown(place("w", 4), borders=()))

    def test_has_no_picture_where_everything_is_hidden(self):
        page = html(shown(place("w", None), place("e", None)))

        assert "<svg role" not in page
        assert "Fewer than 5" in page

    def test_writes_no_name_over_another(self, largest):
        room = map_names.Room(cartography.WIDTH, 10_000, {map_names.LETTER: []})
        names = cartography.draw(largest).labels

        assert names
        for name in names:
            assert room.has(name, map_names.LETTER)
            room.take(name, map_names.LETTER)

    def test_leaves_names_out_where_letters_are_large(self):
        crowd = [place("w", 3, label="A commune with a very long name indeed"), place("e", 2, label="Another of them")]

        assert [label.is_minor for label in cartography.draw(shown(*crowd)).labels] == [True, False]

    def test_writes_the_names_of_the_most_populous_where_nothing_is_held(self):
        sheet = cartography.draw(shown(place("w", 0, population=10), place("e", 0, population=90)))

        assert [label.name for label in sheet.labels] == ["E", "W"]


class TestMap:
    def test_is_a_picture_until_it_leads_somewhere(self):
        assert 'role="img"' in html(shown(place("w", 4)))
        linked = html(shown(place("w", 4, url="/homes/?commune=w")))
        assert 'role="group"' in linked
        assert '<a href="/homes/?commune=w" aria-label="W: 4">' in linked

    def test_asks_nothing_of_another_machine(self, largest):
        addresses = re.findall(r'(?:href|src|url\()="?([^"#)]+)', html(largest))

        assert [address for address in addresses if not address.startswith(("?", "/static/"))] == []

    def test_of_the_largest_territory_stays_light(self, largest):
        svg = re.search("<svg role.*?</svg>", html(largest), re.DOTALL)

        assert svg
        assert len(gzip.compress(svg[0].encode())) < WEIGHT_ALLOWED

    def test_escapes_what_is_typed(self):
        assert "<b>W" not in html(shown(place("w", 4, label="<b>W")))


class TestGalleryMaps:
    def test_show_each_state(self):
        sheets = [cartography.draw(each) for each in gallery.maps()]

        assert [(bool(sheet.shapes), bool(sheet.hidden)) for sheet in sheets] == [
            (False, False),
            (True, False),
            (True, True),
            (True, False),
        ]
        assert all(sheet.labels for sheet in sheets)
