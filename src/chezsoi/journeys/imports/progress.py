"""
How far a load has gone, said while its transaction is still open.

A row written in that transaction would be seen by nobody before it ends; a small file in the data directory is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Records done, and records to do."""

    done: int = 0
    total: int = 0


def note(reference: UUID, progress: Progress) -> None:
    """Say how far a load has gone."""
    path = _path(reference)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = path.with_suffix(".next")
    written.write_text(json.dumps([progress.done, progress.total]), encoding="ascii")
    written.replace(path)


def read(reference: UUID) -> Progress:
    """Read how far a load has gone; nothing is known before it begins."""
    try:
        done, total = json.loads(_path(reference).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return Progress()
    return Progress(done=done, total=total)


def forget(reference: UUID) -> None:
    """Remove what was said of a load that has ended."""
    _path(reference).unlink(missing_ok=True)


def _path(reference: UUID) -> Path:
    return Path(settings.DATA_DIR) / "progress" / str(reference)
