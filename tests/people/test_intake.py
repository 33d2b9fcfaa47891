import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from chezsoi.people import actions, queries
from chezsoi.people.models import CircleMembership, Household
from chezsoi.territories.access import NotAllowed
from tests.factories import people, territories

TODAY = timezone.localdate()
TYPED = {"given_names": "Amina", "family_name": "Bouzid", "birth_year": "1970", "reach": "0612345678"}


@pytest.fixture
def outreach():
    return territories.actor("outreach_worker")


@pytest.fixture
def inside(client, outreach):
    client.force_login(territories.account_of(outreach))
    return client


class TestProtectedAtOnce:
    def test_is_silent_to_another_service_as_soon_as_it_is_saved(self, inside, client):
        inside.post(reverse("people:new"), TYPED | {"protects": "on"})
        siao = territories.actor("siao_officer")
        client.force_login(territories.account_of(siao))

        household = Household.objects.get()
        assert household.is_protected
        assert not Household.objects.visible_to(siao, on=TODAY).exists()
        assert client.get(reverse("people:household", args=[household.pk])).status_code == 404
        asked = client.post(reverse("people:known"), TYPED, headers={"HX-Request": "true"}).content.decode()
        nobody = client.post(
            reverse("people:known"), {"given_names": "Zoltan", "birth_year": "1931"}, headers={"HX-Request": "true"}
        ).content.decode()
        assert asked == nobody

    def test_names_its_worker_in_the_circle(self, inside, outreach):
        inside.post(reverse("people:new"), TYPED | {"protects": "on"})

        assert CircleMembership.objects.filter(user=outreach.user_id, ends_on=None).exists()

    def test_is_asked_of_those_alone_who_may_protect(self, inside, outreach):
        from chezsoi.people.forms import Intake

        assert "protects" in Intake(actor=outreach, today=TODAY).fields
        assert "protects" not in Intake(actor=territories.actor("coordinator"), today=TODAY).fields

    def test_opens_nothing_when_it_may_not_protect(self, outreach):
        draft = actions.NewHousehold(members=(actions.NewMember(given_names="Amina"),))
        rights = outreach.permissions - {"flag_violence"}
        actor = type(outreach)(
            user_id=outreach.user_id, label="", role=outreach.role, scope=outreach.scope,
            organisation_id=outreach.organisation_id, territory_ids=outreach.territory_ids, permissions=rights,
        )  # fmt: skip

        with pytest.raises(NotAllowed):
            actions.take_in(actor=actor, territory=territories.territory(), household=draft, on=TODAY, protects=True)
        assert not Household.objects.exists()

    def test_is_no_answer_by_itself(self, inside):
        assert inside.post(reverse("people:new"), {"protects": "on"}).status_code == 422

    def test_warns_nobody_who_registers_them_again(self, inside, client):
        inside.post(reverse("people:new"), TYPED | {"protects": "on"})
        siao = territories.actor("siao_officer")
        client.force_login(territories.account_of(siao))

        client.post(reverse("people:new"), TYPED)

        assert Household.objects.count() == 2
        assert not queries.duplicates_waiting(actor=siao, on=TODAY).exists()


class TestKnown:
    def test_needs_as_many_queries_for_one_as_for_many(self, inside, outreach):
        def asked() -> int:
            with CaptureQueriesContext(
                connection,
            ) as ran:
                inside.post(reverse("people:known"), TYPED, headers={"HX-Request": "true"})
            return len(ran)

        people.looked_for(people.member(), actor=outreach)
        few = asked()
        for _ in range(4):
            people.looked_for(people.member(), actor=outreach)

        assert asked() <= few
        assert few < 45
