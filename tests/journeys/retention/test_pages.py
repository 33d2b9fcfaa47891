"""The desk of the data protection officer shows counts and takes an order; a file says how long it is kept."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from chezsoi.journeys.retention import actions, queries, tasks
from chezsoi.journeys.retention.models import ArchiveJustification, PurgeRun
from chezsoi.kernel.dates import add_months
from chezsoi.people.models import Household
from tests.factories import people, retention, territories

pytestmark = pytest.mark.django_db
DESK = reverse("journeys:retention")


@pytest.fixture
def officer(client):
    made = retention.officer()
    client.force_login(territories.account_of(made))
    return made


class TestTheDesk:
    def test_shows_counts_and_no_name(self, client, officer):
        retention.silent(people.member("Zénobie", "Canary"), reference="CAN-777")

        page = client.get(DESK).content.decode()

        assert "Canary" not in page
        assert "CAN-777" not in page
        assert 'name="is_sure"' in page

    def test_with_nothing_due_offers_no_order(self, client, officer):
        assert 'name="is_sure"' not in client.get(DESK).content.decode()

    def test_counts_the_accounts_to_forget(self, client, officer):
        territories.assignment("lead_worker", starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 1))

        page = client.get(DESK).content.decode()

        assert "1 compte" in page
        assert 'name="is_sure"' in page

    def test_takes_an_order_once_confirmed(self, client, officer, monkeypatch):
        ordered = []
        monkeypatch.setattr(tasks, "purge_files", SimpleNamespace(enqueue=lambda *given: ordered.append(given)))
        retention.silent()

        assert client.post(DESK, {"csrf": "x"}).status_code == 422
        assert ordered == []
        assert client.post(DESK, {"is_sure": "on"}).status_code == 302
        assert ordered == [(officer.user_id, "dpo", officer.organisation_id)]

    def test_lists_the_last_purges(self, client, officer):
        retention.silent()
        actions.purge(actor=officer, territory=territories.territory(), on=retention.today())

        assert "<td" in client.get(DESK).content.decode()
        assert PurgeRun.objects.get().households == 1


class TestTheTask:
    def test_erases_for_an_officer_still_at_work(self, officer, monkeypatch):
        monkeypatch.setattr(actions, "scrub", lambda *, actor: False)
        retention.silent()

        tasks.purge_files.func(officer.user_id, "dpo", officer.organisation_id)

        assert not Household.objects.exists()

    def test_erases_nothing_for_one_who_left(self, officer):
        retention.silent()

        tasks.purge_files.func(officer.user_id, "siao_officer", officer.organisation_id)

        assert Household.objects.count() == 1

    def test_of_every_day_warns_and_erases_nothing(self, caplog):
        retention.silent()

        tasks.watch.func()
        tasks.keep_watch()

        assert "metz: 1 files are past their time" in caplog.text
        assert Household.objects.count() == 1
        assert queries.is_watching(actor=None)


class TestAFile:
    @pytest.fixture
    def household(self, client):
        worker = territories.actor("lead_worker", territory=territories.territory())
        client.force_login(territories.account_of(worker))
        return people.household(actor=worker)

    def test_says_when_it_ends_and_is_kept_in_writing(self, client, household):
        address = reverse("journeys:keep", args=[household.pk])
        assert client.get(address).status_code == 200

        until = add_months(retention.today(), 12).isoformat()
        said = {"ground": "debt", "reason": "The debt of the last rent is before a mediator.", "until_on": until}
        assert client.post(address, said).status_code == 302
        assert ArchiveJustification.objects.get().reason == said["reason"]
        assert said["reason"] in client.get(address).content.decode()

    @pytest.mark.parametrize("wrong", [{"reason": "short"}, {"until_on": "2020-01-01"}, {"until_on": "2090-01-01"}])
    def test_is_not_kept_without_a_reason_and_an_end(self, client, household, wrong):
        until = add_months(retention.today(), 12).isoformat()
        said = {"ground": "debt", "reason": "The debt of the last rent is before a mediator.", "until_on": until}

        answer = client.post(reverse("journeys:keep", args=[household.pk]), said | wrong)

        assert answer.status_code == 422
        assert not ArchiveJustification.objects.exists()
