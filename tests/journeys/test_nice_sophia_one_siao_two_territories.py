"""
Nice and Sophia-Antipolis share one SIAO: a household that both know is counted once, never twice, in their union.

112 households are oriented to housing in Nice, 38 in Sophia-Antipolis, 138 in both: 12 are known in the two.
"""

import csv
import io

import pytest
from django.db import transaction
from django.urls import reverse
from typer.testing import CliRunner

from chezsoi.law.disclosure import Audience
from chezsoi.observatory import actions as observatory
from chezsoi.observatory import queries, tables
from chezsoi.observatory.choices import Indicator
from chezsoi.people.models import HouseholdMove, PossibleDuplicate
from chezsoi.portal.command_line import app
from chezsoi.territories.access import NotAllowed
from tests.factories import territories
from tests.factories.two_territories import KEYS, ON, at_work, write


@pytest.fixture(scope="module")
def served(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield write()
        transaction.set_rollback(True)


@pytest.fixture
def analyst(served):
    return at_work(served, *KEYS, role="analyst")


def places(*keys):
    return [territories.territory(key) for key in keys]


def shared(actor, audience=Audience.INTERNAL):
    found = queries.shared(places(*KEYS), year=2019, audience=audience, on=ON, actor=actor)
    return {each.indicator: each for each in found}


def numbers(found):
    return [(figure.numerator, figure.denominator) for figure in (*found.apart, found.union)]


class TestTheUnion:
    def test_counts_a_household_of_both_once_and_in_each_where_it_belongs(self, analyst):
        found = shared(analyst)[Indicator.ORIENTED]

        assert [figure.numerator for figure in found.apart] == [112, 38]
        assert (found.union.numerator, found.in_several) == (138, 12)

    def test_counts_those_met_once_too(self, analyst):
        assert numbers(shared(analyst)[Indicator.ORIENTED_SHARE]) == [(112, 112), (38, 38), (138, 138)]

    def test_is_never_the_sum(self, analyst):
        for each in shared(analyst).values():
            if each.union.denominator is None:
                parts = [figure.numerator for figure in each.apart]
                assert max(parts) <= each.union.numerator <= sum(parts)

    def test_counts_twice_whom_nobody_judged_to_be_the_same(self, analyst):
        PossibleDuplicate.objects.all().delete()

        found = shared(analyst)[Indicator.ORIENTED]
        assert (found.union.numerator, found.in_several) == (144, 6)

    def test_hides_how_few_are_known_in_several(self, analyst):
        assert shared(analyst, Audience.PUBLIC)[Indicator.ORIENTED].union.numerator == 138
        PossibleDuplicate.objects.all().delete()

        told = shared(analyst, Audience.PUBLIC)[Indicator.ORIENTED]

        assert [figure.numerator for figure in told.apart] == [112, 38]
        assert (told.union.is_suppressed, told.union.numerator, told.in_several) == (True, None, None)
        assert tables.value_of(told.union) == "masqué"  # and not “fewer than 11”, of 144

    @pytest.mark.parametrize("first", [0, 1])
    def test_keeps_its_numbers_when_the_files_are_erased_one_after_the_other(self, analyst, first):
        counted = (Indicator.ORIENTED, Indicator.ORIENTED_SHARE, Indicator.WITHOUT_WORKER)
        before = [numbers(shared(analyst)[each]) for each in counted]
        move = HouseholdMove.objects.order_by("pk").first()
        files = (move.household, move.opened)

        for household in (files[first], files[1 - first]):
            observatory.keep_counts(actor=territories.program(*places(*KEYS)), household=household)
            household.delete()
            assert [numbers(shared(analyst)[each]) for each in counted] == before


class TestWhoReadsIt:
    def test_works_in_every_territory_of_the_siao(self, served, client):
        of_nice = at_work(served, "nice", role="analyst")
        with pytest.raises(NotAllowed):
            shared(of_nice)

        client.force_login(territories.account_of(of_nice))
        assert client.get(reverse("observatory:shared", args=["siao-06", 2019])).status_code == 404

    def test_asks_of_territories_that_one_siao_serves(self, served):
        with pytest.raises(queries.NoCommonSiao):
            queries.shared(
                places("nice", "metz"), year=2019, audience=Audience.PUBLIC, on=ON, actor=at_work(served, "nice")
            )

    def test_sees_it_beside_each_territory(self, served, client):
        client.force_login(territories.account_of(at_work(served, *KEYS)))
        address = reverse("observatory:shared", args=["siao-06", 2019])

        assert address in client.get(reverse("observatory:territory", args=["nice", 2019])).content.decode()
        row = next(
            row for row in client.get(address).context["table"].rows if row.cells[0].detail == Indicator.ORIENTED.value
        )
        assert [cell.text for cell in row.cells[1:]] == ["38", "112", "12", "138"]


class TestTheCommand:
    def report(self, *keys, audience="internal"):
        asked = [word for key in keys for word in ("--territory", key)]
        return CliRunner().invoke(app, ["report", "indicators", *asked, "--year", "2019", "--audience", audience])

    def test_prints_the_union_after_each(self, served):
        lines = csv.DictReader(io.StringIO(self.report(*KEYS).output))
        values = {row["territory"]: row["value"] for row in lines if row["code"] == Indicator.ORIENTED.value}

        assert values == {"nice": "112", "casa": "38", "nice+casa": "138"}

    def test_refuses_territories_apart(self, served):
        apart = self.report("nice", "metz")

        assert apart.exit_code == 2
        assert "No SIAO serves" in apart.output
