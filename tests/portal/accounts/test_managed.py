"""What the local administrator does, in their own organisation and territory, and never to themselves."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from chezsoi.territories import actions
from chezsoi.territories.access import NotAllowed
from chezsoi.territories.models import RoleAssignment, Session, User
from chezsoi.trail.models import Entry
from tests.factories import territories
from tests.portal.accounts.conftest import PASSWORD


@pytest.fixture
def place():
    return territories.territory()


@pytest.fixture
def ours(place):
    return territories.organisation(place, name="Maison d’ici")


@pytest.fixture
def admin(ours, place):
    return territories.actor("local_admin", organisation=ours, territory=place)


@pytest.fixture
def enter(client, admin):
    client.force_login(territories.account_of(admin))


@pytest.fixture
def colleague(ours, place):
    made = territories.user("colleague@example.org", "Amel Roy", password=PASSWORD)
    territories.assignment("outreach_worker", user=made, organisation=ours, territory=place)
    return made


@pytest.fixture
def invitation(place):
    return {
        "full_name": "Nora Ney",
        "email": "nora@example.org",
        "role": "lead_worker",
        "territory": place.pk,
        "starts_on": timezone.localdate(),
        "ends_on": "",
    }


@pytest.mark.usefixtures("enter")
class TestList:
    def test_shows_the_accounts_of_the_organisation_here_and_their_state(self, client, colleague, admin, place):
        territories.assignment("siao_officer")
        far = territories.territory("nice")
        territories.organisation_of(admin).territories.add(far)
        territories.assignment("lead_worker", organisation=territories.organisation_of(admin), territory=far)
        gone = territories.user("gone@example.org", "Zoé Gone", is_active=False, disabled_at=timezone.now())
        territories.assignment(
            "lead_worker", user=gone, organisation=territories.organisation_of(admin), territory=place
        )

        rows = client.get("/accounts/").context["table"].rows

        named = [(row.cells[0].detail, row.cells[2].tags[0].kind) for row in rows]
        assert named[0] == ("colleague@example.org", "home")
        assert named[-1] == ("gone@example.org", "stop")
        assert len(named) == 3

    def test_says_who_is_invited_and_whose_invitation_is_too_old(self, client, invitation, deliver):
        client.post("/accounts/invite/", invitation)
        nora = User.objects.get(email="nora@example.org")
        assert client.get(f"/accounts/{nora.pk}/").context["state"].tag.kind == "wait"
        deliver()
        nora.links.update(expires_at=timezone.now())

        assert client.get(f"/accounts/{nora.pk}/").context["state"].tag.kind == "act"


@pytest.mark.usefixtures("enter")
class TestInvitation:
    def test_prepares_an_account_and_sends_its_link(self, client, invitation, deliver, admin):
        answer = client.post("/accounts/invite/", invitation)

        nora = User.objects.get(email="nora@example.org")
        assert answer.url == f"/accounts/{nora.pk}/"
        assert not nora.is_active
        [link] = deliver()
        assert mail.outbox[0].to == ["nora@example.org"]
        visitor = Client()
        visitor.post(link, {"password": PASSWORD, "again": PASSWORD})
        assert visitor.get("/people/").status_code == 200
        acts = Entry.objects.filter(actor_id=admin.user_id).values_list("verb", flat=True)
        assert {"territories.account.invited", "territories.role.given"} <= set(acts)

    def test_is_refused_for_an_address_that_has_an_account(self, client, invitation, colleague, deliver):
        answer = client.post("/accounts/invite/", {**invitation, "email": "Colleague@example.org"})

        assert answer.status_code == 422
        assert deliver() == []

    @pytest.mark.parametrize(
        "wrong",
        [
            {"role": "national_analyst"},
            {"role": "superuser"},
            {"territory": "999999"},
            {"ends_on": "2020-01-01"},
            {"email": "nora"},
            {"full_name": ""},
            {"starts_on": "soon"},
        ],
    )
    def test_says_what_is_wrong(self, wrong, client, invitation, deliver):
        assert client.post("/accounts/invite/", {**invitation, **wrong}).status_code == 422
        assert not User.objects.filter(email="nora@example.org").exists()

    def test_gives_no_role_in_another_territory(self, client, invitation, admin):
        far = territories.territory("nice")
        territories.organisation_of(admin).territories.add(far)

        assert client.post("/accounts/invite/", {**invitation, "territory": far.pk}).status_code == 422

    def test_is_sent_again_the_one_before_dying(self, client, invitation, deliver):
        client.post("/accounts/invite/", invitation)
        [old] = deliver()
        nora = User.objects.get(email="nora@example.org")

        client.post(f"/accounts/{nora.pk}/invite-again/")
        [new] = deliver()

        assert Client().get(old).status_code == 404
        assert Client().get(new).status_code == 200

    def test_is_not_sent_again_to_an_open_account(self, client, colleague, deliver):
        client.post(f"/accounts/{colleague.pk}/invite-again/")

        assert deliver() == []

    def test_shows_its_form(self, client):
        assert client.get("/accounts/invite/").status_code == 200


@pytest.mark.usefixtures("enter")
class TestRoles:
    def test_are_given_and_ended_by_date(self, client, colleague, invitation):
        today = timezone.localdate()

        client.post(f"/accounts/{colleague.pk}/role/", invitation)
        given = RoleAssignment.objects.get(user=colleague, role="lead_worker")
        client.post(f"/accounts/{colleague.pk}/roles/{given.pk}/end/", {"ends_on": today + timedelta(days=1)})

        given.refresh_from_db()
        assert (given.starts_on, given.ends_on) == (today, today + timedelta(days=1))

    def test_end_after_they_start(self, client, colleague, invitation):
        client.post(f"/accounts/{colleague.pk}/role/", invitation)
        given = RoleAssignment.objects.get(user=colleague, role="lead_worker")

        for day in (timezone.localdate(), "never", ""):
            client.post(f"/accounts/{colleague.pk}/roles/{given.pk}/end/", {"ends_on": day})

        given.refresh_from_db()
        assert given.ends_on is None

    def test_are_not_held_twice(self, client, colleague, invitation):
        client.post(f"/accounts/{colleague.pk}/role/", invitation)

        assert client.post(f"/accounts/{colleague.pk}/role/", invitation).status_code == 422
        assert RoleAssignment.objects.filter(user=colleague, role="lead_worker").count() == 1

    def test_are_checked_before_they_are_given(self, client, colleague, invitation):
        assert client.post(f"/accounts/{colleague.pk}/role/", {**invitation, "role": "superuser"}).status_code == 422

    def test_of_another_organisation_are_not_there_to_end(self, client, colleague):
        foreign = territories.assignment("siao_officer", user=colleague)

        answer = client.post(f"/accounts/{colleague.pk}/roles/{foreign.pk}/end/", {"ends_on": timezone.localdate()})

        assert answer.status_code == 404


@pytest.mark.usefixtures("enter")
class TestDisable:
    def test_closes_every_session_at_once_and_says_why_in_the_trail(self, client, colleague):
        other = Client()
        other.post("/sign-in/", {"username": colleague.email, "password": PASSWORD})

        client.post(f"/accounts/{colleague.pk}/disable/", {"reason": "has left the service"})

        assert not Session.objects.filter(account_id=colleague.pk).exists()
        assert other.get("/day/").status_code == 302
        assert Entry.objects.get(verb="territories.account.disabled").reason == "has left the service"

    def test_asks_why(self, client, colleague):
        assert client.post(f"/accounts/{colleague.pk}/disable/", {"reason": " "}).status_code == 422
        assert User.objects.get(pk=colleague.pk).is_active

    def test_is_refused_for_who_works_elsewhere_too(self, client, colleague):
        territories.assignment("siao_officer", user=colleague)

        client.post(f"/accounts/{colleague.pk}/disable/", {"reason": "left"})

        assert User.objects.get(pk=colleague.pk).is_active

    def test_can_be_undone_by_an_invitation_that_starts_afresh(self, client, colleague, deliver):
        from allauth.mfa.models import Authenticator

        Authenticator.objects.create(user=colleague, type="totp", data={"secret": "x"})
        client.post(f"/accounts/{colleague.pk}/disable/", {"reason": "lost her phone"})

        client.post(f"/accounts/{colleague.pk}/invite-again/")
        [link] = deliver()
        visitor = Client()
        assert visitor.post(link, {"password": PASSWORD, "again": PASSWORD}).url == "/day/"

        assert not Authenticator.objects.exists()
        assert visitor.get("/people/").status_code == 200

    def test_elsewhere_again_is_not_undone_from_here(self, client, colleague, deliver):
        territories.assignment("siao_officer", user=colleague)
        actions.disable_account(actor=territories.program(), user=colleague, reason="left")

        client.post(f"/accounts/{colleague.pk}/invite-again/")

        assert deliver() == []


@pytest.mark.usefixtures("enter")
class TestSessions:
    def test_asvs_7_4_5_are_closed_by_the_administrator_the_account_staying_open(self, client, colleague):
        other = Client()
        other.post("/sign-in/", {"username": colleague.email, "password": PASSWORD})

        for _ in range(2):
            assert client.post(f"/accounts/{colleague.pk}/sessions/end/").status_code == 302

        assert other.get("/day/").status_code == 302
        assert other.post("/sign-in/", {"username": colleague.email, "password": PASSWORD}).status_code == 302
        closed = Entry.objects.filter(verb="territories.session.ended", object_id=str(colleague.pk)).order_by("pk")
        assert [entry.detail for entry in closed] == ['{"sessions":1}', '{"sessions":0}']


@pytest.mark.usefixtures("enter")
class TestOneself:
    def test_gets_no_role_loses_none_and_stays_open(self, client, admin, invitation, deliver):
        own = admin.user_id
        held = RoleAssignment.objects.get(user=own)

        client.post(f"/accounts/{own}/role/", invitation)
        client.post(f"/accounts/{own}/roles/{held.pk}/end/", {"ends_on": timezone.localdate()})
        client.post(f"/accounts/{own}/disable/", {"reason": "tired"})
        client.post(f"/accounts/{own}/invite-again/")

        assert RoleAssignment.objects.get(user=own).ends_on is None
        assert User.objects.get(pk=own).is_active
        assert deliver() == []
        assert client.get(f"/accounts/{own}/").context["is_own"]


class TestScope:
    def test_of_other_organisations_does_not_exist(self, client, enter, invitation):
        stranger = territories.assignment("lead_worker").user

        assert client.get(f"/accounts/{stranger.pk}/").status_code == 404
        for act in ("role", "disable", "invite-again"):
            assert client.post(f"/accounts/{stranger.pk}/{act}/", {"reason": "x", **invitation}).status_code == 404

    @pytest.mark.parametrize("role", ["siao_officer", "dpo", "coordinator"])
    def test_opens_to_the_administrator_alone(self, role, client):
        client.force_login(territories.account_of(territories.actor(role)))

        for path in ("/accounts/", "/accounts/invite/", "/accounts/1/"):
            assert client.get(path).status_code == 403

    def test_refuses_a_role_for_the_nation_or_elsewhere(self, admin, ours, colleague):
        for place in (None, territories.territory("nice")):
            with pytest.raises(NotAllowed):
                actions.give_role(
                    actor=admin,
                    user=colleague,
                    role="lead_worker",
                    organisation=ours,
                    territory=place,
                    starts_on=timezone.localdate(),
                )

    def test_lists_nothing_for_who_may_not_manage(self):
        from chezsoi.territories import queries

        assert not queries.accounts_managed(actor=territories.actor("dpo")).exists()
