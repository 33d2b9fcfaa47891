"""
Coming in through an identity provider, as ProConnect asks for it: OpenID Connect, code, PKCE, state, nonce.

What the browser carries between the two halves is signed and lasts ten minutes; every token is checked against the
keys the provider publishes. Who the identity is here is decided by `territories.actions.recognise`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
from django.conf import settings
from django.core import signing
from django.urls import reverse

ALGORITHMS = ("RS256", "PS256", "ES256")
SCOPE = "openid email"
SECONDS = 10
TRIP_SECONDS = 600
SALT = "chezsoi.provider"
LEEWAY = 30


class ProviderRefused(Exception):
    """The provider, or what was read from it, cannot be trusted; the reason is for the log, not for the visitor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """What ties the way out to the way back: this browser, this request, this token."""

    state: str
    nonce: str
    verifier: str
    wanted: str = ""

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whom the provider vouches for."""

    issuer: str
    subject: str
    email: str
    is_verified: bool
    id_token: str


def new_trip(*, wanted: str = "") -> Trip:
    """Choose what nobody can guess."""
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    return Trip(state=state, nonce=nonce, verifier=verifier, wanted=wanted)


def sealed(trip: Trip) -> str:
    """Write a trip for the browser to carry."""
    return signing.dumps(asdict(trip), salt=SALT)


def unsealed(text: str) -> Trip | None:
    """Read back a trip; None if it is not ours or too old."""
    try:
        return Trip(**signing.loads(text, salt=SALT, max_age=TRIP_SECONDS))
    except signing.BadSignature:
        return None


def is_answer_to(trip: Trip | None, state: str) -> bool:
    """Tell whether what came back answers this browser's own request."""
    return trip is not None and hmac.compare_digest(trip.state.encode(), state.encode())


def way_out(trip: Trip) -> str:
    """Give the provider's address where the visitor says who they are."""
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": _way_back(),
        "scope": SCOPE,
        "state": trip.state,
        "nonce": trip.nonce,
        "code_challenge": trip.challenge,
        "code_challenge_method": "S256",
    }
    return f"{_published()['authorization_endpoint']}?{urlencode(asked)}"


def identity(*, code: str, trip: Trip) -> Identity:
    """
    Exchange a code for an identity, and check all of it.

    Raises
    ------
    ProviderRefused
        If the provider refuses, cannot be reached, or says something its keys or our request do not bear out.
    """
    published = _published()
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _way_back(),
        "client_id": settings.OIDC_CLIENT_ID,
        "client_secret": settings.OIDC_CLIENT_SECRET,
        "code_verifier": trip.verifier,
    }
    tokens = _json(_ask("POST", published["token_endpoint"], data=asked))
    keys = _json(_ask("GET", published["jwks_uri"]))
    id_token = str(tokens.get("id_token", ""))
    claims = _checked(id_token, keys, nonce=trip.nonce)
    said = _said_of_user(published["userinfo_endpoint"], str(tokens.get("access_token", "")), keys)
    if said.get("sub") != claims["sub"]:
        raise ProviderRefused("the user information is of somebody else")
    known = claims | said
    return Identity(
        issuer=settings.OIDC_ISSUER,
        subject=str(claims["sub"]),
        email=str(known.get("email", "")),
        is_verified=known.get("email_verified") is True,
        id_token=id_token,
    )


def farewell(id_token: str) -> str:
    """Give the provider's address that ends its own session too; empty when the account did not come through it."""
    if not id_token or not settings.OIDC_ISSUER:
        return ""
    try:
        address = _published().get("end_session_endpoint", "")
    except ProviderRefused:
        return ""
    back = settings.SITE_URL + reverse("portal:home")
    asked = {"id_token_hint": id_token, "post_logout_redirect_uri": back, "state": secrets.token_urlsafe(16)}
    return f"{address}?{urlencode(asked)}" if address else ""


def _way_back() -> str:
    return str(settings.SITE_URL + reverse("portal:provider-back"))


def _published() -> dict[str, Any]:
    """Read what the provider publishes; it must say the name it was asked under."""
    found = _json(_ask("GET", f"{settings.OIDC_ISSUER}/.well-known/openid-configuration"))
    if str(found.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
        raise ProviderRefused("the provider publishes another name than the one configured")
    return found


def _checked(token: str, keys: dict[str, Any], *, nonce: str | None) -> dict[str, Any]:
    """Check the signature, issuer, audience, dates and, of an identity token, the nonce."""
    required = ["iss", "sub", "aud", *(["exp", "iat", "nonce"] if nonce is not None else [])]
    try:
        header = jwt.get_unverified_header(token)
        key = jwt.PyJWKSet.from_dict(keys)[header.get("kid", "")]
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=list(ALGORITHMS),
            audience=settings.OIDC_CLIENT_ID,
            issuer=[settings.OIDC_ISSUER, f"{settings.OIDC_ISSUER}/"],
            leeway=LEEWAY,
            options={"require": required},
        )
    except (jwt.PyJWTError, KeyError, ValueError, TypeError) as wrong:
        raise ProviderRefused(f"a token that cannot be trusted: {type(wrong).__name__}") from wrong
    if nonce is not None and not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise ProviderRefused("a token made for another request")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != settings.OIDC_CLIENT_ID:
        raise ProviderRefused("a token made for several, none of them us alone")
    return claims


def _said_of_user(address: str, access_token: str, keys: dict[str, Any]) -> dict[str, Any]:
    answer = _ask("GET", address, headers={"Authorization": f"Bearer {access_token}"})
    if answer.headers.get("Content-Type", "").partition(";")[0].strip() == "application/jwt":
        return _checked(answer.text, keys, nonce=None)
    return _json(answer)


def _ask(method: str, address: str, **more: Any) -> requests.Response:
    try:
        answer = requests.request(method, address, timeout=SECONDS, allow_redirects=False, **more)
    except requests.RequestException as broken:
        raise ProviderRefused(f"no answer: {type(broken).__name__}") from broken
    if answer.status_code != requests.codes.ok:
        raise ProviderRefused(f"the provider answered {answer.status_code}")
    return answer


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError as broken:
        raise ProviderRefused("the provider did not answer in JSON") from broken
    if not isinstance(found, dict):
        raise ProviderRefused("the provider did not answer with an object")
    return found
