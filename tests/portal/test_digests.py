from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from typer.testing import CliRunner

from chezsoi.portal import digest_tasks, digests
from chezsoi.portal.command_line import app
from chezsoi.support.models import Task
from chezsoi.territories import actions, queries
from chezsoi.territories.access import NotAllowed
from chezsoi.territories.choices import Digest
from chezsoi.territories.models import Reminder, User
from tests.factories import people, territories

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def at(hour: int) -> datetime:
    """Give an hour of today in Paris."""
    return datetime.combine(TODAY, datetime.min.time(), tzinfo=timezone.get_default_timezone()) + timedelta(hours=hour)


@pytest.fixture
def worker():
    return territories.actor("lead_worker", user=territories.user("sophie@example.org"))


@pytest.fixture
def visit(worker):
    household = people.household(
        people.member("Gwenhild", "Zornak", situation=people.street(TODAY)),
        actor=worker,
        reference="M57-9042",
        reach="sous le pont des Morts",
        wishes="près du moulin",
    )
    return Task.objects.create(household=household, kind="first_visit", due_on=TODAY - timedelta(days=1))


@pytest.fixture
def emergency(client, visit):
    """Give an officer who has an emergency access to review."""
    officer = territories.actor("dpo", user=territories.user("farida@example.org"))
    client.force_login(territories.account_of(territories.actor("outreach_worker")))
    asked = {"file": "M57-9042", "reason": "life", "words": "Elle est au CHU, il faut joindre ses enfants."}
    assert client.post(reverse("portal:ask-emergency"), asked).status_code == 302
    mail.outbox.clear()
    return officer


def habits(actor, digest: str = Digest.DAILY, deadlines: bool = True) -> None:
    actions.choose_habits(actor=actor, digest=Digest(digest), tells_deadlines=deadlines, has_shortcuts=True)


def to(address: str) -> list[mail.EmailMessage]:
    return [sent for sent in mail.outbox if sent.to == [address]]


class TestDaily:
    def test_counts_what_waits_and_names_nobody(self, visit):
        digests.send(now=at(8))

        (sent,) = to("sophie@example.org")
        said = f"{sent.subject} {sent.body}"
        assert "1 chose vous attend, dont 1 en retard" in said
        assert reverse("portal:day") in said
        assert reverse("portal:habits") in said
        for secret in (
            "Zornak",
            "Gwenhild",
            "M57-9042",
            "pont des Morts",
            "moulin",
            "Metz",
            f"/people/{visit.household_id}",
        ):
            assert secret not in said

    def test_is_sent_once_a_day(self, visit):
        assert digests.send(now=at(8)) == 1
        assert digests.send(now=at(9)) == 0
        assert digests.send(now=at(9), on=TODAY + timedelta(days=1)) == 1

    @pytest.mark.parametrize(("hour", "sent"), [(6, 0), (7, 1), (19, 1), (20, 0)])
    def test_leaves_in_the_day_of_the_territory(self, visit, hour, sent):
        assert digests.send(now=at(hour)) == sent

    def test_follows_the_clock_of_mayotte(self, visit):
        User.objects.get(email="sophie@example.org").roles.get().territory.__class__.objects.filter(key="metz").update(
            time_zone="Indian/Mayotte"
        )

        sent = {hour: digests.send(now=datetime(2026, 7, 1, hour, tzinfo=UTC)) for hour in (3, 4)}

        assert sent == {3: 0, 4: 1}

    def test_is_nothing_when_nothing_waits(self, worker):
        assert digests.send(now=at(8)) == 0
        assert not Reminder.objects.exists()

    @pytest.mark.parametrize("deadlines", [True, False])
    def test_is_nothing_for_who_wishes_none(self, worker, visit, deadlines):
        habits(worker, Digest.NEVER, deadlines)

        assert digests.send(now=at(8)) == 0

    def test_tells_the_roles_of_an_account_apart(self, worker, visit):
        territories.assignment("siao_officer", user=territories.account_of(worker))
        Task.objects.create(household=visit.household, kind="first_visit", due_on=TODAY)
        people.household(people.member("Gwenhild", "Zornak", situation=people.street(TODAY)))

        digests.send(now=at(8))

        assert "2 choses vous attendent" in to("sophie@example.org")[0].body

    def test_leaves_a_disabled_account_alone(self, worker, visit):
        actions.disable_account(actor=territories.program(), user=territories.account_of(worker), reason="left")

        assert digests.send(now=at(8)) == 0

    def test_writes_to_invented_accounts_only_in_files(self, visit, settings):
        User.objects.update(is_demo=True)
        settings.EMAIL_HOST = "relay.example.org"
        assert digests.send(now=at(8)) == 0

        settings.EMAIL_HOST = ""
        assert digests.send(now=at(8)) == 1


class TestDeadlines:
    def test_of_a_review_is_told_once(self, emergency):
        tomorrow = TODAY + timedelta(days=1)
        habits(emergency, Digest.NEVER)
        digests.send(now=at(9), on=tomorrow)
        digests.send(now=at(10), on=tomorrow)

        (sent,) = to("farida@example.org")
        assert "demain" in sent.body
        assert "M57" not in sent.body

    def test_is_not_told_to_who_turned_them_off(self, emergency):
        habits(emergency, Digest.DAILY, deadlines=False)

        digests.send(now=at(9), on=TODAY + timedelta(days=1))

        (sent,) = to("farida@example.org")
        assert "attend" in sent.subject

    def test_counts_only_what_was_never_told(self, emergency):
        officer = territories.account_of(emergency)
        told = digests.Mail(about=("answer 1",), subject="S", lines=("1",))
        both = digests.Mail(about=("answer 1", "answer 2"), subject="S", lines=("2",))

        assert digests._send_once(officer, told, at(8))
        assert digests._send_once(officer, both, at(9))

        assert "1 chose doit être faite" in mail.outbox[-1].body


class TestFailure:
    def test_gives_the_mail_back_to_the_next_pass(self, visit, monkeypatch, caplog):
        def broken(*args, **kwargs):
            raise OSError("no mail today")

        with monkeypatch.context() as patched:
            patched.setattr(digests, "send_mail", broken)
            assert digests.send(now=at(8)) == 0
        assert "did not leave" in caplog.text
        assert digests.send(now=at(9)) == 1

    def test_two_passes_at_once_send_one(self, worker, visit):
        user = territories.account_of(worker)
        claim = {"actor": digests.SENDER, "user": user, "about": "day 2026-11-24", "at": at(8)}

        assert actions.claim_reminder(**claim)
        assert not actions.claim_reminder(**claim)

    def test_is_the_programs_business_alone(self, worker):
        user = territories.account_of(worker)
        with pytest.raises(NotAllowed):
            actions.claim_reminder(actor=worker, user=user, about="x", at=at(8))
        assert not queries.accounts_told(actor=worker).exists()


class TestSchedule:
    def test_comes_back_and_waits_once(self, visit):
        digest_tasks.keep_reminding()
        digest_tasks.keep_reminding()
        assert DBTaskResult.objects.count() == 1

        DBTaskResult.objects.all().delete()
        digest_tasks.remind.func()
        assert DBTaskResult.objects.get().run_after > timezone.now()


class TestCommand:
    def test_sends_the_mails_of_a_day_once(self, visit):
        said = [CliRunner().invoke(app, ["digest", "send", "--on", str(TODAY)]).output for _again in range(2)]

        assert said == [
            f"1 mail sent for {TODAY}; nobody is written to twice.\n",
            f"No mail to send for {TODAY}.\n",
        ]

    @pytest.mark.parametrize("day", ["tomorrow", str(TODAY + timedelta(days=1))])
    def test_refuses_a_day_it_cannot_serve(self, visit, day):
        answer = CliRunner().invoke(app, ["digest", "send", "--on", day])

        assert answer.exit_code in {1, 2}
        assert "No mail was sent" in answer.output
        assert not mail.outbox


class TestHabits:
    def test_are_chosen_on_a_page(self, client, worker):
        client.force_login(territories.account_of(worker))
        page = reverse("portal:habits")

        assert client.post(page, {"digest": "hourly"}).status_code == 422
        assert client.post(page, {"digest": "never", "has_shortcuts": "on"}).status_code == 302

        kept = queries.habits_of(worker.user_id, actor=worker)
        assert (kept.digest, kept.tells_deadlines, kept.has_shortcuts) == (Digest.NEVER, False, True)
        assert client.get(page).status_code == 200
