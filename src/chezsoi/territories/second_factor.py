"""How allauth keeps the second factors of this house: encrypted, under our name."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser

from chezsoi.fields.encrypted import decrypt, encrypt


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Encrypt the secrets of applications and recovery codes; give passkeys no mail address."""

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        named: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return named | {"display_name": str(user), "name": str(user)}
