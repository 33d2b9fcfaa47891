"""What the entrance writes: links spent once, roles by date, rows that name nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chezsoi.territories import actions
from chezsoi.territories.choices import LinkPurpose
from chezsoi.territories.models import AccountLink, ProviderIdentity, SignInTry
from chezsoi.territories.passwords import NotARowOfKeys
from tests.factories import territories


@pytest.fixture
def program():
    return territories.program()


class TestLinks:
    def test_of_one_purpose_do_not_open_the_other(self, program):
        secret = actions.make_link(actor=program, user=territories.user(), purpose=LinkPurpose.RESET)

        with pytest.raises(actions.LinkIsDead):
            actions.accept_invitation(actor=program, secret=secret, password="x")

    def test_serve_the_first_of_two(self, program):
        secret = actions.make_link(actor=program, user=territories.user(), purpose=LinkPurpose.RESET)
        actions.reset_password(actor=program, secret=secret, password="une phrase de passe assez longue")

        with pytest.raises(actions.LinkIsDead):
            actions.reset_password(actor=program, secret=secret, password="une autre phrase assez longue")

    def test_say_what_they_are_and_no_more(self, program):
        user = territories.user()
        actions.make_link(actor=program, user=user, purpose=LinkPurpose.RESET)
        tried = actions.count_try(actor=program, account="a@example.org", address="192.0.2.1")
        known = ProviderIdentity(issuer="https://p.example", subject="s-1", pk=4)

        assert str(AccountLink.objects.get()).startswith("reset ")
        assert str(SignInTry.objects.get()) == f"try {tried.pk}"
        assert str(known) == "https://p.example 4"


class TestRoles:
    def test_end_after_they_start(self, program):
        place = territories.territory()
        today = timezone.localdate()
        with pytest.raises(actions.RoleEndsBeforeItStarts):
            actions.give_role(
                actor=program,
                user=territories.user(),
                role="trainer",
                organisation=territories.organisation(place),
                territory=place,
                starts_on=today,
                ends_on=today,
            )

    def test_are_held_again_after_they_ended(self, program):
        held = territories.assignment("trainer")
        today = timezone.localdate()
        actions.end_role(actor=program, assignment=held, ends_on=today)

        again = {"user": held.user, "role": "trainer", "organisation": held.organisation, "territory": held.territory}
        actions.give_role(actor=program, **again, starts_on=today)

        with pytest.raises(actions.RoleAlreadyHeld):
            actions.give_role(actor=program, **again, starts_on=today + timedelta(days=9))


class TestRecognise:
    def test_finds_the_same_account_for_the_same_identity_each_time(self, program):
        user = territories.user("claire@example.org")
        vouched = {"issuer": "https://p.example", "subject": "s-1", "email": "claire@example.org", "is_verified": True}

        found = [actions.recognise(actor=program, **vouched) for _ in range(2)]

        assert found == [user, user]
        assert ProviderIdentity.objects.count() == 1


def test_the_rule_of_passwords_says_itself():
    assert NotARowOfKeys().get_help_text()
