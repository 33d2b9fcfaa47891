"""Coming in through a provider as ProConnect is documented, against the fake of `tests/fakes`."""

import base64
import re
import time
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from chezsoi.portal import provider as client_side
from chezsoi.territories.models import ProviderIdentity, User
from tests.factories import territories
from tests.fakes.proconnect import ProConnect, Running
from tests.portal.accounts.conftest import PASSWORD

BACK = "/sign-in/provider/back/"


@pytest.fixture(scope="module")
def running():
    made = ProConnect()
    server = Running(made)
    yield made
    server.close()


@pytest.fixture
def proconnect(running, settings):
    running.identity = {"sub": "s-1", "email": "Claire@example.org", "email_verified": True}
    running.faults = {}
    running.left = []
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = running.issuer, "chezsoi", "shared"
    return running


def go(client, wanted: str = "/") -> dict[str, str]:
    """Go to the provider and come back with what it sent."""
    there = client.get(f"/sign-in/provider/?next={wanted}")
    back = requests.get(there.url, allow_redirects=False, timeout=5)
    return {name: values[0] for name, values in parse_qs(urlsplit(back.headers["Location"]).query).items()}


def come_in(client, wanted: str = "/"):
    sent = go(client, wanted)
    page = client.get(BACK, sent)
    assert page.status_code == 200
    assert "data-cz-go-on" in page.content.decode()
    return client.post(BACK, sent)


@pytest.mark.usefixtures("user")
class TestComingIn:
    def test_opens_the_account_of_a_verified_address(self, client, proconnect, user):
        answer = come_in(client, "/people/")

        assert answer.url == "/people/"
        assert client.get("/people/").status_code == 200
        assert ProviderIdentity.objects.get().user == user

    def test_is_offered_on_the_sign_in_page(self, client, proconnect):
        assert 'href="/sign-in/provider/"' in client.get("/sign-in/").content.decode()

    def test_reads_what_is_said_in_plain_json_too(self, client, proconnect):
        proconnect.faults = {"plain_user": True}

        assert come_in(client).status_code == 302

    def test_asks_for_the_second_factor_of_the_account(self, client, proconnect, user):
        from allauth.mfa.models import Authenticator

        Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})

        assert come_in(client).url == "/sign-in/code/"
        assert client.get("/day/").status_code == 302

    def test_leaves_the_provider_too(self, client, proconnect):
        come_in(client)

        answer = client.post("/sign-out/")

        assert answer.url.startswith(f"{proconnect.issuer}/session/end?")
        assert answer["Clear-Site-Data"]
        requests.get(answer.url, allow_redirects=False, timeout=5)
        assert proconnect.left[0]["id_token_hint"].count(".") == 2

    def test_leaves_here_even_if_the_provider_is_gone(self, client, proconnect):
        come_in(client)
        proconnect.faults = {"status": 503}

        assert client.post("/sign-out/").url == "/"

    def test_is_not_there_when_no_provider_is_set(self, client):
        assert client.get("/sign-in/provider/").status_code == 404
        assert client.get(BACK).status_code == 404
        assert client_side.farewell("token") == ""


@pytest.mark.usefixtures("user")
class TestWhoIsRecognised:
    @pytest.mark.parametrize(
        "identity",
        [
            {"email_verified": False},
            {"email_verified": "true"},
            {"email_verified": None},
            {"email": "nobody@example.org"},
            {"email": ""},
        ],
    )
    def test_is_nobody_without_a_verified_address_of_an_account(self, identity, client, proconnect):
        proconnect.identity |= identity
        accounts = User.objects.count()

        assert come_in(client).status_code == 403
        assert client.get("/day/").status_code == 302
        assert User.objects.count() == accounts

    def test_is_no_disabled_account(self, client, proconnect, user):
        User.objects.update(is_active=False)

        assert come_in(client).status_code == 403

    def test_asvs_10_5_2_is_the_same_identity_as_the_first_time(self, client, proconnect, user):
        assert come_in(client).status_code == 302
        proconnect.identity |= {"sub": "s-2"}

        assert come_in(Client()).status_code == 403

    def test_is_not_another_account_with_the_same_identity(self, client, proconnect):
        assert come_in(client).status_code == 302
        territories.user("other@example.org", password=PASSWORD)
        proconnect.identity |= {"email": "other@example.org"}

        assert come_in(Client()).status_code == 403


@pytest.mark.usefixtures("user")
class TestTheRequest:
    def test_asvs_10_2_1_carries_a_state_a_challenge_and_a_nonce_of_its_own(self, client, proconnect):
        asked = [parse_qs(urlsplit(client.get("/sign-in/provider/").url).query) for _ in range(2)]

        for name in ("state", "nonce", "code_challenge"):
            assert asked[0][name] != asked[1][name]
            assert len(asked[0][name][0]) >= 43
        assert asked[0]["code_challenge_method"] == ["S256"]
        assert asked[0]["response_type"] == ["code"]

    def test_asvs_10_1_2_takes_no_answer_to_another_browser(self, client, proconnect):
        sent = go(Client())
        go(client)

        assert client.get(BACK, sent).status_code == 403
        assert client.post(BACK, sent).status_code == 403
        assert Client().post(BACK, sent).status_code == 403

    def test_takes_no_answer_after_ten_minutes(self, client, proconnect):
        sent = go(client)

        with mock.patch("django.core.signing.time.time", return_value=time.time() + 601):
            assert client.post(BACK, sent).status_code == 403

    def test_takes_an_answer_once(self, client, proconnect):
        sent = go(client)
        assert client.post(BACK, sent).status_code == 302
        client.post("/sign-out/")

        assert client.post(BACK, sent).status_code == 403

    @pytest.mark.parametrize("sent", [{}, {"error": "access_denied", "state": "x"}, {"code": "é", "state": "é"}])
    def test_takes_no_answer_that_says_nothing(self, sent, client, proconnect):
        go(client)

        assert client.get(BACK, sent).status_code == 403

    def test_exchanges_no_code_that_was_put_in_place_of_ours(self, client, proconnect):
        stolen, own = go(Client()), go(client)

        assert client.post(BACK, {**own, "code": stolen["code"]}).status_code == 403


@pytest.mark.usefixtures("user")
class TestTheTokens:
    @pytest.mark.parametrize(
        "faults",
        [
            pytest.param({"claims": {"nonce": "another"}}, id="asvs_10_5_1 nonce of another request"),
            pytest.param({"claims": {"nonce": None}}, id="asvs_10_5_1 no nonce"),
            pytest.param({"published_issuer": "https://evil.example"}, id="asvs_10_5_3 publishes another name"),
            pytest.param({"claims": {"iss": "https://evil.example"}}, id="asvs_10_5_3 another issuer"),
            pytest.param({"claims": {"aud": "another"}}, id="asvs_10_5_4 another audience"),
            pytest.param({"claims": {"aud": ["chezsoi", "x"]}}, id="asvs_10_5_4 several audiences"),
            pytest.param({"claims": {"aud": ["chezsoi", "x"], "azp": "x"}}, id="asvs_10_5_4 made for another"),
            pytest.param({"claims": {"exp": 1}}, id="too old"),
            pytest.param({"claims": {"exp": None}}, id="without end"),
            pytest.param({"claims": {"sub": None}}, id="about nobody"),
            pytest.param({"wrong_key": True}, id="signed by another key"),
            pytest.param({"kid": "unknown"}, id="signed by an unknown key"),
            pytest.param({"algorithm": "none"}, id="not signed"),
            pytest.param({"algorithm": "HS256", "key": "shared" * 8}, id="signed with the secret"),
            pytest.param({"user": {"sub": "s-9"}}, id="user information of somebody else"),
            pytest.param({"user": {"aud": "another"}}, id="user information for another"),
            pytest.param({"status": 503}, id="out of order"),
            pytest.param({"body": "<html>"}, id="no JSON"),
            pytest.param({"body": "[]"}, id="no object"),
        ],
    )
    def test_asvs_10_5_are_refused_when_anything_is_wrong(self, faults, client, proconnect):
        sent = go(client)
        proconnect.faults = faults

        answer = client.post(BACK, sent)

        assert answer.status_code == 403
        assert client.get("/day/").status_code == 302

    def test_are_taken_for_several_when_made_for_us(self, client, proconnect):
        proconnect.faults = {"claims": {"aud": ["chezsoi", "x"], "azp": "chezsoi"}}

        assert come_in(client).status_code == 302

    def test_cannot_be_had_from_a_provider_that_does_not_answer(self, client, proconnect, settings):
        settings.OIDC_ISSUER = "http://127.0.0.1:9"

        assert client.get("/sign-in/provider/").status_code == 403


def test_the_challenge_is_that_of_rfc_7636_appendix_b():
    trip = client_side.Trip(state="", nonce="", verifier="dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")

    assert trip.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert not re.search(r"[+/=]", trip.challenge)
    assert len(base64.urlsafe_b64decode(trip.challenge + "=")) == 32
