"""Invitations and forgotten passwords: links that serve once, and not for long."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from chezsoi.territories import actions
from chezsoi.territories.choices import LinkPurpose
from chezsoi.territories.models import AccountLink, Session, User
from tests.factories import territories
from tests.portal.accounts.conftest import PASSWORD

NEW = "une autre phrase, plus longue encore"
BOTH = {"password": NEW, "again": NEW}


@pytest.fixture
def ask(client, deliver):
    def for_address(email: str) -> list[str]:
        client.post("/sign-in/forgotten/", {"email": email})
        return deliver()

    return for_address


class TestForgottenPassword:
    def test_is_chosen_anew_by_a_link_that_serves_once(self, ask, client, user, come_in):
        [link] = ask("Claire@Example.org")

        assert client.get(link).status_code == 200
        assert client.post(link, BOTH).url == "/sign-in/"

        assert client.get(link).status_code == 404
        assert client.post(link, BOTH).status_code == 404
        assert come_in(user.email).status_code == 422
        assert come_in(user.email, NEW).status_code == 302

    def test_dies_within_an_hour(self, ask, client, user):
        [link] = ask(user.email)
        with mock.patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(minutes=59)):
            assert client.get(link).status_code == 200
        with mock.patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(minutes=60)):
            assert client.get(link).status_code == 404
            assert client.post(link, BOTH).status_code == 404

    def test_answers_the_same_whether_or_not_there_is_an_account(self, client, user, deliver):
        territories.user("demo@example.org", is_demo=True)
        territories.user("gone@example.org", is_active=False)
        answers = {}
        for email in (user.email, "nobody@example.org", "gone@example.org", "demo@example.org"):
            answer = client.post("/sign-in/forgotten/", {"email": email})
            answers[email] = (answer.status_code, answer.content.split(b"<main")[1])

        assert len(set(answers.values())) == 1
        assert DBTaskResult.objects.count() == 4
        assert len(deliver()) == 1
        assert mail.outbox[0].to == [user.email]

    def test_is_not_asked_for_without_end(self, client, user, deliver):
        for _ in range(20):
            client.post("/sign-in/forgotten/", {"email": user.email})

        assert len(deliver()) == 5

    def test_lets_only_the_last_link_serve(self, ask, client, user):
        [first], [second] = ask(user.email), ask(user.email)

        assert client.get(first).status_code == 404
        assert client.get(second).status_code == 200

    def test_closes_every_session(self, ask, client, user):
        Client().post("/sign-in/", {"username": user.email, "password": PASSWORD})
        [link] = ask(user.email)

        client.post(link, BOTH)

        assert not Session.objects.filter(account_id=user.pk).exists()

    @pytest.mark.parametrize(
        "typed", [{"password": "court", "again": "court"}, {"password": NEW, "again": PASSWORD}, {"password": NEW}]
    )
    def test_keeps_the_link_when_the_new_one_will_not_do(self, typed, ask, client, user):
        [link] = ask(user.email)

        assert client.post(link, typed).status_code == 422
        assert client.post(link, BOTH).status_code == 302

    def test_is_of_no_use_once_the_account_is_disabled(self, ask, client, user):
        [link] = ask(user.email)
        actions.disable_account(actor=territories.program(), user=user, reason="left")

        assert client.post(link, BOTH).status_code == 404

    def test_says_what_is_wrong_with_an_address(self, client):
        assert client.post("/sign-in/forgotten/", {"email": "claire"}).status_code == 422
        assert not DBTaskResult.objects.exists()

    def test_is_spent_by_the_first_of_two_who_press_at_once(self, ask, client, user):
        [link] = ask(user.email)
        with mock.patch("chezsoi.portal.views.accounts.links.actions.reset_password", side_effect=actions.LinkIsDead):
            assert client.post(link, BOTH).status_code == 404


class TestInvitation:
    @pytest.fixture
    def invited(self):
        place = territories.territory()
        return actions.invite(
            actor=territories.program(place),
            email="New@example.org",
            full_name="Nora Ney",
            role="siao_officer",
            organisation=territories.organisation(place),
            territory=place,
            starts_on=timezone.localdate(),
        )

    @pytest.fixture
    def send(self, deliver):
        from chezsoi.portal import tasks

        def to(user: User) -> list[str]:
            tasks.send_invitation.enqueue(user.pk)
            return deliver()

        return to

    def test_opens_the_account_only_when_accepted(self, invited, send, client, come_in):
        [link] = send(invited)
        assert come_in("new@example.org", PASSWORD).status_code == 422
        assert not User.objects.get(pk=invited.pk).is_active

        assert client.get(link).status_code == 200
        assert client.post(link, BOTH).url == "/day/"

        assert client.get("/people/").status_code == 200
        assert client.get(link).status_code == 404
        client.post("/sign-out/")
        assert come_in("new@example.org", NEW).status_code == 302

    def test_names_nobody_in_its_mail_but_the_address_it_goes_to(self, invited, send):
        send(invited)

        [sent] = mail.outbox
        assert sent.to == ["new@example.org"]
        assert "Nora" not in sent.body + sent.subject
        assert "SIAO" not in sent.body + sent.subject
        assert "@" not in sent.body

    def test_serves_seven_days_and_can_be_sent_again(self, invited, send, client):
        [old] = send(invited)
        AccountLink.objects.update(expires_at=timezone.now())
        assert client.get(old).status_code == 404
        assert client.post(old, BOTH).status_code == 404

        [new] = send(invited)

        assert client.post(new, BOTH).status_code == 302

    def test_dies_with_the_account(self, invited, send, client):
        [link] = send(invited)
        actions.disable_account(actor=territories.program(), user=invited, reason="a mistake")

        assert client.post(link, BOTH).status_code == 404
        assert send(invited) == []

    def test_is_never_sent_for_an_open_account(self, user, send):
        assert send(user) == []
        with pytest.raises(actions.NothingToAccept):
            actions.make_link(actor=territories.program(), user=user, purpose=LinkPurpose.INVITATION)

    def test_asks_for_a_password_that_holds(self, invited, send, client):
        [link] = send(invited)

        assert client.post(link, {"password": "new@example.org", "again": "new@example.org"}).status_code == 422

    def test_keeps_no_secret_that_could_be_read(self, invited, send):
        [link] = send(invited)

        assert link.split("/")[2] not in AccountLink.objects.values_list("digest", flat=True)

    def test_is_spent_by_the_first_of_two_who_press_at_once(self, invited, send, client):
        [link] = send(invited)
        spent = mock.patch(
            "chezsoi.portal.views.accounts.links.actions.accept_invitation", side_effect=actions.LinkIsDead
        )
        with spent:
            assert client.post(link, BOTH).status_code == 404

    @pytest.mark.parametrize("path", ["/invitation/x/", "/new-password/x/"])
    def test_that_never_was_opens_nothing(self, path, client):
        assert client.get(path).status_code == 404
        assert client.post(path, BOTH).status_code == 404


class TestOwnPassword:
    def test_asvs_6_2_2_and_6_2_3_is_changed_by_who_knows_the_old_one_and_closes_the_other_sessions(
        self, client, user, come_in
    ):
        elsewhere = Client()
        elsewhere.post("/sign-in/", {"username": user.email, "password": PASSWORD})
        come_in(user.email)

        assert client.post("/account/password/", {"old": PASSWORD, **BOTH}).url == "/account/"

        assert client.get("/day/").status_code == 200
        assert elsewhere.get("/day/").status_code == 302
        assert Session.objects.filter(account_id=user.pk).count() == 1

    def test_stays_when_the_old_one_is_wrong_or_was_tried_too_often(self, client, user, come_in):
        come_in(user.email)

        for _ in range(6):
            assert client.post("/account/password/", {"old": NEW, **BOTH}).status_code == 422

        assert client.post("/account/password/", {"old": PASSWORD, **BOTH}).status_code == 422
        assert User.objects.get(pk=user.pk).check_password(PASSWORD)

    def test_is_asked_for_on_a_page(self, client, user, come_in):
        come_in(user.email)

        assert client.get("/account/password/").status_code == 200
