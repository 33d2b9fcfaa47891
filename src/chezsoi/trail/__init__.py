"""
Who did what, when and why; who looked. Rows are added and sealed, never changed.

`record` is called by authorised actions and by the pages that show a file; it checks no right itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chezsoi.trail.models import Entry


def record(*args: Any, **kwargs: Any) -> Entry:
    """Add one entry to the trail; see `recording.record`."""
    from chezsoi.trail.recording import record as write  # models load after the apps are ready

    return write(*args, **kwargs)
