"""Every list that sorts, through its page: each order it offers is answered, and holds every row once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from chezsoi.support import actions as support
from chezsoi.support.choices import Intensity, Scheme
from chezsoi.tenancies.actions import sign_lease
from chezsoi.tenancies.choices import LeaseKind
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
    "support:support": some_measures,
    "tenancies:leases": some_leases,
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
