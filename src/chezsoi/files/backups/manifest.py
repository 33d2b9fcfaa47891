"""What a backup says of itself: its version, its migrations, the count and the digest of the rows of each table."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import version
from typing import Any

from django.conf import settings

FORMAT = 1
NAME = "manifest.json"


class Form(StrEnum):
    """How the database is written in the backup."""

    SQLITE = "sqlite"
    PG_DUMP = "pg_dump"
    ROWS = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The first thing read of a backup."""

    form: Form
    made_at: str
    migrations: list[str]
    tables: dict[str, dict[str, Any]]
    members: dict[str, dict[str, Any]]
    key: str
    version: str
    format: int = FORMAT

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        """Read a manifest; raises ValueError when it is not one this version knows."""
        try:
            said = json.loads(text)
            read = cls(**{**said, "form": Form(said["form"])})
        except (TypeError, KeyError, UnicodeDecodeError) as wrong:
            raise ValueError("this is not the manifest of a backup") from wrong
        if read.format != FORMAT:
            raise ValueError("this backup has a format that this version does not know")
        return read

    @property
    def row_count(self) -> int:
        return sum(int(said["rows"]) for said in self.tables.values())


def program_version() -> str:
    """Name the version that is running."""
    return version("chezsoi")


def fingerprint(key: str | None = None) -> str:
    """Recognise an encryption key without telling it."""
    secret = settings.ENCRYPTION_KEY if key is None else key
    return hmac.new(secret.encode(), b"chezsoi backup", hashlib.sha256).hexdigest()[:16]
