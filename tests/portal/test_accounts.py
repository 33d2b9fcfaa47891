import pytest
from django.conf import settings
from django.utils import timezone

from chezsoi.territories import actions
from chezsoi.territories.models import RoleAssignment
from chezsoi.trail.models import Entry
from tests.factories import territories

PASSWORD = "une phrase de passe assez longue"


@pytest.fixture
def user():
    made = territories.user("claire@example.org", "Claire Weber", password=PASSWORD)
    territories.assignment("siao_officer", user=made)
    return made


class TestSignIn:
    def test_takes_the_address_whatever_its_case(self, client, user):
        answer = client.post("/sign-in/", {"username": "Claire@Example.org", "password": PASSWORD})

        assert answer.url == "/"
        assert client.get("/day/").status_code == 200

    @pytest.mark.parametrize(
        ("username", "password"),
        [("claire@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", ""), ("claire@example.org", "")],
    )
    def test_says_one_sentence_whatever_is_wrong(self, client, user, username, password):
        answer = client.post("/sign-in/", {"username": username, "password": password})

        assert answer.status_code == 422
        assert client.get("/day/").status_code == 302

    def test_reveals_no_disabled_account(self, client, user):
        actions.disable_account(actor=territories.program(), user=user, reason="left")

        wrong = client.post("/sign-in/", {"username": "nobody@example.org", "password": PASSWORD})
        disabled = client.post("/sign-in/", {"username": "claire@example.org", "password": PASSWORD})

        assert disabled.context["form"].non_field_errors() == wrong.context["form"].non_field_errors()

    def test_goes_on_to_the_page_asked_for_and_never_elsewhere(self, client, user):
        asked = client.get("/people/")
        assert asked.url == "/sign-in/?next=/people/"

        answer = client.post("/sign-in/", {"username": user.email, "password": PASSWORD, "next": "/people/"})
        assert answer.url == "/people/"
        outside = client.post(
            "/sign-in/", {"username": user.email, "password": PASSWORD, "next": "https://evil.example"}
        )
        assert outside.url == "/"

    def test_ends_at_once_when_the_account_is_disabled(self, client, user):
        client.force_login(user)
        actions.disable_account(actor=territories.program(), user=user, reason="left")

        assert client.get("/people/").status_code == 302


class TestSignOut:
    def test_clears_what_the_browser_kept(self, client, user):
        client.force_login(user)

        answer = client.post("/sign-out/")

        assert answer["Clear-Site-Data"] == '"cache", "storage"'
        assert client.get("/day/").status_code == 302

    def test_is_no_link(self, client, user):
        client.force_login(user)

        assert client.get("/sign-out/").status_code == 405


class TestRoles:
    def test_are_taken_up_one_at_a_time(self, client, user):
        other = territories.assignment("analyst", user=user)
        client.force_login(user)
        assert client.get("/people/").status_code == 200

        assert client.post(f"/account/role/{other.pk}/").url == "/day/"

        assert client.get("/people/").status_code == 403
        assert "Claire Weber" in client.get("/account/").content.decode()
        assert Entry.objects.filter(verb="territories.role.taken_up", object_id=str(other.pk)).exists()

    def test_of_somebody_else_do_not_exist(self, client, user):
        client.force_login(user)
        foreign = territories.assignment("dpo")

        assert client.post(f"/account/role/{foreign.pk}/").status_code == 404

    def test_that_ended_open_nothing(self, client, user):
        RoleAssignment.objects.filter(user=user).update(ends_on=timezone.localdate())
        client.force_login(user)

        assert client.get("/account/").status_code == 200
        assert client.get("/day/").status_code == 200
        assert client.get("/people/").status_code == 403


class TestLanguage:
    def test_is_remembered(self, client):
        client.post("/language/", {"language": "en", "next": "/sign-in/"})

        assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
        assert '<html lang="en"' in client.get("/").content.decode()

    def test_is_french_first(self, client):
        assert '<html lang="fr"' in client.get("/").content.decode()

    @pytest.mark.parametrize("language", ["xx", "", "../../etc"])
    def test_ignores_a_language_there_is_not(self, client, language):
        assert settings.LANGUAGE_COOKIE_NAME not in client.post("/language/", {"language": language}).cookies


class TestErrors:
    def test_say_what_happened_and_what_to_do(self, client, user):
        assert client.get("/nowhere/").status_code in {302, 404}
        client.force_login(user)
        assert client.get("/people/999999/").status_code == 404
        assert client.get("/trail/").status_code == 403

    def test_keep_what_was_typed_when_the_form_was_open_too_long(self, user):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)

        answer = strict.post("/sign-in/", {"username": user.email, "password": PASSWORD})

        assert answer.status_code == 403
        assert "<h1>" in answer.content.decode()


class TestHeaders:
    def test_forbid_framing_and_foreign_scripts(self, client):
        answer = client.get("/")

        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"


class TestTrailPage:
    def test_shows_the_officer_the_acts_of_its_territory_alone(self, client):
        dpo = territories.actor("dpo")
        here = territories.actor("siao_officer")
        there = territories.actor("siao_officer", territory=territories.territory("nice"))
        for actor in (here, there):
            from chezsoi import trail

            trail.record(actor, "test.act", territory_id=min(actor.territory_ids), detail={"by": actor.role})
        client.force_login(territories.account_of(dpo))

        rows = list(client.get("/trail/").context["page_obj"].object_list)

        assert [row.actor_id for row in rows if row.verb == "test.act"] == [here.user_id]
