"""Sessions kept in the database under the account that opened them, so that they can be listed and ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from chezsoi.territories.models import Session

OPENED_AT, DEVICE, SHARED, FACTOR, PROVIDER = "opened_at", "device", "shared", "factor", "id_token"


class SessionStore(DatabaseStore):
    """Django's own store; the account, the instant, the device stand beside the data in columns."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Give the row of a session; the instant it was opened is that of the first save with an account."""
        if SESSION_KEY in data:
            data.setdefault(OPENED_AT, timezone.now().isoformat())
        row = cast(Session, super().create_model_instance(data))
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.opened_at = opened_at(data) if SESSION_KEY in data else None
        row.device = data.get(DEVICE, "")
        row.is_shared = bool(data.get(SHARED))
        return row


def opened_at(session: Any) -> datetime:
    """Tell when the account came in; a session that never said so is as old as can be."""
    said = session.get(OPENED_AT)
    return datetime.fromisoformat(said) if said else datetime.min.replace(tzinfo=timezone.get_default_timezone())
