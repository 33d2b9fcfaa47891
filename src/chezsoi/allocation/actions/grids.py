"""What publishes a scoring grid."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from chezsoi import trail
from chezsoi.allocation.models import GridDraft, ScoringGrid
from chezsoi.allocation.models.facts import digest
from chezsoi.engines.matching import Grid
from chezsoi.kernel.actor import Actor
from chezsoi.territories.access import Can, authorize
from chezsoi.territories.models import Territory


class VersionAlreadyPublished(Exception):
    """The version of the grid was published with another content: publish a new version."""


class OwnDraft(Exception):
    """Whoever changed the draft last does not publish it: a colleague reads it first."""


class StartsInThePast(Exception):
    """A version cannot begin before the day it is published: nobody could have read it."""


class DraftUnchanged(Exception):
    """The draft says what the version it starts from says."""


@transaction.atomic
def load_grid(*, actor: Actor, content: Mapping[str, object], territory: Territory | None = None) -> ScoringGrid:
    """
    Publish a version of a scoring grid; loading the same one again changes nothing.

    :raises GridBreaksHousingFirst: if it sets a precondition to a home, punishes a refusal or counts who people are.
    :raises GridNamesItsOwnFacts: if it declares facts beside the published list.
    :raises UnusableGrid: if a field is missing, unknown or not of its kind.
    :raises VersionAlreadyPublished: if that version exists with another content.
    """
    authorize(actor, Can.RUN_ROUND)
    grid = Grid.from_mapping(content)
    seal = _seal(content)
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


@transaction.atomic
def publish_draft(*, actor: Actor, draft: GridDraft, on: date, at: datetime) -> ScoringGrid:
    """
    Make a draft the next version of its grid; it is in force from its day, and the draft is no more.

    :raises OwnDraft: if the actor changed it last.
    :raises DraftUnchanged: if it says what the version it starts from says, in the same place.
    :raises StartsInThePast: if it would begin before the day of publication.
    :raises GridBreaksHousingFirst: if it sets a precondition to a home, punishes a refusal or counts who people are.
    :raises GridNamesItsOwnFacts: if it declares facts beside the published list.
    :raises UnusableGrid: if a field is missing, or not of its kind.
    """
    authorize(actor, Can.RUN_ROUND, draft)
    held = GridDraft.objects.select_for_update(of=("self",)).select_related("origin", "territory").get(pk=draft.pk)
    if actor.user_id is not None and held.changed_by == actor.user_id:
        raise OwnDraft
    content = held.content | {"version": _next_version(held), "code": _key_of(held), "territory": held.territory.key}
    grid = Grid.from_mapping(content)
    if _is_unchanged(held):
        raise DraftUnchanged
    if grid.valid_from < on:
        raise StartsInThePast
    published = ScoringGrid.objects.create(
        key=grid.code,
        version=str(grid.version),
        territory=held.territory,
        epci_siren=held.epci_siren,
        valid_from=grid.valid_from,
        content=content,
        sha256=_seal(content),
        published_at=at,
        published_by=actor.user_id,
    )
    trail.record(actor, "allocation.grid.published", published, detail={"from": held.origin_id})
    held.delete()
    return published


def _key_of(draft: GridDraft) -> str:
    """Name the grid of a place: its versions follow each other under one key."""
    return "-".join(filter(None, (draft.territory.key, draft.epci_siren)))


def _next_version(draft: GridDraft) -> int:
    """Count the versions published under the key of a draft, and one more."""
    return 1 + ScoringGrid.objects.filter(key=_key_of(draft)).count()


def _is_unchanged(draft: GridDraft) -> bool:
    says = {"rubrics", "seniority", "title", "source"}
    same = all(draft.content.get(field) == draft.origin.content.get(field) for field in says)
    return same and _key_of(draft) == draft.origin.key


def _seal(content: Mapping[str, object]) -> str:
    return digest(json.dumps(content, ensure_ascii=False, sort_keys=True))
