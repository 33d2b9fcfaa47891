"""One entry, told both ways: what a list counts, the counts made from requests have, by construction."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse

from chezsoi.allocation import actions as allocation
from chezsoi.observatory import queries, tables
from chezsoi.people.models import Household
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import allocation as requests
from tests.factories import homes, observatory, territories

SIGNED = date(2026, 5, 4)
BEFORE = SIGNED - observatory.LISTED_BEFORE


def housed(*pools, **facts):
    return observatory.allocated(*pools, signed_on=SIGNED, **facts)


def read(actor=None):
    found = actor or territories.actor("coordinator")
    return queries.attributions(territories.territory(), year=2026, actor=found)


def lines(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


class TestOneEntry:
    def test_loses_no_labelled_attribution_on_the_way_where_a_region_lost_a_quarter(self):
        # Hauts-de-France, 2022: of those labelled in SYPLO, 26 % were missing from the counts made from requests.
        for number in range(8):
            housed("syplo", withdrawn_on=SIGNED if number % 4 == 0 else None)
        for _number in range(3):
            housed()
        found = read()

        _columns, by_list = tables.by_list(found)
        _columns, by_request = tables.by_request(found)

        assert (len(by_list), len(by_request)) == (8, 11)
        listed = {line[0] for line in by_list}
        assert listed == {line[0] for line in by_request if line[-1] == "syplo"}
        assert listed <= {line[0] for line in by_request if line[4] in {"oui", "yes"}}

    def test_counts_the_homeless_as_the_card_does(self):
        housed("syplo", situation="street")
        housed("syplo", situation="own")

        assert sorted(row.is_homeless for row in read()) == [False, True]

    def test_tells_what_counted_then_and_not_what_came_or_went_at_another_time(self):
        lease = housed("syplo", withdrawn_on=SIGNED - timedelta(days=20))
        program = territories.program()
        allocation.label_request(
            actor=program, request=lease.household.request, pool="dalo", labelled_on=SIGNED + timedelta(days=1),
            issuer="prefect",
        )  # fmt: skip

        (row,) = read()

        assert row.lists == ()

    def test_tells_what_counted_when_the_commission_decided(self):
        item = requests.decided()
        first = requests.candidates(item)[0]
        program = territories.program()
        listed = allocation.label_request(
            actor=program, request=first.household.request, pool="acd", issuer="DDETS",
            labelled_on=requests.today() - timedelta(days=9),
        )  # fmt: skip
        for label in ("violence", "dalo", "without_home"):
            allocation.prove_ground(
                actor=program, request=first.household.request, label=label, evidence=allocation.Evidence(),
                noted_on=requests.today(),
            )  # fmt: skip
        signed_on = requests.today() + timedelta(days=30)
        allocation.end_priority(actor=program, row=listed, reason="moved", on=requests.today() + timedelta(days=1))
        lease = observatory.lease_of(signed_on=signed_on)
        lease.household, lease.candidacy = first.household, first
        lease.save()

        found = queries.attributions(lease.territory, year=signed_on.year, actor=territories.actor("coordinator"))

        (row,) = [each for each in found if each.lists]
        assert [each.pool for each in row.lists] == ["acd"]
        assert row.grounds == ("dalo", "without_home")

    def test_gives_a_protected_household_no_place(self):
        lease = housed("syplo")
        Household.objects.filter(pk=lease.household_id).update(is_protected=True)

        (row,) = read()

        assert row.commune == ""

    @pytest.mark.parametrize("role", ["reservation_agent", "social_landlord_agent"])
    def test_is_refused_to_who_reads_no_rows(self, role):
        with pytest.raises(NotAllowed):
            read(territories.actor(role))


class TestPages:
    @pytest.fixture
    def analyst(self, client):
        client.force_login(territories.account_of(territories.actor("analyst")))
        return client

    def test_hand_both_reports_over_and_leave_a_trail(self, analyst):
        lease = housed("syplo")
        lease.dwelling.commune = homes.commune("57463")
        lease.dwelling.save()
        allocation.label_request(
            actor=territories.program(), request=lease.household.request, pool="local", labelled_on=BEFORE,
            issuer="=HYPERLINK(1)",
        )  # fmt: skip
        address = {
            name: reverse("observatory:attributions", args=["metz", 2026, name, "csv"]) for name in tables.REPORTS
        }

        by_list, by_request = (lines(analyst.get(address[name])) for name in ("syplo", "sne"))

        assert [len(by_list), len(by_request)] == [2, 1]
        assert "'=HYPERLINK(1)" in {value for line in by_list for value in line.values()}
        assert lease.household.reference not in str([by_list, by_request])
        assert Entry.objects.filter(verb="observatory.attributions.exported").count() == 2
        workbook = analyst.get(reverse("observatory:attributions", args=["metz", 2026, "sne", "xlsx"]))
        assert workbook.content[:2] == b"PK"
        page = analyst.get(reverse("observatory:territory", args=["metz", 2026])).content.decode()
        assert address["syplo"] in page
