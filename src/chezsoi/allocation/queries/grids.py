"""What can be read of scoring grids: versions, drafts, the one that counts in a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from chezsoi.allocation.models import GridDraft, ScoringGrid
from chezsoi.engines import matching
from chezsoi.kernel.actor import Actor
from chezsoi.territories.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One criterion in two versions; None where a version lacks it."""

    code: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def grids(territory_id: int, *, on: date, actor: Actor, epci_siren: str = "") -> QuerySet[ScoringGrid]:
    """
    List the grids in force in a place on a day, each in its last version, the one that counts first.

    Those of its intercommunal body if it published one, else those of its territory, else those of the house: a grid
    is applied alike everywhere it holds.
    """
    started = ScoringGrid.objects.filter(valid_from__lte=on)
    for level in (
        Q(territory_id=territory_id, epci_siren=epci_siren) & ~Q(epci_siren=""),
        Q(territory_id=territory_id, epci_siren=""),
        Q(territory=None),
    ):
        last: dict[str, int] = {}
        for key, pk in started.filter(level).order_by("valid_from", "pk").values_list("key", "pk"):
            last[key] = pk
        if last:
            return ScoringGrid.objects.filter(pk__in=last.values()).order_by("-valid_from", "-pk")
    return ScoringGrid.objects.none()


def grid_in_force(territory_id: int, *, on: date, actor: Actor, epci_siren: str = "") -> ScoringGrid | None:
    """Give the grid that counts in a place on a day; None when none was published."""
    return grids(territory_id, on=on, actor=actor, epci_siren=epci_siren).first()


def published_grids(*, actor: Actor) -> QuerySet[ScoringGrid]:
    """List the published versions an actor may read: by place, the newest first."""
    rows = ScoringGrid.objects.visible_to(actor).select_related("territory")
    return rows.order_by("territory__name", "epci_siren", "key", "-valid_from", "-pk")


def grid(pk: int, *, actor: Actor) -> ScoringGrid:
    """Give one published version."""
    return published_grids(actor=actor).get(pk=pk)


def publisher(grid: ScoringGrid, *, actor: Actor) -> str:
    """Name who published a version; nobody when a program did."""
    found = User.objects.filter(pk=grid.published_by or 0).first()
    return found.full_name if found else ""


def grid_drafts(*, actor: Actor) -> QuerySet[GridDraft]:
    """List the drafts an actor may change, the last changed first."""
    rows = GridDraft.objects.visible_to(actor).select_related("territory", "origin")
    return rows.order_by("-changed_at", "-pk")


def grid_draft(pk: int, *, actor: Actor) -> GridDraft:
    """Give one draft."""
    return grid_drafts(actor=actor).get(pk=pk)


def findings(draft: GridDraft, *, actor: Actor) -> tuple[matching.Finding, ...]:
    """List what the Housing First linter finds in a draft; a code made from a label says nothing more."""
    found = matching.lint(draft.content)
    worded = {(_parent(each), each.rule) for each in found if not each.field.endswith(".code")}
    return tuple(each for each in found if not (each.field.endswith(".code") and (_parent(each), each.rule) in worded))


def differences(before: Mapping[str, Any], after: Mapping[str, Any], *, actor: Actor) -> tuple[Difference, ...]:
    """List the criteria that two contents do not share, in the order of the second, then those that went."""
    was, now = _criteria(before), _criteria(after)
    codes = [*now, *(code for code in was if code not in now)]
    pairs = ((code, was.get(code), now.get(code)) for code in codes)
    return tuple(Difference(code=code, before=one, after=other) for code, one, other in pairs if one != other)


def _parent(finding: matching.Finding) -> str:
    return finding.field.rpartition(".")[0]


def _criteria(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        each["code"]: each | {"rubric": rubric["code"]} for rubric in content["rubrics"] for each in rubric["criteria"]
    }
