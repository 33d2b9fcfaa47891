"""
Text kept encrypted in the database, and the keyed digest that lets it be searched for equality.

AES-256-GCM with a fresh nonce a value; keys derived per purpose from the one key of the data directory.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

VERSION = "1:"
NONCE_BYTES = 12


class Unreadable(Exception):
    """An encrypted value cannot be read with this installation's key."""


def encrypt(text: str) -> str:
    """Seal a text; the same text never gives the same result twice."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_key("field")).encrypt(nonce, text.encode(), None)
    return VERSION + base64.urlsafe_b64encode(nonce + sealed).decode("ascii")


def decrypt(stored: str) -> str:
    """Open what `encrypt` sealed."""
    raw = base64.urlsafe_b64decode(stored.removeprefix(VERSION))
    try:
        return AESGCM(_key("field")).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()
    except InvalidTag as wrong_key:
        raise Unreadable("the encryption key is not the one this value was written with") from wrong_key


def blind_index(value: str, *, purpose: str) -> str:
    """Digest a value so that equal values can be found without being read; digests of two purposes never meet."""
    return hmac.new(_key(f"index:{purpose}"), value.encode(), "sha256").hexdigest() if value else ""


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """A text stored encrypted; filter on a `blind_index` column beside it, never on this one."""

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(str(value)) if value else ""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every comparison but emptiness: two seals of one text differ."""
        if lookup_name not in {"isnull"}:
            raise TypeError(f"{self.name} is encrypted: compare its blind index instead")
        return super().get_lookup(lookup_name)


class EncryptedJSONField(models.TextField):  # type: ignore[type-arg]
    """A JSON value stored as one encrypted text."""

    def get_prep_value(self, value: Any) -> Any:
        return "" if value is None else encrypt(json.dumps(value, ensure_ascii=False, sort_keys=True))

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        return json.loads(decrypt(value)) if value else None

    def to_python(self, value: Any) -> Any:
        return value


@lru_cache(maxsize=32)
def _key(purpose: str) -> bytes:
    secret = settings.ENCRYPTION_KEY.encode()
    return HKDF(algorithm=SHA256(), length=32, salt=b"chezsoi", info=purpose.encode()).derive(secret)
