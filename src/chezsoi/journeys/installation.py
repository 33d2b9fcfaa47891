"""What every installation knows once migrated: the reference data, and the sample grid."""

from __future__ import annotations

from django.conf import settings

from chezsoi.allocation import actions as allocation
from chezsoi.territories import reference
from chezsoi.territories.access import Operator, operator


def load_reference() -> bool:
    """Load every reference set that changed, and publish the grids; tell whether a set had changed. Idempotent."""
    changed = reference.load()
    loader = operator(Operator.REFERENCE_LOADER, label="reference data")
    allocation.load_grids(settings.REFERENCE_DIR / "scoring-grids", actor=loader)
    return any(changed.values())
