from decimal import Decimal

import pytest
from django.utils import timezone

from chezsoi.allocation import actions as allocation
from chezsoi.allocation.models import HousingRequest
from chezsoi.journeys.needs import Needs, record_needs
from chezsoi.territories.access import NotAllowed
from chezsoi.territories.models import Commune
from tests.factories import people, territories

TODAY = timezone.localdate()


@pytest.fixture
def worker():
    return territories.actor("outreach_worker")


@pytest.fixture
def household(worker):
    return people.household(actor=worker)


def needs(**said) -> Needs:
    facts = allocation.RequestFacts(rooms_min=2, rooms_max=3, max_outlay_per_month=Decimal(600))
    return Needs(**{"facts": facts, **said})


class TestRecordNeeds:
    def test_writes_the_request_its_places_its_grounds_and_the_support_wished(self, worker, household):
        woippy = Commune.objects.get(code="57751")

        request = record_needs(
            actor=worker,
            household=household,
            needs=needs(communes=[woippy], labels=["dalo", "disability"], intensity="none"),
            on=TODAY,
        )

        assert [wish.commune for wish in request.wished_communes.order_by("rank")] == [woippy]
        assert set(request.labels.values_list("label", flat=True)) == {"dalo", "disability"}
        assert household.support_wishes.get().intensity == "none"

    def test_withdraws_a_ground_no_longer_held_and_repeats_no_wish(self, worker, household):
        for labels in (["dalo", "disability"], ["disability"]):
            record_needs(actor=worker, household=household, needs=needs(labels=labels, intensity="light"), on=TODAY)

        request = HousingRequest.objects.get()
        assert list(request.labels.filter(withdrawn_on=None).values_list("label", flat=True)) == ["disability"]
        assert request.labels.count() == 2
        assert household.support_wishes.count() == 1

    def test_leaves_a_ground_the_actor_may_not_read(self, client, worker, household):
        other = territories.actor("lead_worker", organisation=territories.organisation_of(worker))
        record_needs(actor=other, household=household, needs=needs(labels=["violence"]), on=TODAY)
        client.force_login(territories.account_of(worker))
        assert 'value="violence"' not in client.get(f"/journeys/households/{household.pk}/needs/").content.decode()

        record_needs(actor=worker, household=household, needs=needs(labels=["dalo"]), on=TODAY)

        held = HousingRequest.objects.get().labels.filter(withdrawn_on=None)
        assert set(held.values_list("label", flat=True)) == {"violence", "dalo"}
        assert "violence" not in client.get(f"/people/{household.pk}/").content.decode().lower()

    def test_is_refused_outside_the_circle(self, household):
        with pytest.raises(NotAllowed):
            record_needs(actor=territories.actor("outreach_worker"), household=household, needs=needs(), on=TODAY)


class TestThePage:
    def test_shows_what_is_known_and_saves_what_is_said(self, client, worker, household):
        client.force_login(territories.account_of(worker))
        url = f"/journeys/households/{household.pk}/needs/"
        assert client.get(url).status_code == 200

        answer = client.post(url, {"rooms_min": "2", "rooms_max": "3", "communes": ["57463"], "intensity": "light"})

        assert answer.url == f"/people/{household.pk}/"
        assert HousingRequest.objects.get().rooms_max == 3
        assert "selected>T3" in client.get(url).content.decode().replace("\n", "")

    @pytest.mark.parametrize(
        ("typed", "field"), [({"number": "12"}, "number"), ({"rooms_min": "4", "rooms_max": "1"}, "rooms_max")]
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, client, worker, household, typed, field):
        client.force_login(territories.account_of(worker))

        answer = client.post(f"/journeys/households/{household.pk}/needs/", typed)

        assert answer.status_code == 422
        assert f'href="#id_{field}"' in answer.content.decode()
        assert not HousingRequest.objects.exists()

    def test_does_not_exist_for_another_team(self, client, household):
        client.force_login(territories.account_of(territories.actor("outreach_worker")))

        assert client.get(f"/journeys/households/{household.pk}/needs/").status_code == 404
