"""Leases by commune: who reads what, and what a total would give back."""

from datetime import date

import pytest

from chezsoi.law.disclosure import Audience
from chezsoi.observatory import queries, tables
from chezsoi.observatory.models import ErasedCount
from chezsoi.observatory.wording import DEFINITIONS
from chezsoi.people.choices import Situation
from chezsoi.territories.access import ANONYMOUS, NotAllowed
from chezsoi.territories.models import Commune
from tests import htmx
from tests.factories import observatory, territories

ON = date(2026, 11, 23)
SIGNED = date(2026, 6, 1)
METZ, WOIPPY, MARLY, AUGNY, SARREBOURG = "57463", "57751", "57447", "57039", "57630"


def leases(**by_code):
    """Sign leases: `c57463=2` signs two in Metz; `none` in no commune."""
    for code, count in by_code.items():
        for _each in range(count):
            dwelling = observatory.lease_of((Situation.STREET, 90), signed_on=SIGNED).dwelling
            dwelling.commune = None if code == "none" else Commune.objects.get(pk=code.removeprefix("c"))
            dwelling.save()


def read(audience=Audience.INTERNAL, actor=None, key="metz"):
    where = territories.territory(key)
    reader = actor or territories.actor("analyst", territory=territories.territory())
    return queries.by_commune(where, year=2026, audience=audience, on=ON, actor=reader)


def values(found):
    return {row.commune.pk if row.commune else "": row.value for row in found.rows if row.value}


class TestByCommune:
    def test_adds_up_to_the_total_inside_the_organisation(self):
        leases(c57463=2, c57751=1, c57630=1, none=1)

        found = read()

        assert values(found) == {METZ: 2, WOIPPY: 1, "": 2}
        assert sum(row.value for row in found.rows) == found.total.numerator
        assert len(found.rows) == 46 + 1

    def test_keeps_what_erased_files_count_for_under_no_commune(self):
        leases(c57463=1)
        ErasedCount.objects.create(
            territory=territories.territory(), indicator=queries.BY_COMMUNE.value,
            version=DEFINITIONS[queries.BY_COMMUNE].version, year=2026, value=3,
        )  # fmt: skip

        assert values(read()) == {METZ: 1, "": 3}

    def test_hides_communes_under_the_threshold_of_partners(self):
        leases(c57463=7, c57751=6, c57447=3, c57039=3)

        found = read(Audience.PARTNER)

        assert values(found) == {METZ: 7, WOIPPY: 6}
        assert len(found.hidden) == 45

    def test_hides_another_commune_when_the_total_would_give_one_back(self):
        leases(c57463=7, c57751=6, c57447=1)

        assert values(read(Audience.PARTNER)) == {METZ: 7}

    def test_hides_everything_when_what_is_left_is_none(self):
        leases(c57463=6)

        assert values(read(Audience.PARTNER)) == {}

    def test_hides_everything_under_the_total_that_is_hidden(self):
        leases(c57463=4)

        found = read(Audience.PUBLIC, ANONYMOUS)

        assert found.total.is_suppressed
        assert values(found) == {}

    def test_is_not_for_those_whom_the_figures_are_not_for(self):
        with pytest.raises(NotAllowed):
            read(Audience.INTERNAL, territories.actor("siao_officer"))
        with pytest.raises(NotAllowed):
            read(Audience.PARTNER, territories.actor("analyst", territory=territories.territory("lille")))

    def test_writes_a_line_for_every_commune(self):
        leases(c57463=1)

        lines = read(Audience.PARTNER).as_csv()

        assert len(lines) == 47
        assert {line[-2:] for line in lines} == {("", "true")}
        assert ("metz", "2026", "attribution.homeless", "1", METZ, "Metz", "1", "false") in read().as_csv()


class TestOnMap:
    def test_hatches_the_communes_that_are_hidden_and_lists_those_shown(self):
        leases(c57463=7, c57751=6, c57447=3, c57039=3)

        shown = tables.on_map(read(Audience.PARTNER))

        assert [(place.label, place.value) for place in shown.listed] == [("Metz", 7), ("Woippy", 6)]
        assert sum(place.is_hidden for place in shown.places) == 45
        assert "Metz (7), Woippy (6)" in shown.finding

    def test_says_that_there_is_no_commune_to_show(self):
        assert "Metz (" not in tables.on_map(read(Audience.PARTNER)).finding


class TestPages:
    def test_give_everybody_the_public_map_alone(self, client):
        leases(c57463=12, c57751=4, c57447=7)

        page = htmx.parse(client.get("/observatory/public/metz/2026/"))

        assert [circle.text for circle in page.select("#map svg[role=img] circle title")] == ["Metz\u202f: 12"]
        assert page.select_one("#map .cz-links a")["href"] == "/observatory/public/metz/2026/communes.csv"
        lines = client.get("/observatory/public/metz/2026/communes.csv").text
        assert ",Metz,12,false" in lines
        assert ",Woippy,,true" in lines

    def test_give_the_analyst_every_commune(self, client):
        leases(c57463=2)
        client.force_login(territories.account_of(territories.actor("analyst")))

        assert ",Metz,2,false" in client.get("/observatory/metz/2026/communes.csv").text
        assert client.get("/observatory/lille/2026/communes.csv").status_code == 404
