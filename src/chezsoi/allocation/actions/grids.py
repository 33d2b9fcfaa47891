"""What publishes a scoring grid."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from django.db import transaction

from chezsoi import trail
from chezsoi.allocation.models import ScoringGrid
from chezsoi.allocation.models.facts import digest
from chezsoi.engines.matching import Grid
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Territory


class VersionAlreadyPublished(Exception):
    """The version of the grid was published with another content: publish a new version."""


@transaction.atomic
def load_grid(*, actor: Actor, content: Mapping[str, object], territory: Territory | None = None) -> ScoringGrid:
    """
    Publish a version of a scoring grid; loading the same one again changes nothing.

    :raises GridBreaksHousingFirst: if it sets a precondition to a home or punishes a refusal.
    :raises UnusableGrid: if a field is missing, unknown or not of its kind.
    :raises VersionAlreadyPublished: if that version exists with another content.
    """
    authorize(actor, Can.RUN_ROUND)
    grid = Grid.from_mapping(content)
    seal = digest(json.dumps(content, ensure_ascii=False, sort_keys=True))
    known = ScoringGrid.objects.filter(key=grid.code, version=str(grid.version)).first()
    if known is not None:
        if known.sha256 != seal:
            raise VersionAlreadyPublished(f"{grid.code} {grid.version}")
        return known
    published = ScoringGrid.objects.create(
        key=grid.code,
        version=str(grid.version),
        territory=territory,
        valid_from=grid.valid_from,
        content=content,
        sha256=seal,
    )
    trail.record(actor, "allocation.grid.published", published)
    return published


def load_grids(directory: Path, *, actor: Actor) -> tuple[ScoringGrid, ...]:
    """Publish every grid of a folder of reference data, as `load_grid` does."""
    files = sorted(path for path in directory.glob("*.json") if path.name != "datapackage.json")
    return tuple(load_grid(actor=actor, content=json.loads(path.read_text(encoding="utf-8"))) for path in files)
