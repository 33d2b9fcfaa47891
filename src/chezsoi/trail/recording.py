"""Write one line of the trail."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils import timezone

from chezsoi.kernel.actor import Actor
from chezsoi.trail.models import Entry


def record(
    actor: Actor,
    verb: str,
    obj: models.Model | None = None,
    *,
    detail: Mapping[str, Any] | None = None,
    reason: str = "",
    territory_id: int | None = None,
) -> Entry:
    """
    Add one entry: who did `verb` to `obj`; `detail` holds codes and identifiers, never personal content.

    The territory is the object's own when it has one.
    """
    found = territory_id if territory_id is not None else getattr(obj, "territory_id", None)
    return Entry.objects.create(
        at=timezone.now(),
        actor_id=actor.user_id,
        actor_label=actor.label,
        role=actor.role,
        organisation_id=actor.organisation_id,
        territory_id=found,
        purpose=actor.purpose,
        verb=verb,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        detail=canonical(detail or {}),
        reason=reason,
    )


def canonical(detail: Mapping[str, Any]) -> str:
    """Write a mapping as JSON whose bytes are the same on every database."""
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
