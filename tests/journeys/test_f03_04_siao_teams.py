"""
F03-04, Nice and Sophia-Antipolis: one SIAO for two territories, a rehousing team and an outreach team.

The report: orientations to housing +130 % in 2019 against 2018; 70 % of the people assessed had no social worker
before. The records of `tests.factories.two_territories` are invented so as to say the same; the program reads it there.
"""

from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from chezsoi.allocation.models import HousingRequest
from chezsoi.law.disclosure import Audience
from chezsoi.observatory import queries
from chezsoi.observatory.choices import Indicator
from chezsoi.siao import actions
from chezsoi.siao.choices import Asked, Destination, StepKind, TeamKind, WhyElsewhere, WorkerBefore
from chezsoi.siao.models import SiaoTeam
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, people, siao, territories, two_territories

TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def served(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield two_territories.write()
        transaction.set_rollback(True)


class TestTheFigures:
    def of_both(self, served, indicator):
        analyst = two_territories.at_work(served, *two_territories.KEYS, role="analyst")
        places = [territories.territory(key) for key in two_territories.KEYS]
        found = queries.shared(places, year=2019, audience=Audience.INTERNAL, on=two_territories.ON, actor=analyst)
        return next(each.union for each in found if each.indicator is indicator)

    def test_say_that_orientations_to_housing_grew_by_130_percent(self, served):
        found = self.of_both(served, Indicator.ORIENTED_GROWTH)

        assert (found.numerator, found.denominator, found.value) == (138, 60, Decimal("1.3"))

    def test_say_that_70_percent_of_the_people_assessed_had_no_social_worker(self, served):
        found = self.of_both(served, Indicator.WITHOUT_WORKER)

        assert (found.numerator, found.denominator, round(found.value, 2)) == (97, 138, Decimal("0.70"))


class TestTheTeams:
    @pytest.fixture
    def officer(self, served, client):
        both = two_territories.at_work(served, *two_territories.KEYS)
        client.cookies["django_language"] = "en"
        client.force_login(territories.account_of(both))
        for name, kind in (("Relogement", TeamKind.REHOUSING), ("Aller-vers", TeamKind.OUTREACH)):
            assert client.post(reverse("siao:open-team"), {"name": name, "kind": kind}).status_code == 302
        return both

    def write(self, client, name, pk, **given):
        answer = client.post(reverse(f"siao:{name}", args=[pk]), {"team": "", **given})
        assert answer.status_code == 302, answer.content.decode()

    def test_go_to_somebody_who_asks_for_nothing_and_end_with_a_home(self, client, officer):
        outreach, rehousing = (SiaoTeam.objects.get(kind=kind) for kind in (TeamKind.OUTREACH, TeamKind.REHOUSING))
        household = people.household(territory=territories.territory("nice"), on=TODAY)
        pk, member, day = household.pk, household.members.get(), TODAY.isoformat()

        self.write(client, "list", pk, team=outreach.pk)
        self.write(
            client, "assess", pk, member=member.pk, assessed_on=day, worker_before=WorkerBefore.NO, team=outreach.pk
        )
        self.write(
            client, "orient", pk, asked=Asked.NOTHING, destination=Destination.ORDINARY, decided_on=day,
            team=outreach.pk,
        )  # fmt: skip
        self.write(client, "list", pk, team=rehousing.pk)
        made = household.orientations.get()
        for kind in (StepKind.ACCEPTED, StepKind.ENTERED):
            self.write(client, "step", made.pk, kind=kind, happened_on=day)

        shown = client.get(reverse("siao:household", args=[pk])).content.decode()
        assert all(words in shown for words in ("Relogement", "Aller-vers", "moved in", "no social worker followed"))
        assert household.assessments.get().team == outreach

    def test_orient_to_accommodation_meanwhile_and_a_no_costs_nothing(self, client, officer):
        waiting = allocation.household(territory=territories.territory("casa"))
        before = HousingRequest.objects.values().get(household=waiting)
        given = {"asked": Asked.HOME, "destination": Destination.CHRS, "decided_on": TODAY.isoformat()}
        self.write(client, "orient", waiting.pk, **given, why_elsewhere=WhyElsewhere.NO_HOME_YET)
        made = waiting.orientations.get()

        self.write(client, "step", made.pk, kind=StepKind.DECLINED, happened_on=TODAY.isoformat())

        shown = client.get(reverse("siao:household", args=[waiting.pk])).content.decode()
        assert "declined by the household: it loses nothing" in shown
        assert "They still wait for a home, with all their seniority." in shown
        assert HousingRequest.objects.values().get(household=waiting) == before
        self.write(client, "orient", waiting.pk, **given | {"destination": Destination.ORDINARY})

    def test_keep_lists_of_which_each_territory_sees_its_own_part(self, served, client, officer):
        team = SiaoTeam.objects.get(kind=TeamKind.OUTREACH)
        here, there = (people.household(territory=territories.territory(key)) for key in two_territories.KEYS)
        for household in (here, there):
            self.write(client, "list", household.pk, team=team.pk)
        made = siao.oriented(there, actor=officer)

        def listed():
            shown = client.get(reverse("siao:team", args=[team.pk])).context["page_obj"].object_list
            return {row.household_id for row in shown}

        assert listed() == {here.pk, there.pk}
        of_nice = two_territories.at_work(served, "nice")
        client.force_login(territories.account_of(of_nice))
        assert listed() == {here.pk}
        assert client.get(reverse("siao:household", args=[there.pk])).status_code == 404
        assert client.get(reverse("siao:step", args=[made.pk])).status_code == 404
        with pytest.raises(NotAllowed):
            actions.list_household(actor=of_nice, team=team, household=there, on=TODAY)
        with pytest.raises(actions.TeamStillFollows):
            actions.close_team(actor=of_nice, team=team, on=TODAY)
