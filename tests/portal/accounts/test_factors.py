"""Second factors: applications, recovery codes, passkeys, and the roles that must have one."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from chezsoi.territories import access, actions
from chezsoi.territories.actions.factors import _counter
from chezsoi.trail.models import Entry
from tests.factories import territories
from tests.portal.accounts.conftest import PASSWORD

RFC_6238_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_6238 = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}
APP = "/account/second-factor/application/"


@pytest.mark.parametrize(("second", "code"), RFC_6238.items())
def test_asvs_6_5_5_codes_last_half_a_minute_and_are_those_of_rfc_6238(second, code):
    with mock.patch("time.time", return_value=second):
        assert _counter(RFC_6238_SECRET, code) == second // 30
        assert _counter(RFC_6238_SECRET, f"{code[:3]} {code[3:]}") == second // 30
        assert _counter(RFC_6238_SECRET, "é" + code[1:]) is None
    with mock.patch("time.time", return_value=second + 30):
        assert _counter(RFC_6238_SECRET, code) is None


@pytest.fixture
def bind(client, user, come_in):
    """Come in, bind an application, and give the recovery codes shown."""
    come_in(user.email)
    page = client.get(APP)
    secret = page.context["secret"].replace(" ", "")
    sealed = re.search(r'name="secret" value="([^"]+)"', page.content.decode())[1]
    with mock.patch("chezsoi.territories.actions.factors._counter", return_value=1):
        shown = client.post(APP, {"secret": sealed, "code": "123456"})
    assert len(secret) == 32
    return shown.context["codes"]


@pytest.fixture
def waits(client, user, bind, come_in):
    """Sign out, give the password, and wait for the second factor."""
    client.post("/sign-out/")
    assert come_in(user.email).url == "/sign-in/code/"
    return bind


class TestApplication:
    def test_is_shown_as_a_picture_our_policy_allows_and_as_a_key_to_type(self, client, user, come_in):
        come_in(user.email)

        page = client.get(APP).content.decode()

        drawn = page[page.index('<div class="cz-qr"') :].partition("</svg>")[0]
        assert "<path" in drawn
        assert "style=" not in drawn
        assert re.search(r"<code class=\"cz-secret\">([A-Z2-7]{4} ){7}[A-Z2-7]{4}</code>", page)

    def test_keeps_nothing_until_it_shows_the_right_code(self, client, user, come_in):
        come_in(user.email)
        sealed = re.search(r'name="secret" value="([^"]+)"', client.get(APP).content.decode())[1]

        answer = client.post(APP, {"secret": sealed, "code": "000000"})

        assert answer.status_code == 422
        assert not Authenticator.objects.exists()

    @pytest.mark.parametrize("sealed", ["", "forged:x:y"])
    def test_takes_no_secret_that_this_page_did_not_give(self, sealed, client, user, come_in):
        come_in(user.email)

        client.post(APP, {"secret": sealed, "code": "123456"})

        assert not Authenticator.objects.exists()

    def test_takes_no_secret_given_to_another_account(self, client, user, come_in):
        other = territories.user("other@example.org", password=PASSWORD)
        thief = Client()
        thief.post("/sign-in/", {"username": other.email, "password": PASSWORD})
        sealed = re.search(r'name="secret" value="([^"]+)"', thief.get(APP).content.decode())[1]
        come_in(user.email)

        with mock.patch("chezsoi.territories.actions.factors._counter", return_value=1):
            client.post(APP, {"secret": sealed, "code": "123456"})

        assert not Authenticator.objects.exists()

    def test_is_kept_encrypted(self, bind, user):
        kept = Authenticator.objects.get(user=user, type="totp")

        assert not re.fullmatch(r"[A-Z2-7]{32}", kept.data["secret"])

    def test_is_replaced_without_new_recovery_codes(self, client, user, bind):
        before = Authenticator.objects.get(type="totp").pk
        sealed = re.search(r'name="secret" value="([^"]+)"', client.get(APP).content.decode())[1]
        with mock.patch("chezsoi.territories.actions.factors._counter", return_value=1):
            assert client.post(APP, {"secret": sealed, "code": "123456"}).status_code == 302

        assert Authenticator.objects.get(type="totp").pk != before
        assert Authenticator.objects.filter(type="recovery_codes").count() == 1

    def test_asks_to_sign_in_again_when_the_session_is_old(self, client, user, come_in):
        come_in(user.email)
        with mock.patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(minutes=31)):
            for path in (APP, "/account/second-factor/passkey/"):
                assert client.get(path).url == f"/sign-in/?next={path}"
            for path in ("/account/second-factor/codes/", "/account/second-factor/1/remove/"):
                assert client.post(path).url == f"/sign-in/?next={path}"


class TestSecondStep:
    def test_asvs_6_3_3_lets_nobody_in_by_password_alone(self, waits, client):
        assert client.get("/day/").status_code == 302
        assert client.get("/sign-in/code/").status_code == 200

    def test_lets_in_who_shows_the_code_of_now_once(self, waits, client, user, code_of, come_in):
        code = code_of(user)

        assert client.post("/sign-in/code/", {"code": code}).url == "/"
        assert client.get("/day/").status_code == 200
        entry = Entry.objects.filter(verb="territories.entry.opened").latest("pk")
        assert entry.detail == '{"by":"password","factor":"totp"}'

        client.post("/sign-out/")
        come_in(user.email)
        assert client.post("/sign-in/code/", {"code": code}).status_code == 422

    def test_lets_in_by_each_recovery_code_once(self, waits, client, user, come_in):
        assert len(waits) == 10
        assert client.post("/sign-in/code/", {"code": waits[3]}).url == "/"

        client.post("/sign-out/")
        come_in(user.email)

        assert client.post("/sign-in/code/", {"code": waits[3]}).status_code == 422
        assert client.post("/sign-in/code/", {"code": waits[4]}).status_code == 302

    def test_is_tried_five_times_and_no_more(self, waits, client, user, code_of):
        for _ in range(5):
            client.post("/sign-in/code/", {"code": "000000"})

        assert client.post("/sign-in/code/", {"code": code_of(user)}).status_code == 422
        assert client.get("/day/").status_code == 302

    def test_waits_ten_minutes(self, waits, client, user):
        import time

        with mock.patch("time.time", return_value=time.time() + 601):
            assert client.get("/sign-in/code/").url == "/sign-in/"
            assert client.post("/sign-in/passkey/", {"answer": "{}"}).url == "/sign-in/"
            assert client.post("/sign-in/passkey/question/").status_code == 404

    def test_is_closed_to_who_gave_no_password(self, client, user):
        assert client.get("/sign-in/code/").url == "/sign-in/"
        assert client.post("/sign-in/code/", {"code": "123456"}).url == "/sign-in/"

    def test_is_closed_to_an_account_disabled_meanwhile(self, waits, client, user, code_of):
        actions.disable_account(actor=territories.program(), user=user, reason="left")

        assert client.post("/sign-in/code/", {"code": code_of(user)}).url == "/sign-in/"

    @pytest.mark.parametrize("answer", ["", "[]", "{}", "{", '{"id": 3}', '{"id": "x", "rawId": "x", "response": {}}'])
    def test_takes_no_answer_a_passkey_did_not_give(self, answer, waits, client):
        client.post("/sign-in/passkey/question/")

        assert client.post("/sign-in/passkey/", {"answer": answer}).status_code == 422
        assert client.get("/day/").status_code == 302

    def test_keeps_the_page_asked_for_and_the_shared_computer(self, bind, client, user, come_in):
        client.post("/sign-out/")
        come_in(user.email, next="/people/", is_shared="on")

        assert client.post("/sign-in/code/", {"code": bind[0]}).url == "/people/"
        assert client.session["shared"]


class TestPasskey:
    def test_question_names_this_house_and_no_mail_address(self, client, user, come_in):
        come_in(user.email)

        asked = client.post("/account/second-factor/passkey/question/").json()["publicKey"]

        assert asked["rp"]["id"] == "testserver"
        assert asked["user"]["name"] == "Claire Weber"
        assert "@" not in str(asked["user"])

    @pytest.mark.parametrize("answer", ["", "[]", "{}", "nonsense", '{"id": "x", "rawId": "x", "response": {}}'])
    def test_is_not_made_of_what_no_device_answered(self, answer, client, user, come_in):
        come_in(user.email)
        client.get("/account/second-factor/passkey/")
        client.post("/account/second-factor/passkey/question/")

        made = client.post("/account/second-factor/passkey/", {"name": "bleue", "answer": answer})

        assert made.status_code == 422
        assert not Authenticator.objects.exists()


class TestRecoveryCodes:
    def test_are_shown_once(self, bind, client):
        for path in ("/account/second-factor/", "/account/"):
            page = client.get(path).content.decode()
            assert not any(code in page for code in bind)

    def test_are_replaced_by_ten_others(self, bind, client, user):
        fresh = client.post("/account/second-factor/codes/").context["codes"]

        assert not set(fresh) & set(bind)
        assert client.get("/account/second-factor/").context["codes_left"] == 10

    def test_are_not_made_without_a_factor_to_recover_from(self, client, user, come_in):
        come_in(user.email)

        assert client.post("/account/second-factor/codes/").status_code == 302
        assert not Authenticator.objects.exists()


class TestRemoval:
    def test_of_the_last_one_takes_the_recovery_codes_too(self, bind, client, user, come_in):
        pk = Authenticator.objects.get(type="totp").pk

        assert client.post(f"/account/second-factor/{pk}/remove/").status_code == 302

        assert not Authenticator.objects.exists()
        client.post("/sign-out/")
        assert come_in(user.email).url == "/"

    def test_of_one_of_two_keeps_the_rest(self, bind, client, user):
        Authenticator.objects.create(user=user, type="webauthn", data={"name": "bleue", "credential": {}})

        client.post(f"/account/second-factor/{Authenticator.objects.get(type='totp').pk}/remove/")

        kinds = set(Authenticator.objects.values_list("type", flat=True))
        assert kinds == {"webauthn", "recovery_codes"}
        assert client.session["factor"] == "totp"

    def test_of_somebody_elses_is_refused(self, bind, client):
        theirs = Authenticator.objects.create(user=territories.user(), type="totp", data={"secret": "x"})
        own_codes = Authenticator.objects.get(type="recovery_codes")

        for factor in (theirs, own_codes):
            assert client.post(f"/account/second-factor/{factor.pk}/remove/").status_code == 404


class TestRolesThatMustHaveOne:
    @pytest.fixture(autouse=True)
    def demanding(self, settings):
        settings.SECOND_FACTOR = "sensitive_roles"

    def test_read_health_or_violence_or_manage_accounts(self, settings):
        demanding = {role for role in access.roles() if access.needs_second_factor(role)}

        assert demanding == {
            role.key
            for role in access.roles().values()
            if role.key == "local_admin"
            or role.categories["C7_health"][0] in "RWrw"
            or role.categories["C8_violence_justice"][0] in "RWrw"
        }
        assert {"siao_officer", "lead_worker", "health_worker", "local_admin"} <= demanding
        assert not demanding & {"coordinator", "analyst", "outreach_worker", "volunteer"}
        assert not access.needs_second_factor("superuser")

        settings.SECOND_FACTOR = "optional"
        assert not any(access.needs_second_factor(role) for role in access.roles())

    def test_open_nothing_before_it(self, client, user, come_in):
        come_in(user.email)

        for path in ("/day/", "/people/", "/homes/"):
            assert client.get(path).url == "/account/second-factor/"
        assert client.post("/people/new/", {}).url == "/account/second-factor/"
        page = client.get("/account/second-factor/")
        assert page.context["is_due"]
        for path in ("/account/", "/account/sessions/", "/account/password/", APP):
            assert client.get(path).status_code == 200

    def test_open_everything_once_it_is_bound(self, bind, client):
        assert client.get("/people/").status_code == 200

    def test_let_another_role_be_taken_up(self, client, user, come_in):
        other = territories.assignment("analyst", user=user)
        come_in(user.email)

        client.post(f"/account/role/{other.pk}/")

        assert client.get("/day/").status_code == 200
        assert client.get("/people/").status_code == 403

    def test_do_not_let_it_be_removed_to_come_in_without(self, waits, client, user):
        assert (
            client.post(f"/account/second-factor/{Authenticator.objects.get(type='totp').pk}/remove/").status_code
            == 302
        )
        assert Authenticator.objects.filter(type="totp").exists()
