"""Half a minute to take an act back: offered to one account, for one act, once."""

import time
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from chezsoi.people.models import CircleMembership
from chezsoi.support import actions, queries
from chezsoi.support.choices import TaskKind
from chezsoi.trail.models import Entry
from chezsoi.ui.undoing import GRACE_SECONDS, SECONDS
from tests.factories import people, territories

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(client):
    made = territories.actor("lead_worker")
    client.force_login(territories.account_of(made))
    return made


@pytest.fixture
def task(worker):
    return actions.plan_task(
        actor=worker, household=people.household(actor=worker), kind=TaskKind.FIRST_VISIT,
        due_on=timezone.localdate() + timedelta(days=3), organisation=territories.organisation_of(worker),
    )  # fmt: skip


@pytest.fixture
def press(client):
    """Press a button, and give what the next page offers to undo: an address, and what is sent there."""

    def pressed(address: str, **fields: str) -> tuple[str, dict[str, str]]:
        shown = client.post(address, fields, follow=True)
        form = BeautifulSoup(shown.content, "html.parser").select_one("form.cz-undo")
        assert form is not None, shown.content.decode()
        return form["action"], {each["name"]: each["value"] for each in form.select("input[name=offer]")}

    return pressed


def done(task) -> str:
    return reverse("support:complete-task", args=[task.pk])


def said(client, address: str, fields: dict[str, str]) -> str:
    return BeautifulSoup(client.post(address, fields, follow=True).content, "html.parser").select_one("#messages").text


class TestUndo:
    def test_is_the_inverse_of_the_act_and_leads_back_to_its_page(self, client, press, task, worker):
        address, fields = press(done(task))
        assert not queries.tasks_to_do(actor=worker).exists()

        answer = client.post(address, fields)

        assert answer.headers["Location"] == reverse("support:support")
        assert list(queries.tasks_to_do(actor=worker)) == [task]
        assert Entry.objects.filter(verb="support.task.reopened").count() == 1

    def test_leads_back_to_the_household_the_act_was_done_from(self, client, press, task):
        address, fields = press(done(task), household="1")

        assert client.post(address, fields).headers["Location"] == f"/people/{task.household_id}/"

    def test_serves_once(self, client, press, task):
        address, fields = press(done(task))
        client.post(address, fields)

        assert "annulé déjà" in said(client, address, fields)

    @pytest.mark.parametrize(("seconds", "is_in_time"), [(SECONDS, True), (SECONDS + GRACE_SECONDS + 1, False)])
    def test_ends_with_its_half_minute(self, client, press, task, seconds, is_in_time):
        address, fields = press(done(task))
        later = time.time() + seconds

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(signing.time, "time", lambda: later)
            words = said(client, address, fields)

        task.refresh_from_db()
        assert (task.done_on is None) == is_in_time
        assert ("trente secondes" in words) != is_in_time

    def test_is_offered_to_one_account(self, client, press, task, worker):
        address, fields = press(done(task))
        colleague = territories.account_of(
            territories.actor("lead_worker", organisation=territories.organisation_of(worker))
        )
        client.force_login(colleague)

        assert "n’est pas l’un des vôtres" in said(client, address, fields)
        assert not queries.tasks_to_do(actor=worker).exists()

    @pytest.mark.parametrize("offer", ["", "forged:note", None])
    def test_needs_the_note_it_was_offered_with(self, client, press, task, worker, offer):
        address, _fields = press(done(task))

        assert "Rien n’a été annulé" in said(client, address, {} if offer is None else {"offer": offer})
        assert not queries.tasks_to_do(actor=worker).exists()

    def test_of_one_act_undoes_no_other(self, client, press, task, worker):
        _address, fields = press(done(task))
        other = actions.plan_task(
            actor=worker, household=task.household, kind=TaskKind.FIRST_VISIT, due_on=task.due_on, organisation=None
        )
        actions.complete_task(actor=worker, task=other, done_on=timezone.localdate())

        client.post(reverse("support:reopen-task", args=[other.pk]), fields)

        other.refresh_from_db()
        assert other.done_on is not None


class TestCircle:
    def test_opened_by_mistake_is_taken_back_at_once(self, client, press):
        officer = territories.actor("siao_officer")
        client.force_login(territories.account_of(officer))
        household = people.household(actor=officer)
        service = territories.organisation()
        asked = {"organisation": str(service.pk), "basis": "agreement", "purpose": "logement"}
        address, fields = press(reverse("people:open-circle", args=[household.pk]), **asked)
        opened = CircleMembership.objects.get(household=household, organisation=service)
        assert opened.ends_on is None or opened.ends_on > opened.starts_on

        client.post(address, fields)

        opened.refresh_from_db()
        assert opened.ends_on == opened.starts_on
        assert "parti" in said(client, address, fields) or "déjà" in said(client, address, fields)
