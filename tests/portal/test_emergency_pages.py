from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from chezsoi.people import actions
from chezsoi.people.models import EmergencyAccess
from chezsoi.portal import emergency_mail
from chezsoi.support.choices import TaskKind
from chezsoi.support.models import Task
from chezsoi.trail.models import Entry
from tests.factories import documents, people, territories

TODAY = timezone.localdate()
WORDS = "Elle est au CHU, inconsciente, il faut joindre ses enfants."
ASK = {"file": "M57-0042", "reason": "life", "words": WORDS}


@pytest.fixture
def follower():
    return territories.actor("lead_worker")


@pytest.fixture
def household(follower):
    return people.household(
        people.member(situation=people.street(TODAY)), actor=follower, wishes="Près de l’école", reference="M57-0042"
    )


@pytest.fixture
def outsider(client):
    actor = territories.actor("outreach_worker")
    client.force_login(territories.account_of(actor))
    return actor


def ask(client, **given):
    return client.post(reverse("portal:ask-emergency"), {**ASK, **given})


class TestTheHour:
    def test_shows_the_file_under_a_red_banner_to_read_only(self, client, household, outsider):
        response = client.get(ask(client).url)

        shown = BeautifulSoup(response.content, "html.parser")
        banner = shown.select_one("main .cz-notice-stop[role=alert]")
        assert banner is not None
        assert "Près de l’école" in shown.get_text()
        assert "Amina Bouzid" in shown.get_text()
        assert [form["action"] for form in shown.select("main form")] == [
            reverse("portal:end-emergency", args=[EmergencyAccess.objects.get().pk])
        ]
        written = [link["href"] for link in shown.select("main a") if f"/people/{household.pk}/" in link["href"]]
        assert written == []
        assert response["Cache-Control"] == "no-store"
        assert 3590 <= int(response["Refresh"]) <= 3601

    def test_leads_to_no_document_and_marks_no_visit_as_done(self, client, household, outsider):
        documents.kept(household, kind="identity")
        Task.objects.create(household=household, kind=TaskKind.FIRST_VISIT, due_on=TODAY)

        shown = BeautifulSoup(client.get(ask(client).url).content, "html.parser").main

        assert len(shown.select("form")) == 1
        led = {link["href"].partition("?")[0] for link in shown.select("#story a, #ahead a, #documents a")}
        assert led == {""}

    def test_leaves_every_other_page_of_the_household_closed(self, client, household, outsider):
        """ASVS 8.2.2: the file exists on that one page; its own addresses still answer 404."""
        ask(client)

        for name in ("household", "wishes", "situation", "open-circle", "information"):
            assert client.get(reverse(f"people:{name}", args=[household.pk])).status_code == 404

    def test_is_over_by_hand(self, client, household, outsider):
        address = ask(client).url
        end = reverse("portal:end-emergency", args=[EmergencyAccess.objects.get().pk])

        assert client.post(end).url == address
        assert "Amina" not in client.get(address).content.decode()
        assert client.post(end).status_code == 302

    def test_is_over_by_time(self, client, household, outsider):
        address = ask(client).url
        EmergencyAccess.objects.update(ends_at=timezone.now(), started_at=timezone.now() - timedelta(hours=1))

        assert "Amina" not in client.get(address).content.decode()

    def test_is_its_readers_alone(self, client, household, outsider, follower):
        address = ask(client).url
        client.force_login(territories.account_of(territories.actor("outreach_worker")))
        assert client.get(address).status_code == 404

    def test_is_offered_again_while_it_lasts(self, client, household, outsider):
        address = ask(client).url

        assert address in client.get(reverse("portal:ask-emergency")).content.decode()


class TestAsking:
    @pytest.mark.parametrize(("field", "text"), [("file", "M57-9999"), ("words", "urgent"), ("reason", "curious")])
    def test_says_what_is_wrong_and_opens_nothing(self, client, household, outsider, field, text):
        response = ask(client, **{field: text})

        assert response.status_code == 422
        assert not EmergencyAccess.objects.exists()

    def test_answers_of_a_protected_file_what_it_answers_of_none(self, client, household, outsider, follower):
        nobody = ask(client, file="M57-9999").content.decode().replace("M57-9999", "M57-0042")
        actions.protect_household(actor=follower, household=household, on=TODAY)

        hidden = ask(client).content.decode()

        assert (
            BeautifulSoup(hidden, "html.parser").main.get_text() == BeautifulSoup(nobody, "html.parser").main.get_text()
        )
        assert Entry.objects.filter(verb="people.emergency.asked", detail__contains='"found":false').count() == 2

    def test_leads_to_the_file_when_it_is_open_already(self, client, household, follower):
        client.force_login(territories.account_of(follower))

        assert ask(client).url == reverse("people:household", args=[household.pk])


class TestMail:
    def test_tells_the_officer_and_the_circle_and_names_nobody(self, client, household, outsider, follower):
        officer = territories.actor("dpo")
        ask(client)
        access = EmergencyAccess.objects.get()
        for actor in (officer, follower):
            emergency_mail.send_emergency.func(access.pk, actor.user_id)

        assert {to for sent in mail.outbox for to in sent.to} == {
            territories.account_of(actor).email for actor in (officer, follower)
        }
        for sent in mail.outbox:
            said = f"{sent.subject} {sent.body}"
            for secret in ("Amina", "Bouzid", "M57-0042", "CHU", outsider.label, household.reference):
                assert secret not in said
            assert reverse("portal:emergencies") in said

    def test_that_does_not_leave_breaks_nothing(self, client, household, outsider, monkeypatch, caplog):
        def broken(*args, **kwargs):
            raise OSError("no mail today")

        monkeypatch.setattr(emergency_mail, "send_mail", broken)
        ask(client)
        access = EmergencyAccess.objects.get()

        emergency_mail.send_emergency.func(access.pk, outsider.user_id)

        assert "did not leave" in caplog.text


class TestReview:
    def test_waits_in_the_officers_day_and_is_concluded(self, client, household, outsider):
        ask(client)
        access = EmergencyAccess.objects.get()
        client.force_login(territories.account_of(territories.actor("dpo")))
        address = reverse("portal:review-emergency", args=[access.pk])

        assert address in client.get(reverse("portal:day")).content.decode()
        assert address in client.get(reverse("portal:emergencies")).content.decode()
        assert WORDS in client.get(address).content.decode()
        assert client.post(address, {"note": ""}).status_code == 422
        for _again in range(2):
            assert client.post(address, {"finding": "to_discuss", "note": "Appelez-moi"}).status_code == 302
        access.refresh_from_db()
        assert (access.finding, access.note) == ("to_discuss", "Appelez-moi")
        assert "Appelez-moi" in client.get(address).content.decode()
        assert client.get(reverse("portal:emergencies")).status_code == 200

    def test_of_ones_own_is_refused(self, client, household, outsider):
        ask(client)
        access = EmergencyAccess.objects.get()
        officer = territories.actor("dpo", user=territories.account_of(outsider))
        held = officer.user_id and territories.account_of(officer).roles.get(role="dpo")
        client.post(reverse("portal:choose-role", args=[held.pk]))

        client.post(reverse("portal:review-emergency", args=[access.pk]), {"finding": "justified"})

        access.refresh_from_db()
        assert access.reviewed_at is None
