from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from chezsoi.people.models import Household
from chezsoi.support import actions, queries
from chezsoi.support.choices import TeamKind
from chezsoi.support.models import Contact, Handover
from chezsoi.territories.access import NotAllowed
from tests.factories import people, support, territories

TODAY = timezone.localdate()


@pytest.fixture
def outreach():
    return territories.actor("outreach_worker")


@pytest.fixture
def housing(outreach):
    """Give a worker of the housing service of the same association."""
    return territories.actor("lead_worker", organisation=territories.organisation_of(outreach))


@pytest.fixture
def household(outreach):
    return people.household(actor=outreach, on=TODAY - timedelta(days=80))


def hand_over(actor, household, **facts):
    said = {"from_team": TeamKind.DAY_CENTRE, "to_team": TeamKind.HOUSING, "is_their_wish": True, **facts}
    return actions.hand_over(actor=actor, household=household, on=TODAY, **said)


class TestNoteContact:
    def test_is_read_by_who_follows_the_household_and_keeps_the_circle_open(self, outreach, housing, household):
        support.contact(household, actor=outreach, minutes=20, aim="Le froid, un duvet.")

        held = queries.contacts_of(household, actor=housing).get()
        assert (held.aim, held.minutes, held.organisation_id) == ("Le froid, un duvet.", 20, outreach.organisation_id)
        assert Household.objects.get().last_contact_on == TODAY
        assert household.circle.get().ends_on == TODAY + timedelta(days=90)
        assert not queries.contacts_of(household, actor=territories.actor("lead_worker")).exists()
        assert not queries.contacts_of(household, actor=territories.actor("siao_officer")).exists()

    def test_an_older_meeting_moves_no_last_contact(self, outreach, household):
        support.contact(household, actor=outreach)
        support.contact(household, actor=outreach, met_on=TODAY - timedelta(days=9))

        assert Household.objects.get().last_contact_on == TODAY

    def test_the_words_are_encrypted(self, outreach, household):
        support.contact(household, actor=outreach, aim="Mot-Témoin")

        with connection.cursor() as cursor:
            cursor.execute("SELECT aim FROM support_contact")
            assert "Mot-Témoin" not in cursor.fetchone()[0]

    def test_refuses_a_day_to_come_and_whoever_has_no_organisation(self, outreach, household):
        with pytest.raises(actions.ContactToCome):
            support.contact(household, actor=outreach, met_on=TODAY + timedelta(days=1))
        for act in (support.contact, hand_over_of_nobody):
            with pytest.raises(NotAllowed):
                act(household, actor=territories.program())

    def test_is_taken_back_once(self, outreach, household):
        noted = support.contact(household, actor=outreach)
        actions.take_contact_back(actor=outreach, contact=noted, on=TODAY)

        with pytest.raises(actions.ContactAlreadyTakenBack):
            actions.take_contact_back(actor=outreach, contact=noted, on=TODAY)
        assert Contact.objects.get().cancelled_on == TODAY


def hand_over_of_nobody(household, *, actor):
    return hand_over(actor, household)


class TestHandOver:
    def test_waits_for_the_association_and_for_nobody_else(self, outreach, housing, household):
        made = hand_over(outreach, household, words="Elle préfère le matin.")

        assert list(queries.handovers_waiting(actor=housing)) == [made]
        assert not queries.handovers_waiting(actor=territories.actor("lead_worker")).exists()
        assert not queries.handovers_waiting(actor=territories.actor("siao_officer")).exists()

    def test_another_service_of_the_circle_does_not_read_it(self, outreach, household):
        hand_over(outreach, household)
        other = territories.actor("lead_worker")
        household.circle.create(
            organisation=territories.organisation_of(other), basis="referral", purpose="x", starts_on=TODAY
        )

        assert not queries.handovers_of(household, actor=other).exists()

    def test_refuses_without_their_wish_to_the_same_team_and_twice(self, outreach, household):
        with pytest.raises(actions.NotTheirWish):
            hand_over(outreach, household, is_their_wish=False)
        with pytest.raises(actions.SameTeam):
            hand_over(outreach, household, to_team=TeamKind.DAY_CENTRE)
        hand_over(outreach, household)
        with pytest.raises(actions.HandedOverAlready):
            hand_over(outreach, household)

    def test_is_taken_up_once_and_taken_back_step_by_step(self, outreach, housing, household):
        made = hand_over(outreach, household)
        taken = actions.take_up(actor=housing, handover=made, on=TODAY)
        assert (taken.taken_up_by, taken.waits) == (housing.user_id, False)
        with pytest.raises(actions.HandoverOver):
            actions.take_up(actor=housing, handover=made, on=TODAY)

        assert actions.take_handover_back(actor=housing, handover=made, on=TODAY).waits
        assert actions.take_handover_back(actor=outreach, handover=made, on=TODAY).cancelled_on == TODAY
        with pytest.raises(actions.HandoverOver):
            actions.take_handover_back(actor=outreach, handover=made, on=TODAY)

    def test_one_taken_up_is_not_put_back_beside_another_that_waits(self, outreach, housing, household):
        first = actions.take_up(actor=housing, handover=hand_over(outreach, household), on=TODAY)
        hand_over(outreach, household)

        with pytest.raises(actions.HandedOverAlready):
            actions.take_handover_back(actor=housing, handover=first, on=TODAY)


class TestPages:
    def test_a_handover_waits_in_the_day_of_the_housing_service_and_is_taken_up(
        self, client, outreach, housing, household
    ):
        client.force_login(territories.account_of(outreach))
        said = {"from_team": "street", "to_team": "housing", "is_their_wish": "on", "words": "Porte rouge."}
        client.post(reverse("support:hand-over", args=[household.pk]), said)
        refused = client.post(reverse("support:hand-over", args=[household.pk]), said)
        assert refused.status_code == 422
        assert "attend déjà cette équipe" in refused.content.decode()

        client.force_login(territories.account_of(housing))
        assert "maraude → service logement" in client.get("/day/").content.decode()
        room = client.get(reverse("support:support")).content.decode()
        assert "1 chose à faire" in room
        assert "maraude → service logement" in room
        assert "Porte rouge." in client.get(reverse("support:file", args=[household.pk])).content.decode()
        handover = Handover.objects.get()
        client.post(reverse("support:take-up", args=[household.pk, handover.pk]))
        again = client.post(reverse("support:take-up", args=[household.pk, handover.pk]), follow=True)

        assert "déjà été repris" in again.content.decode()
        client.post(reverse("support:take-back", args=[household.pk, "handover", handover.pk]))
        assert Handover.objects.get().waits

    def test_a_meeting_is_noted_told_in_the_history_and_taken_back(self, client, outreach, household):
        client.force_login(territories.account_of(outreach))
        said = {"team": "street", "place": "squat", "met_on": TODAY.isoformat(), "minutes": "15", "aim": "Le chien."}
        client.post(reverse("support:note-contact", args=[household.pk]), said)

        assert "Le chien." in client.get(reverse("support:file", args=[household.pk])).content.decode()
        assert "Rencontre en squat" in client.get(reverse("people:household", args=[household.pk])).content.decode()
        client.post(reverse("support:take-back", args=[household.pk, "contact", Contact.objects.get().pk]))
        assert Contact.objects.get().cancelled_on == TODAY
        assert "Rencontre en squat" not in client.get(reverse("people:household", args=[household.pk])).content.decode()
