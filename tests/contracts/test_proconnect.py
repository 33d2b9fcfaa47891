"""
The fake provider does what the specifications ask of a real one: OpenID Connect Core 1.0, RFC 7636, RFC 6749.

Each test names the clause. Were a real ProConnect at hand, the same tests would run against it.
"""

import base64
import hashlib
import secrets
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests

from tests.fakes.proconnect import ProConnect, Running

BACK = "http://localhost:8000/sign-in/provider/back/"


@pytest.fixture(scope="module")
def provider():
    made = ProConnect(identity={"sub": "s-1", "email": "claire@example.org", "email_verified": True})
    running = Running(made)
    yield made
    running.close()


def published(provider) -> dict:
    return requests.get(f"{provider.issuer}/.well-known/openid-configuration", timeout=5).json()


def asked(verifier: str = "v" * 43, **changed) -> dict:
    digest = hashlib.sha256(verifier.encode()).digest()
    right = {
        "response_type": "code", "client_id": "chezsoi", "redirect_uri": BACK, "scope": "openid email",
        "state": secrets.token_urlsafe(8), "nonce": "n-1", "code_challenge_method": "S256",
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
    }  # fmt: skip
    return {name: value for name, value in {**right, **changed}.items() if value is not None}


def authorized(provider, **changed) -> requests.Response:
    address = published(provider)["authorization_endpoint"]
    return requests.get(address, params=asked(**changed), allow_redirects=False, timeout=5)


def exchanged(provider, code: str, **changed) -> requests.Response:
    right = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": BACK,
        "client_id": "chezsoi", "client_secret": "shared", "code_verifier": "v" * 43,
    }  # fmt: skip
    return requests.post(published(provider)["token_endpoint"], data={**right, **changed}, timeout=5)


def code_of(answer: requests.Response) -> str:
    return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


def test_discovery_4_2_publishes_what_is_required_under_its_own_name(provider):
    found = published(provider)

    assert found["issuer"] == provider.issuer
    required = {"authorization_endpoint", "token_endpoint", "jwks_uri", "response_types_supported"}
    assert required | {"subject_types_supported", "id_token_signing_alg_values_supported"} <= set(found)


def test_core_3_1_2_5_sends_back_a_code_and_the_state(provider):
    answer = authorized(provider, state="s-42")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(BACK)
    assert parse_qs(urlsplit(answer.headers["Location"]).query)["state"] == ["s-42"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"response_type": "token"}, {"client_id": "other"}, {"scope": "email"}, {"state": None}, {"nonce": None},
        {"code_challenge": None}, {"code_challenge_method": "plain"},
    ],
)  # fmt: skip
def test_core_3_1_2_6_refuses_a_request_that_lacks_something(wrong, provider):
    assert authorized(provider, **wrong).status_code == 400


def test_core_3_1_3_7_and_2_give_an_identity_token_that_can_be_checked(provider):
    tokens = exchanged(provider, code_of(authorized(provider, nonce="n-7"))).json()

    keys = jwt.PyJWKSet.from_dict(requests.get(published(provider)["jwks_uri"], timeout=5).json())
    key = keys[jwt.get_unverified_header(tokens["id_token"])["kid"]]
    claims = jwt.decode(tokens["id_token"], key.key, ["RS256"], audience="chezsoi", issuer=provider.issuer)
    assert {"iss", "sub", "aud", "exp", "iat", "nonce"} <= set(claims)
    assert (claims["nonce"], claims["sub"]) == ("n-7", "s-1")


def test_rfc_6749_4_1_2_takes_a_code_once(provider):
    code = code_of(authorized(provider))

    assert [exchanged(provider, code).status_code for _ in range(2)] == [200, 400]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"client_secret": "other"}, 401),
        ({"redirect_uri": "http://localhost/elsewhere/"}, 400),
        ({"code_verifier": "w" * 43}, 400),
        ({"code_verifier": ""}, 400),
    ],
)
def test_rfc_7636_4_6_takes_a_code_from_who_asked_for_it_alone(wrong, status, provider):
    assert exchanged(provider, code_of(authorized(provider)), **wrong).status_code == status


def test_core_5_3_2_signs_what_it_says_of_the_user(provider):
    tokens = exchanged(provider, code_of(authorized(provider))).json()
    address = published(provider)["userinfo_endpoint"]

    said = requests.get(address, headers={"Authorization": f"Bearer {tokens['access_token']}"}, timeout=5)

    assert said.headers["Content-Type"] == "application/jwt"
    claims = jwt.decode(said.text, options={"verify_signature": False})
    assert (claims["sub"], claims["email_verified"]) == ("s-1", True)
    assert requests.get(address, headers={"Authorization": "Bearer x"}, timeout=5).status_code == 401


def test_logout_ends_its_session_and_sends_back(provider):
    params = {"id_token_hint": "t", "post_logout_redirect_uri": "http://localhost:8000/", "state": "s"}

    answer = requests.get(published(provider)["end_session_endpoint"], params=params, allow_redirects=False, timeout=5)

    assert answer.headers["Location"] == "http://localhost:8000/?state=s"
