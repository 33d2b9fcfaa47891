"""The audit of rounds: counted from what they froze, hidden where few are counted, for those who may read it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from chezsoi.allocation import queries
from chezsoi.allocation.choices import Dimension
from chezsoi.allocation.models import Candidacy, Round
from chezsoi.allocation.queries.groups import groups
from chezsoi.allocation.tables import fairness as tables
from chezsoi.engines import matching
from chezsoi.law.disclosure import Audience
from chezsoi.people.choices import MemberRole, Sex
from chezsoi.people.models import HouseholdMember, Person
from chezsoi.territories.access import NotAllowed
from tests import htmx
from tests.factories import allocation, territories


def drawn_round():
    """Draw a round among six men and three women; one man is proposed for every three, and one woman."""
    households = [allocation.household(requested_on=allocation.today() - timedelta(days=31 * n)) for n in range(9)]
    for number, household in enumerate(households):
        sex = Sex.FEMALE if number % 3 == 0 else Sex.MALE
        leads = HouseholdMember.objects.filter(household=household, role=MemberRole.LEAD)
        Person.objects.filter(pk__in=leads.values("person_id")).update(sex=sex)
    return allocation.drawn(size=3)


def by_sex(audit):
    return {row.group: row for row in audit.dimensions[Dimension.SEX]}


class TestOfARound:
    def test_counts_each_group_beside_the_others_for_those_who_analyse(self):
        round_ = drawn_round()

        audit = queries.audit_of_round(round_, on=allocation.today(), actor=territories.actor("coordinator"))

        assert (audit.rounds, audit.eligible, audit.proposed, audit.housed) == (1, 9, 3, 0)
        found = by_sex(audit)
        assert {group: (row.eligible, row.proposed) for group, row in found.items()} == {"F": (3, 1), "M": (6, 2)}
        assert found["F"].ratio.value == pytest.approx(1)
        assert not found["F"].differs
        assert found["M"].median_wait.value == pytest.approx(4.5 * 31 / 30.4375, abs=0.6)
        assert sum(row.eligible for row in audit.dimensions[Dimension.FAMILY]) == 9

    def test_hides_what_is_few_from_partners_with_what_would_give_it_back(self):
        round_ = drawn_round()

        audit = queries.audit_of_round(round_, on=allocation.today(), actor=territories.actor("siao_officer"))

        assert audit.threshold == 5
        found = by_sex(audit)
        assert [(row.eligible, row.proposed, row.ratio, row.median_wait) for row in found.values()] == [
            (None, None, None, None)
        ] * 2

    def test_is_nothing_of_a_round_one_may_not_see_nor_of_erased_facts(self):
        round_ = drawn_round()
        stranger = territories.actor("coordinator", territory=territories.territory("lille"))
        assert queries.audit_of_round(round_, on=allocation.today(), actor=stranger).rounds == 0

        Round.objects.filter(pk=round_.pk).update(facts_erased_on=allocation.today())

        audit = queries.audit_of_round(round_, on=allocation.today(), actor=territories.actor("coordinator"))
        assert (audit.rounds, audit.rounds_erased, audit.eligible) == (0, 1, 0)


class TestOfATerritory:
    def test_counts_a_household_of_two_rounds_once(self):
        drawn_round()
        second = allocation.drawn(allocation.offer(), size=9)
        Candidacy.objects.filter(pk=second.candidacies.first().pk).update(state="housed")
        place, today = territories.territory(), allocation.today()
        period = {"start": today - timedelta(days=2), "end": today + timedelta(days=2)}

        audit = queries.audit_of_territory(place, **period, on=today, actor=territories.actor("coordinator"))

        assert (audit.rounds, audit.eligible, audit.proposed, audit.housed) == (2, 9, 9, 1)
        assert list(tables.lines(audit))
        before = {"start": today - timedelta(days=9), "end": today - timedelta(days=8)}
        assert queries.audit_of_territory(place, **before, on=today, actor=territories.actor("coordinator")).rounds == 0

    @pytest.mark.parametrize("role", ["volunteer", "national_analyst"])
    def test_is_for_those_who_see_figures_here(self, role):
        today = allocation.today()

        with pytest.raises(NotAllowed):
            queries.audit_of_territory(
                territories.territory("lille"), start=today, end=today, on=today, actor=territories.actor(role)
            )

    def test_is_exact_for_those_who_analyse_here_alone(self):
        here = territories.territory()
        assert queries.audience_of(here.pk, actor=territories.actor("analyst")) is Audience.INTERNAL
        assert queries.audience_of(here.pk + 1, actor=territories.actor("analyst")) is Audience.PARTNER


class TestGroups:
    def test_know_families_origins_and_what_nobody_knows(self):
        place, today = territories.territory(), allocation.today()
        people = [
            matching.Household(ref="nobody"),
            matching.Household(ref="one", situation="street", adults=1, children=0),
            matching.Household(ref="two", situation="chrs", adults=2, children=1),
            matching.Household(ref="three", situation="own_eviction", adults=2, children=0),
            matching.Household(
                ref="four", situation="own", adults=1, children=2, labels=frozenset({"eviction_without_rehousing"})
            ),
        ]

        found = groups(place, people, on=today, actor=territories.program(place))

        assert found[Dimension.FAMILY] == {
            "nobody": "not_known", "one": "one_adult", "two": "several_adults_with_children",
            "three": "several_adults", "four": "one_adult_with_children",
        }  # fmt: skip
        assert found[Dimension.ORIGIN] == {
            "nobody": "unknown", "one": "street", "two": "shelter", "three": "eviction", "four": "eviction"
        }  # fmt: skip
        assert set(found[Dimension.SEX].values()) == set(found[Dimension.COMMUNE].values()) == {"not_known"}

    def test_know_the_age_of_the_applicant(self):
        household = allocation.household()
        lead = HouseholdMember.objects.get(household=household, role=MemberRole.LEAD)
        place, today = territories.territory(), allocation.today()
        people = [matching.Household(ref=household.reference)]

        def age():
            return groups(place, people, on=today, actor=territories.program(place))[Dimension.AGE][household.reference]

        for years, band in ((20, "under_25"), (30, "25_to_39"), (45, "40_to_59"), (70, "60_and_over")):
            person = Person.objects.get(pk=lead.person_id)
            person.birth_date = type(person.birth_date)(today.year - years, 1, 1)
            Person.objects.filter(pk=person.pk).update(birth_date=person.birth_date)
            assert age() == band


@pytest.mark.slow
class TestThePages:
    def test_show_a_chart_a_table_and_a_file(self, client):
        round_ = drawn_round()
        client.force_login(territories.account_of(territories.actor("coordinator")))

        page = htmx.parse(client.get(reverse("allocation:round-fairness", args=[round_.pk])))
        file = client.get(reverse("allocation:round-fairness-csv", args=[round_.pk])).content.decode()
        year = client.get(reverse("allocation:fairness"), follow=True)

        assert page.select_one("svg .cz-chart-span")
        assert "Femme" in page.get_text()
        assert "sex,F,3,1,0,0.3333" in file.replace(";", ",")
        assert htmx.parse(year).select_one("svg")
        key = territories.territory().key
        assert client.get(reverse("allocation:fairness-csv", args=[key, 2020])).content.decode().count("\n") == 1
        assert htmx.parse(client.get(reverse("allocation:fairness-of-territory", args=[key, 2020]))).select_one(
            ".cz-empty"
        )
        assert client.get(reverse("allocation:fairness-of-territory", args=[key, 9999])).status_code == 404

    def test_are_not_there_before_the_draw_nor_without_a_territory(self, client):
        allocation.household()
        round_ = allocation.committed()
        client.force_login(territories.account_of(territories.actor("coordinator")))

        assert client.get(reverse("allocation:round-fairness", args=[round_.pk])).status_code == 404

    def test_say_hidden_to_partners(self, client):
        round_ = drawn_round()
        client.force_login(territories.account_of(territories.actor("siao_officer")))

        page = htmx.parse(client.get(reverse("allocation:round-fairness", args=[round_.pk]))).get_text()

        assert "masqué" in page
        assert "moins de 5" in page
