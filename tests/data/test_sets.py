"""The sets shipped in data/: described, intact, and agreeing with each other."""

import re
from collections import Counter
from pathlib import Path

import pytest

from chezsoi.territories.datasets import describe, read, verify

DATA = Path(__file__).parents[2] / "data"
SETS = {
    "territories": 23,
    "actions": 54,
    "report-figures": 111,
    "national-figures": 37,
    "roles": 26,
    "communes": 39838,
    "intercommunal-bodies": 1266,
    "departements": 109,
    "regions": 26,
    "contours": 9953,
    "contours-departements": 549,
}


@pytest.fixture(scope="module")
def communes():
    return read("communes", directory=DATA)


@pytest.fixture(scope="module")
def towns(communes):
    return {row["code"]: row for row in communes if row["kind"] == "commune"}


@pytest.fixture(scope="module")
def territories():
    return read("territories", directory=DATA)


class TestFolder:
    def test_is_intact(self):
        verify(DATA)

    @pytest.mark.parametrize(("name", "rows"), SETS.items(), ids=SETS)
    def test_holds_the_rows_described(self, name, rows):
        found = read(name, directory=DATA)
        described = describe(name, directory=DATA)

        assert len(found) == described.rows == rows
        assert all(tuple(row) == described.columns for row in found)
        assert not any(value is None for row in found for value in row.values())

    @pytest.mark.parametrize("name", SETS)
    def test_says_source_producer_licence_and_date(self, name):
        described = describe(name, directory=DATA)

        assert described.name == name
        assert described.title
        assert described.source
        assert described.producer
        assert described.licence
        assert re.fullmatch(r"20\d\d(-\d\d){0,2}", described.date)

    @pytest.mark.parametrize("name", ["communes", "intercommunal-bodies", "departements", "regions"])
    def test_keeps_both_licences_with_the_data(self, name):
        notice = (DATA / name / "NOTICE.txt").read_text(encoding="utf-8")

        assert "Licence Ouverte" in notice
        assert "MIT License" in notice
        assert "Copyright (c) 2018-2019 Etalab" in notice

    @pytest.mark.parametrize("name", ["contours", "contours-departements"])
    def test_names_the_licence_and_the_maker_of_the_contours(self, name):
        notice = (DATA / name / "NOTICE.txt").read_text(encoding="utf-8")

        assert "Licence Ouverte / Open Licence 2.0" in notice
        assert "IGN, ADMIN EXPRESS COG" in notice


class TestTerritories:
    def test_agree_with_the_communes(self, territories, towns):
        bodies = {row["siren"]: row for row in read("intercommunal-bodies", directory=DATA)}

        for territory in territories:
            code, kind = _largest_member(territory)
            column = {"insee_commune": "code", "siren_epci": "epci", "insee_departement": "departement"}[kind]
            members = [town for town in towns.values() if town[column] == code]
            people = sum(int(town["population"]) for town in members)
            if kind == "siren_epci":
                people = int(bodies[code]["population_municipale"])

            assert len(members) == int(territory["communes_count"]), territory["territory_id"]
            assert people == int(territory["population_municipale"]), territory["territory_id"]
            assert territory["seat_commune_insee"] in {town["code"] for town in members}

    def test_bear_known_codes(self, territories):
        bodies = {row["siren"] for row in read("intercommunal-bodies", directory=DATA)}
        departements = {row["code"]: row["region"] for row in read("departements", directory=DATA)}

        for territory in territories:
            assert territory["epci_siren"] in bodies | {""}
            assert departements[territory["departement_code"]] == territory["region_code"]

    @pytest.mark.parametrize("name", ["actions", "report-figures"])
    def test_are_the_ones_that_other_sets_name(self, territories, name):
        known = {territory["territory_id"] for territory in territories} | {"national"}

        named = {key for row in read(name, directory=DATA) for key in row["territory_ids"].split("|")}

        assert named <= known


class TestFigures:
    @pytest.mark.parametrize("name", ["report-figures", "national-figures"])
    def test_each_carry_a_qualifier_a_nature_and_a_unit(self, name):
        for row in read(name, directory=DATA):
            assert row["qualifier"] in {"exact", "about", "almost", "at_least", "more_than"}
            assert row["nature"] in {"observed", "target", "derived"}
            assert row["unit"]
            assert float(row["value"]) >= 0

    def test_say_where_they_were_read(self):
        assert all(row["source"] and row["status"] for row in read("national-figures", directory=DATA))
        assert "September 2020" in describe("report-figures", directory=DATA).source


class TestRoles:
    def test_cross_fifteen_categories(self):
        columns = describe("roles", directory=DATA).columns

        assert [column.split("_")[0] for column in columns if re.match(r"C\d", column)] == [
            f"C{number}" for number in range(1, 16)
        ]

    def test_leave_no_cell_undecided(self):
        for row in read("roles", directory=DATA):
            assert all(value for column, value in row.items() if column != "note"), row["role"]


class TestCommunes:
    def test_know_the_communes_of_today_and_what_leads_to_them(self, communes):
        assert Counter(row["kind"] for row in communes) == {
            "commune": 34969,
            "delegated": 2105,
            "associated": 471,
            "arrondissement": 45,
            "former": 2248,
        }

    def test_have_one_row_for_a_code_and_kind(self, communes):
        assert max(Counter((row["code"], row["kind"]) for row in communes).values()) == 1

    def test_lead_from_every_old_code_to_a_commune_of_today(self, communes, towns):
        astray = [row["code"] for row in communes if row["kind"] != "commune" and row["parent"] not in towns]

        assert astray == []
        assert all(town["parent"] == "" for town in towns.values())

    @pytest.mark.parametrize(
        ("code", "kind", "parent"),
        [("13201", "arrondissement", "13055"), ("01120", "associated", "01262"), ("01340", "delegated", "01015")],
    )
    def test_resolve_a_part_of_a_town(self, communes, code, kind, parent):
        assert [(row["kind"], row["parent"]) for row in communes if row["code"] == code] == [(kind, parent)]

    def test_keep_leading_zeros_and_corsican_letters(self, towns):
        assert towns["06088"]["name"] == "Nice"
        assert towns["2A004"]["postcodes"] == "20000|20090|20167"

    def test_are_counted_in_their_intercommunal_bodies(self, towns):
        counts = Counter(town["epci"] for town in towns.values()) + Counter(town["ept"] for town in towns.values())

        for body in read("intercommunal-bodies", directory=DATA):
            assert counts[body["siren"]] == int(body["communes_count"]), body["name"]

    def test_hold_about_as_many_people_as_the_bodies_counted_a_year_before(self, towns):
        bodies = [row for row in read("intercommunal-bodies", directory=DATA) if row["kind"] != "EPT"]

        inside = sum(int(town["population"] or 0) for town in towns.values() if town["epci"])
        ratio = inside / sum(int(body["population_municipale"]) for body in bodies)

        assert ratio == pytest.approx(1.005, abs=0.001)


def _largest_member(territory):
    return territory["member_codes"].split("|")[-1], territory["member_code_types"].split("|")[-1]
