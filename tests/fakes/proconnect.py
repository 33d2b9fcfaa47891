"""
An identity provider that speaks as ProConnect documents it, on this machine, with faults that can be asked for.

Code flow with a secret and PKCE, RS256 tokens, user information as a signed JWT. It keeps no more than a test needs;
`tests/contracts` proves what it does against OpenID Connect Core 1.0 and RFC 7636.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KID = "key-1"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PATH = "/api/v2"


@dataclass
class ProConnect:
    """What the provider knows, and the faults it commits."""

    client_id: str = "chezsoi"
    client_secret: str = "shared"
    identity: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    left: list[dict[str, str]] = field(default_factory=list)
    origin: str = ""

    @property
    def issuer(self) -> str:
        return f"{self.origin}{PATH}"

    def published(self) -> dict[str, Any]:
        return {
            "issuer": self.faults.get("published_issuer", self.issuer),
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/session/end",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**public, "kid": KID, "alg": "RS256", "use": "sig"}]}

    def authorize(self, asked: dict[str, str]) -> str | None:
        """Let `identity` in; give the address it is sent back to, None if what was asked is wrong."""
        needed = {"redirect_uri", "scope", "state", "nonce", "code_challenge"}
        if asked.get("response_type") != "code" or asked.get("client_id") != self.client_id or needed - set(asked):
            return None
        if "openid" not in asked["scope"].split() or asked.get("code_challenge_method") != "S256":
            return None
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}"

    def exchange(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Exchange a code, once, for who holds the secret and the verifier."""
        if (form.get("client_id"), form.get("client_secret")) != (self.client_id, self.client_secret):
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or asked["redirect_uri"] != form.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(16)
        self.tokens[access] = self.identity["sub"]
        id_token = self.signed(self.claims(asked["nonce"]))
        return 200, {"access_token": access, "token_type": "Bearer", "expires_in": 60, "id_token": id_token}

    def claims(self, nonce: str) -> dict[str, Any]:
        now = int(time.time())
        right = {
            "iss": self.issuer, "aud": self.client_id, "sub": self.identity["sub"], "nonce": nonce,
            "iat": now, "exp": now + 60, "auth_time": now, "acr": "eidas1",
        }  # fmt: skip
        changed = {**right, **self.faults.get("claims", {})}
        return {name: value for name, value in changed.items() if value is not None}

    def user_information(self) -> str | dict[str, Any]:
        said = {"iss": self.issuer, "aud": self.client_id, **self.identity, **self.faults.get("user", {})}
        return said if self.faults.get("plain_user") else self.signed(said)

    def signed(self, claims: dict[str, Any]) -> str:
        if "algorithm" in self.faults:
            return jwt.encode(
                claims, self.faults.get("key", ""), algorithm=self.faults["algorithm"], headers={"kid": KID}
            )
        key = OTHER_KEY if self.faults.get("wrong_key") else KEY
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": self.faults.get("kid", KID)})


class Running:
    """A provider that listens on this machine until it is closed."""

    def __init__(self, provider: ProConnect) -> None:
        handler = type("Handler", (_Handler,), {"provider": provider})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        provider.origin = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class _Handler(BaseHTTPRequestHandler):
    provider: ProConnect

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = parts.path.removeprefix(PATH)
        if path == "/.well-known/openid-configuration":
            self._json(self.provider.faults.get("status", 200), self.provider.published())
        elif path == "/jwks":
            self._json(200, self.provider.keys())
        elif path == "/authorize":
            back = self.provider.authorize(asked)
            self._answer(302 if back else 400, "", "text/plain", location=back or "")
        elif path == "/userinfo":
            self._user_information()
        elif path == "/session/end":
            self.provider.left.append(asked)
            self._answer(302, "", "text/plain", location=f"{asked['post_logout_redirect_uri']}?state={asked['state']}")
        else:
            self._json(404, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._json(*self.provider.exchange(form))

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _user_information(self) -> None:
        kind, _space, token = self.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer" or token not in self.provider.tokens:
            self._json(401, {"error": "invalid_token"})
            return
        said = self.provider.user_information()
        if isinstance(said, str):
            self._answer(200, said, "application/jwt")
        else:
            self._json(200, said)

    def _json(self, status: int, content: dict[str, Any]) -> None:
        self._answer(status, self.provider.faults.get("body", json.dumps(content)), "application/json")

    def _answer(self, status: int, content: str, kind: str, *, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content.encode())))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(content.encode())
