"""The page of both counts and the two files: numbers in the files alone, each taking left in the trail."""

import csv
import io
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from chezsoi.allocation import actions as allocation
from chezsoi.trail.models import Entry
from tests.factories import homes, territories
from tests.journeys.registers.test_both_counts import NUMBER, SIGNED, housed

PAGE = "/journeys/registers/metz/"
ASKED = {"first": "2026-01-01", "last": SIGNED.isoformat()}


@pytest.fixture
def officer(client):
    client.force_login(territories.account_of(territories.actor("siao_officer")))
    return client


def file_of(client, register, kind="csv", **asked):
    return client.get(reverse("journeys:register-sheet", args=["metz", register, kind]), {**ASKED, **asked})


def lines(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


class TestThePage:
    def test_shows_both_counts_and_names_what_is_missing_with_where_to_fill_it(self, officer):
        housed("syplo")
        lease = housed("syplo", number="")

        text = officer.get(PAGE, ASKED).content.decode()

        assert lease.household.reference in text
        assert reverse("journeys:needs", args=[lease.household_id]) in text
        assert "No specification" in text or "Aucune spécification" in text
        assert NUMBER not in text
        assert json.loads(Entry.objects.get(verb="journeys.registers.compared").detail) == ASKED

    def test_shows_the_coordination_no_name_no_number_and_no_file(self, client):
        lease = housed("syplo", number="")
        client.force_login(territories.account_of(territories.actor("coordinator")))

        text = client.get(PAGE, ASKED).content.decode()

        assert "Bouzid" not in text
        assert lease.household.reference not in text
        assert "sne.csv" not in text

    def test_opens_on_this_year(self, officer):
        assert officer.get(PAGE).context["form"].period().first == timezone.localdate().replace(month=1, day=1)

    @pytest.mark.parametrize(
        "asked",
        [{"first": "2026-05-05"}, {"last": "2099-01-01"}, {"first": "yesterday"}, {"last": ""}, {"first": "=1+1"}],
    )
    def test_says_what_is_wrong_with_the_days_and_counts_nothing(self, officer, asked):
        response = officer.get(PAGE, {**ASKED, **asked})

        assert response.status_code == 200
        assert "counts" not in response.context
        assert file_of(officer, "sne", **asked).status_code == 302

    def test_is_reached_from_the_figures_of_the_territory(self, officer):
        text = officer.get(reverse("observatory:territory", args=["metz", 2026])).content.decode()

        assert PAGE in text


class TestTheFiles:
    def test_hold_the_numbers_the_list_and_the_motive_and_leave_a_trail(self, officer):
        lease = housed("syplo")
        lease.dwelling.commune = homes.commune("57463")
        lease.dwelling.save()

        by_list, by_request = (lines(file_of(officer, register)) for register in ("syplo", "sne"))

        (listed,), (asked,) = by_list, by_request
        assert listed["numéro unique"] == asked["numéro unique"] == NUMBER
        assert (listed["liste"], listed["bail signé le"], listed["commune du logement"]) == (
            "syplo",
            "2026-05-04",
            "Metz",
        )
        assert (asked["événement"], asked["motif de radiation"][:1]) == ("radiation", "a")
        assert listed["sans domicile avant"] == asked["sans domicile avant"] == "oui"
        assert listed["manque avant envoi"] == asked["manque avant envoi"] == ""
        trailed = Entry.objects.filter(verb="journeys.register.exported").order_by("pk")
        said = [json.loads(each.detail) for each in trailed]
        assert [(each["register"], each["rows"]) for each in said] == [("syplo", 1), ("sne", 1)]

    def test_say_what_each_line_lacks(self, officer):
        housed("syplo", number="", requested_on=None)

        (line,) = lines(file_of(officer, "sne"))

        assert line["manque avant envoi"] == "numéro unique, demande déposée le"

    def test_hold_nothing_that_a_spreadsheet_computes(self, officer):
        lease = housed("syplo")
        allocation.label_request(
            actor=territories.program(), request=lease.household.request, pool="dalo", issuer="=HYPERLINK(1)",
            labelled_on=SIGNED,
        )  # fmt: skip

        assert "'=HYPERLINK(1)" in {line["inscrit par"] for line in lines(file_of(officer, "syplo"))}

    def test_are_workbooks_too(self, officer):
        housed("syplo")

        response = file_of(officer, "syplo", "xlsx")

        assert response.content[:2] == b"PK"
        assert response["Cache-Control"] == "no-store"

    def test_name_a_line_by_a_mark_that_says_nothing_and_never_changes(self, officer):
        lease = housed("syplo")

        first, again = (lines(file_of(officer, "syplo"))[0]["repère de la ligne"] for _time in range(2))

        assert first == again
        assert first not in {str(lease.pk), lease.household.reference}

    @pytest.mark.parametrize("role", ["coordinator", "analyst", "lead_worker"])
    def test_are_for_those_who_send_them_alone(self, client, role):
        client.force_login(territories.account_of(territories.actor(role)))

        assert file_of(client, "sne").status_code == 403
