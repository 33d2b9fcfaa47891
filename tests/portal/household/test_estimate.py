"""What is still to be estimated: asked of the worker from the page, which comes back with it and never computes."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from chezsoi.allocation import tasks
from chezsoi.journeys import affordability
from tests.factories import outlays, territories


@pytest.fixture(autouse=True)
def engine(monkeypatch):
    outlays.answered_at_once(monkeypatch)


@pytest.fixture
def officer(db):
    return territories.actor("siao_officer")


@pytest.fixture
def candidate(officer):
    return outlays.candidate()


@pytest.fixture
def entered(client, officer):
    client.force_login(territories.account_of(officer))
    return client


def page(client, household):
    return client.get(reverse("people:household", args=[household.pk])).content.decode()


def ask(client, household, **headers):
    return client.post(reverse("portal:estimate", args=[household.pk]), headers=headers)


def queued():
    return DBTaskResult.objects.filter(task_path=tasks.estimate_household.module_path)


class TestEstimate:
    def test_is_asked_once_and_answers_no_figure(self, entered, candidate):
        assert reverse("portal:estimate", args=[candidate.pk]) in page(entered, candidate)

        for _time in range(2):
            answered = ask(entered, candidate, hx_request="true")
            assert (answered.status_code, answered.content, answered.headers.get("HX-Refresh")) == (204, b"", None)

        assert queued().count() == 1

    def test_has_the_page_come_back_with_the_figures(self, entered, candidate):
        outlays.work(candidate)

        answered = ask(entered, candidate, hx_request="true")

        assert (answered.status_code, answered.headers["HX-Refresh"]) == (204, "true")
        assert not queued().exists()
        shown = page(entered, candidate)
        assert outlays.AMOUNT in shown
        assert reverse("portal:estimate", args=[candidate.pk]) not in shown

    def test_without_scripts_leads_back_to_the_page(self, entered, candidate):
        answered = ask(entered, candidate)

        assert (answered.status_code, answered.url) == (302, reverse("people:household", args=[candidate.pk]))
        assert queued().count() == 1

    def test_is_not_asked_anew_while_the_worker_has_it_in_hand(self, candidate):
        other = outlays.candidate()
        for household in (other, candidate, candidate):
            affordability.estimate_soon(household.pk, household.territory_id)
        assert queued().count() == 2

        queued().update(status=TaskResultStatus.RUNNING, started_at=timezone.now())
        affordability.estimate_soon(candidate.pk, candidate.territory_id)
        assert queued().count() == 2

    def test_is_asked_anew_of_a_worker_that_was_stopped_in_the_middle(self, candidate):
        affordability.estimate_soon(candidate.pk, candidate.territory_id)
        queued().update(status=TaskResultStatus.RUNNING, started_at=timezone.now() - affordability.IN_HAND)

        affordability.estimate_soon(candidate.pk, candidate.territory_id)

        assert queued().count() == 2
