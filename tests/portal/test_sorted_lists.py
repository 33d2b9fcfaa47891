"""Every list that sorts, through its page: each order it offers is answered, and holds every row once."""

import csv
import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from chezsoi.people.models import Household
from chezsoi.support import actions as support
from chezsoi.support.choices import Intensity, Scheme
from chezsoi.tenancies.actions import sign_lease
from chezsoi.tenancies.choices import LeaseKind
from chezsoi.trail.models import Entry
from tests.factories import allocation, homes, people, tenancies, territories

TODAY = timezone.localdate()


def some_homes():
    homes.offer(available_on=TODAY, rent_per_month=Decimal(480), charges_per_month=None)
    homes.offer(homes.dwelling(rooms=4, commune=homes.commune("57751")), available_on=TODAY - timedelta(days=9))
    homes.offer(homes.dwelling(rooms=None, surface_m2=None), available_on=None)
    return territories.actor("coordinator")


def some_rounds():
    allocation.households(2)
    allocation.committed()
    allocation.drawn()
    return territories.actor("coordinator")


def some_sittings():
    table = allocation.commission()
    for days in (3, 9):
        allocation.sitting(table, held_on=TODAY + timedelta(days=days))
    return territories.actor("coordinator")


def some_decisions():
    allocation.decided()
    return territories.actor("coordinator")


def some_measures():
    worker = territories.actor("lead_worker")
    for intensity in (Intensity.LIGHT, Intensity.UNKNOWN, Intensity.NONE):
        support.open_measure(
            actor=worker, household=people.household(actor=worker), scheme=Scheme.LOCAL, intensity=intensity,
            opened_on=TODAY, organisation=territories.organisation_of(worker),
        )  # fmt: skip
    return worker


def some_leases():
    agent = territories.actor("social_landlord_agent")
    for reference in ("D57-0009", "D57-0002"):
        candidacy = tenancies.candidacy(people.household(reference=reference), offer=tenancies.offer(agent=agent))
        sign_lease(actor=agent, candidacy=candidacy, kind=LeaseKind.DIRECT, signed_on=TODAY, starts_on=TODAY)
    return agent


LISTS = {
    "homes:homes": some_homes,
    "allocation:rounds": some_rounds,
    "allocation:sittings": some_sittings,
    "allocation:decisions": some_decisions,
    "support:support": some_measures,
    "tenancies:leases": some_leases,
}
EXPORTED = {
    "homes:homes": "homes.offers.exported",
    "allocation:rounds": "allocation.rounds.exported",
    "allocation:sittings": "allocation.sittings.exported",
    "allocation:decisions": "allocation.decisions.exported",
    "support:support": "support.measures.exported",
    "tenancies:leases": "tenancies.leases.exported",
}


@pytest.fixture(params=LISTS)
def opened(request, client):
    """Open a list in an order, as somebody who may."""
    client.force_login(territories.account_of(LISTS[request.param]()))

    def open_(**asked):
        return BeautifulSoup(client.get(reverse(request.param), asked).content, "html.parser")

    return open_


def rows(page):
    return [row.get_text(" ", strip=True) for row in page.select("[id$=-list] tbody tr")]


class TestSortedLists:
    def test_answer_each_order_they_offer_with_every_row(self, opened):
        own = opened()
        offered = [choice["value"] for choice in own.select("#sort option")]

        assert len(offered) >= 2
        for order in offered:
            page = opened(sort=order)
            assert page.select_one("#sort [selected]")["value"] == order
            assert sorted(rows(page)) == sorted(rows(own)) != []

    def test_say_on_one_heading_at_most_which_way_they_are_read(self, opened):
        page = opened()
        current = page.select_one("#sort [selected]")["value"]
        link = page.select_one(f"#sort-{current.strip('-')}")

        said = [head["aria-sort"] for head in page.select("th[aria-sort]")]

        assert said == ([] if link is None else ["descending" if current.startswith("-") else "ascending"])

    def test_are_in_their_own_order_when_another_makes_no_sense(self, opened):
        own = opened().select_one("#sort [selected]")["value"]

        for nonsense in ("?", "-", "password", "pk", "-sort" * 99):
            assert opened(sort=nonsense).select_one("#sort [selected]")["value"] == own


class TestListsTakenAway:
    @pytest.fixture(params=LISTS)
    def files(self, request, client):
        """Take a list away in an order, by the links of its page; tell how many lines the screen shows."""
        client.force_login(territories.account_of(LISTS[request.param]()))

        def take(**asked):
            page = BeautifulSoup(client.get(reverse(request.param), asked).content, "html.parser")
            answers = [client.get(link["href"]) for link in page.select(".cz-take-away a")]
            return len(rows(page)), *answers

        return EXPORTED[request.param], take

    def test_hold_every_line_in_the_order_of_the_screen_and_leave_a_line_in_the_trail(self, files):
        verb, take = files

        count, table, book = take()

        lines = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig")), delimiter=";"))
        sheet = [[cell or "" for cell in row] for row in load_workbook(io.BytesIO(book.content)).active.values]
        assert sheet == lines
        assert len(lines) == count + 1
        assert len({len(line) for line in lines}) == 1
        assert [table["Cache-Control"], book["Cache-Control"]] == ["no-store", "no-store"]
        kept = Entry.objects.filter(verb=verb).order_by("pk")
        assert [json.loads(entry.detail)["written_as"] for entry in kept] == ["csv", "xlsx"]


def read(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


class TestHomesTakenAway:
    def test_are_those_of_the_screen_and_nothing_in_them_computes(self, client):
        homes.offer(homes.dwelling(address="=1+1", surface_m2=Decimal(40)))
        homes.offer(homes.dwelling(address="9 rue Haute", surface_m2=Decimal(70)))
        homes.offer(homes.dwelling(rooms=4))
        client.force_login(territories.account_of(territories.actor("coordinator")))

        answer = client.get(reverse("homes:export", args=["csv"]), {"rooms": "2", "sort": "-surface"})

        assert [row["Adresse"] for row in read(answer)] == ["9 rue Haute", "'=1+1"]

    def test_are_not_all_of_them_when_what_narrows_the_list_cannot_be_read(self, client):
        homes.offer()
        client.force_login(territories.account_of(territories.actor("coordinator")))

        answer = client.get(reverse("homes:export", args=["csv"]), {"rooms": "two"}, follow=True)

        assert answer.redirect_chain == [("/homes/?rooms=two", 302)]
        assert "Saisissez un nombre entier" in answer.content.decode()


class TestLeasesTakenAway:
    def test_leave_out_where_a_protected_household_lives(self, client):
        agent = some_leases()
        Household.objects.filter(reference="D57-0002").update(is_protected=True)
        client.force_login(territories.account_of(agent))

        found = read(client.get(reverse("tenancies:export", args=["csv"]), {"sort": "file"}))

        assert [row["Dossier"] for row in found] == ["D57-0002", "D57-0009"]
        assert [bool(row["Adresse"] or row["Commune"] or row["Logement"]) for row in found] == [False, True]
