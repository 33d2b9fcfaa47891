"""The contours shipped: every commune of the territories, closed, without gap, of the area its department says."""

from itertools import pairwise
from pathlib import Path

import pytest

from chezsoi.kernel.outlines import Plane, area, rings
from chezsoi.territories.contours import borders_of, departements
from chezsoi.territories.datasets import read

DATA = Path(__file__).parents[2] / "data"
WEIGHT_ALLOWED = 700_000
# Castelmoron-d'Albret, in the Gironde, is the smallest commune of France: 3.5 hectares.
SMALLEST = 0.015
# Insee, 2024, in km²: from the land register, which the outlines of IGN do not follow to the metre.
AREAS = {
    "68224": 22.18,
    "67482": 78.26,
    "31555": 118.3,
    "80021": 49.46,
    "06088": 71.92,
    "69123": 47.87,
    "33063": 49.36,
    "97611": 41.94,
}


def members():
    found = {}
    communes = [row for row in read("communes", directory=DATA) if row["kind"] == "commune"]
    for territory in read("territories", directory=DATA):
        held = set(territory["member_codes"].split("|"))
        found[territory["territory_id"]] = {
            row["code"] for row in communes if held & {row["code"], row["epci"], row["departement"]}
        }
    return found


@pytest.fixture(scope="module")
def territories():
    return members()


@pytest.fixture(scope="module")
def everything(territories):
    return borders_of(set().union(*territories.values()), directory=DATA)


def square_kilometres(names, borders):
    outlines = rings(names, borders)
    latitudes = [latitude for ring in outlines for _longitude, latitude in ring]
    plane = Plane((min(latitudes) + max(latitudes)) / 2)
    return sum(area([plane.flat(point) for point in ring]) for ring in outlines) / 1e6


class TestContours:
    def test_draw_every_commune_of_the_territories_and_no_other(self, territories, everything):
        drawn = {name for border in everything for name in (border.left, border.right)} - {""}

        assert drawn == set().union(*territories.values())

    @pytest.mark.parametrize("code", AREAS)
    def test_enclose_the_area_published_within_three_percent(self, code):
        assert square_kilometres({code}, borders_of({code}, directory=DATA)) == pytest.approx(AREAS[code], rel=0.03)

    def test_close_each_outline_around_something(self, territories):
        for codes in territories.values():
            borders = borders_of(codes, directory=DATA)
            for code in codes:
                own = [border for border in borders if code in {border.left, border.right}]
                assert square_kilometres({code}, own) > SMALLEST, code

    def test_never_gape_between_the_communes_of_a_territory(self, territories):
        for codes in territories.values():
            borders = borders_of(codes, directory=DATA)
            alone = sum(
                square_kilometres({code}, [each for each in borders if code in {each.left, each.right}])
                for code in codes
            )
            assert square_kilometres(codes, borders) == pytest.approx(alone, rel=0.01)
            assert all(border.right or border.left for border in borders)

    def test_write_an_edge_once(self, everything):
        edges = [edge for border in everything for edge in pairwise(border.line)]

        assert len(edges) == len({frozenset(edge) for edge in edges})

    def test_are_named_outside_when_the_neighbour_was_not_asked_for(self):
        assert {border.right for border in borders_of({"67482"}, directory=DATA)} <= {"", "67482"}
        assert all("67482" in {border.left, border.right} for border in borders_of({"67482"}, directory=DATA))

    def test_of_elsewhere_are_none(self):
        assert borders_of({"75056"}, directory=DATA) == ()


class TestDepartements:
    def test_are_all_drawn_overseas_included(self):
        drawn = {name for border in departements(directory=DATA) for name in (border.left, border.right)} - {""}

        assert len(drawn) == 101
        assert {"2A", "971", "972", "973", "974", "976"} < drawn

    # IGN and Insee: the Sarthe, the Pas-de-Calais, Mayotte.
    @pytest.mark.parametrize(("code", "area"), [("72", 6206), ("62", 6671), ("976", 374)])
    def test_enclose_the_area_published_within_two_percent(self, code, area):
        assert square_kilometres({code}, departements(directory=DATA)) == pytest.approx(area, rel=0.02)


class TestWeight:
    def test_stays_small(self):
        files = [DATA / name / "data.csv.xz" for name in ("contours", "contours-departements")]

        assert sum(path.stat().st_size for path in files) < WEIGHT_ALLOWED
