import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from chezsoi import trail
from chezsoi.people import actions
from chezsoi.portal import audit
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import people, territories

TODAY = timezone.localdate()


@pytest.fixture
def officer(client):
    actor = territories.actor("dpo")
    client.force_login(territories.account_of(actor))
    return actor


@pytest.fixture
def worker():
    return territories.actor("lead_worker", user=territories.user(full_name="Nadia Klein"))


@pytest.fixture
def household(worker):
    return people.household(actor=worker, reference="M57-0042")


def verbs(client, **asked):
    response = client.get(reverse("portal:trail"), asked)
    shown = BeautifulSoup(response.content, "html.parser")
    return {cell.get_text(strip=True) for cell in shown.select("#trail-list td")}


class TestFilters:
    def test_keep_who_what_when(self, client, officer, worker, household):
        actions.note_reading(actor=worker, household=household)

        assert "people.household.read" in verbs(client, who="klein")
        assert verbs(client, who="nobody here") == set()
        assert "people.household.registered" not in verbs(client, verb="people.household.read")
        assert verbs(client, first="2999-01-01") == set()
        assert verbs(client, last="2001-01-01") == set()
        assert "people.household.read" in verbs(client, first=TODAY.isoformat(), last=TODAY.isoformat())

    def test_that_cannot_be_read_are_said_so(self, client, officer, household):
        assert client.get(reverse("portal:trail"), {"first": "yesterday"}).status_code == 422
        assert client.get(reverse("portal:trail"), {"verb": "castle"}).status_code == 422

    def test_of_a_household_keep_what_was_done_to_it_and_the_lists_that_showed_it(self, officer, worker, household):
        other = people.household(actor=worker)
        member = household.circle.get()
        actions.note_reading(actor=worker, household=other)
        actions.note_listing(actor=worker, households=[other.pk])
        shown = {
            actions.note_listing(actor=worker, households=pks) or pks[0]
            for pks in ([household.pk], [household.pk, other.pk], [other.pk, household.pk], [999, household.pk, 998])
        }
        actions.note_listing(actor=worker, households=[int(f"{household.pk}0"), int(f"9{household.pk}")])
        actions.close_circle(actor=worker, membership=member, on=TODAY, reason="fini")

        rows = audit.entries(actor=officer, asked=audit.Asked(household="m57-0042"))
        again = audit.entries(actor=officer, asked=audit.Asked(household=f"#{household.pk}"))
        assert list(again) == list(rows)

        found = [row.verb for row in rows]
        assert found.count("people.households.listed") == 4
        assert found.count("people.circle.closed") == 1
        assert found.count("people.household.registered") == 1
        assert not any(row.object_id == str(other.pk) and row.object_type == "people.household" for row in rows)
        assert shown

    def test_of_an_unknown_or_another_territorys_number_find_nothing(self, officer, household):
        people.household(territory=territories.territory("nice"), reference="N06-0001")

        for number in ("N06-0001", "nothing", "#", "#0", "#x"):
            assert not audit.entries(actor=officer, asked=audit.Asked(household=number)).exists()


class TestWhoReadThisHousehold:
    def test_counts_each_reader_and_says_when_last(self, client, officer, worker, household):
        for _look in range(3):
            actions.note_reading(actor=worker, household=household)

        shown = BeautifulSoup(client.get(reverse("portal:trail"), {"household": "M57-0042"}).content, "html.parser")

        said = shown.select_one("#readers").get_text(" ", strip=True)
        assert "Nadia Klein" in said
        assert territories.organisation_of(worker).name in said
        assert "3" in said

    def test_says_that_nobody_did(self, client, officer, household):
        shown = BeautifulSoup(client.get(reverse("portal:trail"), {"household": "M57-0042"}).content, "html.parser")

        assert shown.select("#readers .cz-empty")

    def test_is_for_who_reads_the_trail(self, worker):
        with pytest.raises(NotAllowed):
            audit.readers("M57-0042", actor=worker)


class TestExport:
    def test_holds_codes_never_content_and_no_formula(self, client, officer, worker, household):
        """ASVS 16.2.5 and 1.2.10: identifiers alone leave the trail, and no cell computes."""
        sly = territories.actor("lead_worker", user=territories.user(full_name="=cmd|' /C calc'!A0"))
        actions.note_listing(actor=sly, households=[household.pk], text="Bouzid")
        trail.record(worker, "people.circle.closed", household, reason="Amina l’a demandé", detail={"name": "Amina"})

        response = client.get(reverse("portal:trail-export"), {"verb": "people."})
        text = response.content.decode("utf-8-sig")

        rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        assert tuple(rows[0]) == audit.COLUMNS
        assert len(rows) == Entry.objects.filter(verb__startswith="people.").count()
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
        assert "Amina" not in text
        assert Entry.objects.get(verb="trail.exported").detail == '{"filters":["verb"]}'

    def test_reads_the_way_the_screen_does(self, client, officer, household):
        moments = [
            [row["at"] for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")]
            for answer in (client.get(reverse("portal:trail-export"), {"sort": way}) for way in ("when", "-when"))
        ]

        assert moments[0] == sorted(moments[0])
        assert moments[1] == sorted(moments[1], reverse=True)

    def test_is_for_who_reads_the_trail(self, client, worker):
        client.force_login(territories.account_of(worker))

        assert client.get(reverse("portal:trail-export")).status_code == 403


class TestCopies:
    def test_show_deadlines_and_no_name(self, client, officer, worker, household):
        empty = client.get(reverse("portal:access-requests"))
        assert BeautifulSoup(empty.content, "html.parser").select(".cz-empty")
        asked = timezone.localdate().replace(year=TODAY.year - 1)
        actions.request_copy(actor=worker, household=household, person=people.lead(household), asked_on=asked, on=TODAY)

        shown = BeautifulSoup(client.get(reverse("portal:access-requests")).content, "html.parser")

        assert str(household.pk) in shown.main.select_one("li strong").get_text()
        assert "Bouzid" not in shown.get_text()
        assert "M57-0042" not in shown.get_text()
        assert shown.select(".cz-tag.cz-act")
        assert reverse("portal:access-requests") in client.get(reverse("portal:day")).content.decode()
