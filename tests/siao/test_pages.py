from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from chezsoi.people import actions as people_actions
from chezsoi.portal import waiting
from chezsoi.siao.choices import Asked, Destination, StepKind, TeamKind, WhyElsewhere, WorkerBefore
from chezsoi.siao.models import Assessment, Orientation, SiaoTeam, TeamHousehold
from chezsoi.support import actions as support
from chezsoi.support.choices import Intensity
from chezsoi.support.models import SupportMeasure
from tests.factories import people, siao, territories

TODAY = timezone.localdate()
LONG = timedelta(days=31)


@pytest.fixture
def officer(client):
    return signed_in(client, "siao_officer")


def signed_in(client, role):
    actor = territories.actor(role)
    client.cookies["django_language"] = "en"
    client.force_login(territories.account_of(actor))
    return actor


def address(name: str, *args: object) -> str:
    return reverse(f"siao:{name}", args=args)


def read(client, name: str, *args: object, **query: str) -> str:
    answer = client.get(address(name, *args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def orient(client, household, **given):
    usual = {"asked": Asked.HOME, "destination": Destination.ORDINARY, "decided_on": TODAY.isoformat(), "team": ""}
    return client.post(address("orient", household.pk), {**usual, **given})


class TestOrienting:
    def test_goes_from_the_household_to_the_answer_and_the_outcome_without_a_script(self, client, officer):
        household = people.household(on=TODAY)
        assert (
            address("household", household.pk)
            in client.get(reverse("people:household", args=[household.pk])).content.decode()
        )

        assert orient(client, household, asked_words="mon chez-moi").status_code == 302
        made = Orientation.objects.get()
        for kind in (StepKind.ACCEPTED, StepKind.ENTERED):
            given = {"kind": kind, "happened_on": TODAY.isoformat()}
            assert client.post(address("step", made.pk), given).status_code == 302

        shown = read(client, "household", household.pk)
        assert "mon chez-moi" in shown
        assert "moved in" in shown

    def test_says_what_is_missing_and_writes_nothing_without_it(self, client, officer):
        household = people.household(on=TODAY)

        refused = orient(client, household, destination=Destination.CHRS)
        assert (refused.status_code, Orientation.objects.count()) == (422, 0)
        assert orient(client, household, destination=Destination.CHRS, why_elsewhere="no_home_yet").status_code == 302
        assert "They still wait for a home" in read(client, "household", household.pk)

    def test_is_corrected_and_withdrawn_and_stays_readable(self, client, officer):
        made = siao.oriented(people.household(on=TODAY), step=StepKind.ACCEPTED)
        given = {"asked": "home", "destination": "boarding_house", "decided_on": TODAY.isoformat(), "team": ""}

        assert client.post(address("correct", made.pk), given).status_code == 422
        assert client.post(address("correct", made.pk), {**given, "reason": "another door"}).status_code == 302
        after = Orientation.objects.get(corrects=made)
        assert client.post(address("withdraw", after.pk), {"reason": ""}).status_code == 422
        assert client.post(address("withdraw", after.pk), {"reason": "not this household"}).status_code == 302

        shown = read(client, "household", made.household_id)
        assert "another door" in shown
        assert "not this household" in shown

    def test_takes_back_a_step_and_an_assessment(self, client, officer):
        made = siao.oriented(people.household(on=TODAY), step=StepKind.DECLINED)
        person = made.household.members.get()

        given = {"member": person.pk, "assessed_on": TODAY.isoformat(), "worker_before": WorkerBefore.NO, "team": ""}
        assert client.post(address("assess", made.household_id), given).status_code == 302
        client.post(address("withdraw-step", made.steps.get().pk), {"reason": "wrong line"})
        client.post(address("withdraw-assessment", Assessment.objects.get().pk), {"reason": "twice"})

        shown = read(client, "household", made.household_id)
        assert "wrong line" in shown
        assert "twice" in shown

    def test_words_that_set_a_condition_are_named_and_refused(self, client, officer):
        made = siao.oriented(people.household(on=TODAY))

        refused = client.post(address("withdraw", made.pk), {"reason": "le ménage n’est pas prêt"})

        assert (refused.status_code, "pas prêt" in refused.content.decode()) == (422, True)


class TestList:
    def test_is_narrowed(self, client, officer):
        late = siao.oriented(people.household(on=TODAY - LONG), on=TODAY - LONG)
        siao.oriented(people.household(on=TODAY), step=StepKind.ENTERED)
        hotel = siao.oriented(
            people.household(on=TODAY), destination=Destination.HOTEL, why_elsewhere=WhyElsewhere.FOR_TONIGHT
        )

        def shown(**query):
            return {row.pk for row in client.get(address("orientations"), query).context["page_obj"].object_list}

        assert shown(which="late") == {late.pk}
        assert shown(which="elsewhere", sort="-state") == {hotel.pk}
        assert shown(kind="accommodation") == {hotel.pk}
        assert shown(state="open") == {late.pk, hotel.pk}
        assert shown(team="nothing") == shown()
        team = siao.team(officer)
        assert shown(team=team.pk) == set()
        assert "No orientation answers to this" in read(client, "orientations", state="withdrawn")

    def test_what_nobody_followed_for_a_month_waits_in_the_day(self, client, officer):
        late = siao.oriented(people.household(on=TODAY - LONG), on=TODAY - LONG)
        siao.oriented(people.household(on=TODAY))

        assert waiting.of_each_kind(actor=officer, on=TODAY)["orientation"] == 1
        assert address("step", late.pk) in client.get(reverse("portal:day")).content.decode()


class TestTeams:
    def test_are_opened_and_keep_their_list(self, client, officer):
        household = people.household(on=TODAY)
        given = {"name": "Aller-vers", "kind": TeamKind.OUTREACH}
        assert client.post(address("open-team"), given).status_code == 302
        assert client.post(address("open-team"), given).status_code == 422
        team = SiaoTeam.objects.get()

        assert "Nobody is on this list" in read(client, "team", team.pk)
        for _twice in range(2):
            client.post(address("list", household.pk), {"team": team.pk})
        client.post(address("list", household.pk), {"team": 0})
        siao.oriented(household)
        assert "Ordinary housing" in read(client, "team", team.pk)
        row = TeamHousehold.objects.get()
        for _twice in range(2):
            client.post(address("unlist", row.pk))

        assert "Nobody is on this list" in read(client, "team", team.pk)
        assert "Aller-vers" in read(client, "teams")

    def test_close_once_their_list_is_empty(self, client, officer):
        team, row = siao.team(officer), people.household(on=TODAY)
        client.post(address("list", row.pk), {"team": team.pk})
        for expected in ("Households are still on its list", "The team is closed"):
            said = client.post(address("close-team", team.pk), follow=True).content.decode()
            assert expected in said
            TeamHousehold.objects.update(ends_on=TODAY)

        assert client.get(address("team", team.pk)).status_code == 404


class TestCoordinator:
    @pytest.fixture
    def coordinator(self, client):
        return signed_in(client, "coordinator")

    def test_reads_where_they_are_oriented_and_not_what_they_said(self, client, coordinator):
        made = siao.oriented(people.household(on=TODAY), asked_words="ma chambre à moi", step=StepKind.ACCEPTED)

        shown = read(client, "household", made.household_id)

        assert "accepted by the household" in shown
        assert "ma chambre" not in shown + read(client, "orientations")
        assert "elsewhere" not in read(client, "orientations")
        assert client.get(address("orient", made.household_id)).status_code == 403

    def test_finds_who_is_without_the_support_they_wish(self, client, coordinator):
        program = territories.program()

        def household(intensity, *, receives="", named=False):
            made = people.household(on=TODAY)
            if intensity:
                support.state_wish(actor=program, household=made, intensity=intensity, stated_on=TODAY)
            if receives:
                SupportMeasure.objects.create(
                    household=made, scheme="local", intensity=receives, state="running", opened_on=TODAY
                )
            if named:
                support.name_referent(actor=program, household=made, label="Mme Roux", stated_on=TODAY)
            return made.pk

        expected = {
            household(Intensity.STRONG): "not_brought",
            household(Intensity.LIGHT, named=True): "not_brought",
            household(Intensity.STRONG, receives=Intensity.LIGHT): "less_than_wished",
            household(""): "nobody",
            household(Intensity.UNKNOWN): "nobody",
        }
        household(Intensity.NONE)
        household("", named=True)
        household(Intensity.LIGHT, receives=Intensity.STRONG)
        household(Intensity.LIGHT, receives=Intensity.UNKNOWN)
        TeamHousehold.objects.create(
            team=siao.team(territories.actor("siao_officer")), household_id=household(""), starts_on=TODAY
        )

        found = client.get(address("without-support")).context["page_obj"].object_list
        assert {row.pk: row.gap for row in found} == expected
        assert len(client.get(address("without-support"), {"gap": "nobody"}).context["page_obj"].object_list) == 2
        assert len(client.get(address("without-support"), {"gap": "any"}).context["page_obj"].object_list) == 5


def test_a_protected_household_is_on_no_list_but_its_circles(client, officer):
    hidden = people.household(on=TODAY)
    people_actions.protect_household(actor=territories.program(), household=hidden, on=TODAY)
    siao.oriented(hidden)

    assert client.get(address("household", hidden.pk)).status_code == 404
    assert list(client.get(address("orientations")).context["page_obj"].object_list) == []
