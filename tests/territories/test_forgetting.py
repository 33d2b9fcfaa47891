"""An account is forgotten two years after its last role ended, and what it did is not."""

from datetime import UTC, date, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate

from chezsoi.kernel.dates import add_months
from chezsoi.people.models import CircleMembership
from chezsoi.territories import actions, queries
from chezsoi.territories.access import NotAllowed
from chezsoi.territories.choices import LinkPurpose
from chezsoi.territories.models import RoleAssignment, User
from tests.factories import people, territories

pytestmark = pytest.mark.django_db

STARTED, LEFT = date(2023, 1, 1), date(2024, 3, 1)
DUE = date(2026, 3, 1)
EVE = date(2026, 2, 28)


@pytest.fixture
def officer():
    return territories.actor("dpo")


@pytest.fixture
def left():
    """Give an account whose only role ended."""
    user = territories.user("sophie@example.org", "Sophie Hoffmann", password="une phrase assez longue")
    territories.assignment("lead_worker", user=user, starts_on=STARTED, ends_on=LEFT)
    return user


def forget(officer, on=DUE) -> int:
    return actions.forget_accounts(actor=officer, on=on)


class TestAccount:
    def test_is_kept_until_the_day(self, officer, left):
        assert forget(officer, EVE) == 0

        left.refresh_from_db()
        assert left.full_name == "Sophie Hoffmann"

    def test_loses_its_name_its_address_and_every_way_in(self, officer, left):
        actions.make_link(actor=territories.program(), user=left, purpose=LinkPurpose.RESET)
        Authenticator.objects.create(user=left, type=Authenticator.Type.TOTP, data={"secret": "x"})
        left.identities.create(
            issuer="https://provider.example", subject="s-1", linked_at=datetime(2024, 1, 1, tzinfo=UTC)
        )

        assert forget(officer) > 0

        left.refresh_from_db()
        assert (left.full_name, left.email) == ("Compte effacé", f"{left.pk}@erased.invalid")
        assert not left.is_active
        assert not left.has_usable_password()
        assert not Authenticator.objects.filter(user=left).exists()
        assert not left.identities.exists()
        assert not left.links.exists()
        assert authenticate(username="sophie@example.org", password="une phrase assez longue") is None
        assert queries.account_at(left.email, actor=officer) is None
        assert left not in queries.accounts_managed(actor=territories.actor("local_admin"))

    def test_stays_as_a_number_in_what_it_did(self, officer, left):
        worker = territories.actor("lead_worker", user=left)
        household = people.household(people.member(), actor=worker)
        CircleMembership.objects.filter(household=household).update(user=left)
        RoleAssignment.objects.filter(user=left).update(starts_on=STARTED, ends_on=LEFT)

        forget(officer)

        assert household.circle.get().user.full_name == "Compte effacé"

    @pytest.mark.parametrize("ends_on", [None, date(2024, 3, 2)])
    def test_is_kept_for_another_role_that_lasts(self, officer, left, ends_on):
        territories.assignment("peer_worker", user=left, starts_on=STARTED, ends_on=ends_on)

        forget(officer)

        left.refresh_from_db()
        assert left.full_name == "Sophie Hoffmann"
        assert [role.role for role in left.roles.all()] == ["peer_worker"]

    def test_closed_long_ago_is_forgotten_whatever_its_roles_say(self, officer):
        closed = territories.assignment("lead_worker").user
        User.objects.filter(pk=closed.pk).update(is_active=False, disabled_at=datetime(2024, 3, 1, 9, tzinfo=UTC))

        forget(officer)

        closed.refresh_from_db()
        assert closed.email.endswith(User.NOWHERE)
        assert not closed.roles.exists()

    def test_without_any_role_waits_until_it_is_closed(self, officer):
        never = territories.user("never@example.org")

        forget(officer, add_months(DUE, 120))

        never.refresh_from_db()
        assert never.email == "never@example.org"

    def test_is_forgotten_once(self, officer, left):
        assert forget(officer) > 0
        assert forget(officer) == 0

    def test_is_forgotten_by_who_may_erase_files_alone(self, left):
        worker = territories.actor("lead_worker")

        with pytest.raises(NotAllowed):
            forget(worker)
        assert not queries.accounts_past_their_time(on=DUE, actor=worker).exists()
